"""The scoring rule: everything about a scale score that could have been decided otherwise, as one frozen value.

A published rule never changes; a score sheet names the rule it was computed with, so any number can be
recomputed and explained. :func:`describe` says the rule in plain words for the report and the technical page.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from questionnaires.version_document import Text
from scoring import composites, level_rules
from scoring.bands import SITUATIONAL_BANDS, STANDARD_BANDS, Band
from scoring.composites import Composite
from scoring.level_rules import LevelDisplay
from scoring.scales import STANDARD_COMPLETENESS, Completeness

RULE_FORMAT = "cermin-rule/1"
_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")
# The last three stand only in rules that use them.
_PARTS = {"format", "label", "completeness", "bands", "composites", "situational_bands", "level_indication"}
_SHARES = (
    ("answered_numerator", "answered_denominator", "bagian butir yang harus terjawab"),
    ("applicable_numerator", "applicable_denominator", "bagian butir yang harus berlaku"),
)


class RuleError(ValueError):
    """A rule document that cannot be used; ``problems`` lists every Indonesian sentence at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Rule:
    """How scale scores are made: a label, how complete the answers must be, the bands of the displayed score, those of
    situational scales, the composites over scales, if any, and whether competency levels are indicated (``levels``).

    A rule without situational bands (all from before there were vignettes) gives situational scales a score and no
    band.
    """

    label: Text
    completeness: Completeness = STANDARD_COMPLETENESS
    bands: tuple[Band, ...] = STANDARD_BANDS
    composites: tuple[Composite, ...] = ()
    situational_bands: tuple[Band, ...] = ()
    levels: LevelDisplay | None = None


STANDARD_RULE = Rule(label=Text("Aturan baku Cermin ASN", "Cermin ASN standard rule"))


def with_bands_for(rule: Rule, kinds: Collection[str]) -> Rule:
    """The rule for a version with scales of these kinds: with the first situational bands where it needs some."""
    if "situational" in kinds and not rule.situational_bands:
        return replace(rule, situational_bands=SITUATIONAL_BANDS)
    return rule


def to_document(rule: Rule) -> dict:
    """The rule as JSON values; :func:`from_document` gives the same rule back.

    What a rule does not use is left out, so that rules from before it existed keep their hash.
    """
    document = {
        "format": RULE_FORMAT,
        "label": asdict(rule.label),
        "completeness": asdict(rule.completeness),
        "bands": _bands_to_json(rule.bands),
    }
    if rule.composites:
        document["composites"] = composites.to_json(rule.composites)
    if rule.situational_bands:
        document["situational_bands"] = _bands_to_json(rule.situational_bands)
    if rule.levels:
        document["level_indication"] = level_rules.to_json(rule.levels)
    return document


def _bands_to_json(bands):
    return [
        {"code": b.code, "minimum": b.minimum, "name": asdict(b.name), "sentence": asdict(b.sentence)}
        for b in bands
    ]


def _bands_from_json(entries):
    return tuple(
        Band(b["code"], b["minimum"], Text.from_json(b["name"]), Text.from_json(b["sentence"]))
        for b in entries
    )


def from_document(document: Mapping) -> Rule:
    """The rule of a JSON document.

    Raises:
        RuleError: with all problems at once.
    """
    problems = find_problems(document)
    if problems:
        raise RuleError(problems)
    return Rule(
        label=Text.from_json(document["label"]),
        completeness=Completeness(**document["completeness"]),
        bands=_bands_from_json(document["bands"]),
        composites=composites.from_json(document.get("composites", ())),
        situational_bands=_bands_from_json(document.get("situational_bands", ())),
        levels=level_rules.from_json(document["level_indication"])
        if "level_indication" in document
        else None,
    )


def find_problems(document: object) -> list[str]:
    """Every reason why a rule document cannot be used, as Indonesian sentences; empty if it can."""
    if not isinstance(document, Mapping):
        return ["Aturan penskoran harus berupa objek JSON."]
    problems = []
    if document.get("format") != RULE_FORMAT:
        problems.append(f"Format aturan harus {RULE_FORMAT!r}.")
    if not _is_text(document.get("label")):
        problems.append("Nama aturan harus diisi dalam bahasa Indonesia dan Inggris.")
    unknown = set(document) - _PARTS
    if unknown:
        problems.append(f"Bagian tidak dikenal: {', '.join(sorted(map(str, unknown)))}.")
    return (
        problems
        + _completeness_problems(document.get("completeness"))
        + _band_problems(document.get("bands"))
        + (_band_problems(document["situational_bands"]) if "situational_bands" in document else [])
        + (composites.find_shape_problems(document["composites"]) if "composites" in document else [])
        + (
            level_rules.find_shape_problems(document["level_indication"])
            if "level_indication" in document
            else []
        )
    )


def _completeness_problems(part: object) -> list[str]:
    names = set(Completeness.__dataclass_fields__)
    if not isinstance(part, Mapping) or set(part) != names:
        return [f"Kelengkapan jawaban harus memuat tepat: {', '.join(sorted(names))}."]
    wrong = sorted(name for name in names if not _is_whole(part[name]) or part[name] < 1)
    if wrong:
        return [f"{name} harus bilangan bulat mulai dari 1." for name in wrong]
    return [
        f"{words.capitalize()} tidak boleh lebih dari seluruhnya ({part[top]}/{part[bottom]})."
        for top, bottom, words in _SHARES
        if part[top] > part[bottom]
    ]


def _band_problems(bands: object) -> list[str]:
    if not isinstance(bands, (list, tuple)) or len(bands) < 2:
        return ["Aturan memerlukan sedikitnya dua kategori."]
    problems = []
    for number, band in enumerate(bands, start=1):
        problems += [f"Kategori {number}: {problem}" for problem in _one_band_problems(band)]
    if problems:
        return problems
    minimums = [band["minimum"] for band in bands]
    if minimums[0] != 0:
        problems.append("Kategori pertama harus mulai dari 0.")
    if any(low >= high for low, high in pairwise(minimums)):
        problems.append(f"Batas kategori harus naik: {minimums}.")
    if minimums[-1] > 100 or min(minimums) < 0:
        problems.append("Batas kategori harus di antara 0 dan 100.")
    if len({band["code"] for band in bands}) < len(bands):
        problems.append("Kode kategori tidak boleh berulang.")
    return problems


def _one_band_problems(band: object) -> list[str]:
    if not isinstance(band, Mapping) or set(band) != {"code", "minimum", "name", "sentence"}:
        return ["harus memuat tepat code, minimum, name, sentence."]
    problems = []
    if not isinstance(band["code"], str) or not _CODE.match(band["code"]):
        problems.append("kode harus huruf kecil, angka, atau garis bawah.")
    if not _is_whole(band["minimum"]):
        problems.append("batas bawah harus bilangan bulat.")
    for part, words in (("name", "nama"), ("sentence", "kalimat")):
        if not _is_text(band[part]):
            problems.append(f"{words} harus diisi dalam bahasa Indonesia dan Inggris.")
    return problems


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == {"id", "en"}
        and all(isinstance(part, str) and part.strip() for part in value.values())
    )


def describe(
    rule: Rule, language: str = "id", names: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """The rule in plain sentences, in the order in which a score comes about.

    Args:
        names: scale code to name, for composites; codes are said where a name is missing.
    """
    sentences = _describe_english if language.startswith("en") else _describe_indonesian
    of_composites = (composites.describe(each, names, language) for each in rule.composites)
    of_levels = level_rules.describe(rule.levels, language) if rule.levels else ()
    return (*sentences(rule), *_describe_situational(rule, language), *of_composites, *of_levels)


def _describe_situational(rule: Rule, language: str) -> tuple[str, ...]:
    """Nothing for a rule without situational bands."""
    if not rule.situational_bands:
        return ()
    ranges = _band_ranges(rule.situational_bands, language)
    if language.startswith("en"):
        return (
            "Situational judgement is a score of its own: every action has a weight from 0 (least effective) to 1 "
            "(most effective), a situation answered in part counts as not answered, and it is never averaged with "
            "other scales.",
            f"Its bands by the number shown: {ranges}.",
        )
    return (
        "Pertimbangan situasional mempunyai skor tersendiri: setiap tindakan berbobot 0 (paling kurang tepat) sampai 1 "
        "(paling tepat), situasi yang dijawab sebagian dihitung belum terjawab, dan skornya tidak pernah "
        "dirata-ratakan dengan skala lain.",
        f"Kategorinya menurut angka yang tampil: {ranges}.",
    )


def _percent(numerator: int, denominator: int) -> str:
    share = 100 * numerator / denominator
    return f"{share:.0f}%" if share == int(share) else f"{numerator}/{denominator}"


def _band_ranges(bands: Sequence[Band], language: str) -> str:
    tops = [band.minimum - 1 for band in bands[1:]] + [100]
    return "; ".join(
        f"{band.minimum}–{top} {band.name.in_language(language)}"
        for band, top in zip(bands, tops, strict=True)
    )


def _describe_indonesian(rule: Rule) -> tuple[str, ...]:
    need = rule.completeness
    answered = _percent(need.answered_numerator, need.answered_denominator)
    applicable = _percent(need.applicable_numerator, need.applicable_denominator)
    return (
        f"Skor dimensi = rata-rata berbobot butir terjawab, minimal {answered} dari butir yang berlaku, "
        "dinyatakan pada skala 0 sampai 100.",
        f"Skor memerlukan sedikitnya {need.minimum_items} jawaban; "
        "dimensi yang lebih pendek harus terjawab semua.",
        f"Bila kurang dari {applicable} butir (atau kurang dari {need.minimum_items}) berlaku bagi tugas Anda, "
        "skor belum dapat dihitung.",
        'Jawaban kosong dan "tidak berlaku" tidak pernah dihitung sebagai nol atau nilai tengah.',
        "Butir terbalik dibalik satu kali saat penskoran; angka yang tampil dibulatkan, 0,5 ke atas.",
        f"Kategori menurut angka yang tampil: {_band_ranges(rule.bands, 'id')}.",
    )


def _describe_english(rule: Rule) -> tuple[str, ...]:
    need = rule.completeness
    answered = _percent(need.answered_numerator, need.answered_denominator)
    applicable = _percent(need.applicable_numerator, need.applicable_denominator)
    return (
        f"Dimension score = weighted mean of the answered items, at least {answered} of the items that apply, "
        "on a scale of 0 to 100.",
        f"A score needs at least {need.minimum_items} answers; a shorter dimension must be answered in full.",
        f"If fewer than {applicable} of the items (or fewer than {need.minimum_items}) apply to your work, "
        "no score is computed.",
        'An empty answer or "does not apply" never counts as zero or as the midpoint.',
        "Reversed items are turned once, when scoring; the number shown is rounded, halves upwards.",
        f"Bands by the number shown: {_band_ranges(rule.bands, 'en')}.",
    )
