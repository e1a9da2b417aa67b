"""Composites: weighted means of scale scores with weights frozen in the rule (measurement.md 2.1).

A composite exists only if every scale it names is scored: a person with one dimension missing has no composite, not
a composite of the rest. A part with weight 0 counts for nothing and must be there all the same (K3: no composite
without the situational score). Nothing is stored: the scores of a sheet are exact fractions, so the composite of
an old sheet can be computed again to the last bit. A composite has no band; the cuts are set for single scales.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import NamedTuple

from questionnaires.version_document import Text
from scoring.scales import composite_score, display_score

FEWEST_PARTS = 2
PART_KINDS = ("dimension", "situational")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}\Z")
_DECIMALS = 2


@dataclass(frozen=True)
class Part:
    """One scale of a composite and its weight."""

    scale: str
    weight: int | float


@dataclass(frozen=True)
class Composite:
    """A named weighted mean of scales of one person."""

    code: str
    name: Text
    parts: tuple[Part, ...]


class CompositeResult(NamedTuple):
    """A composite of one person: exact on 0..100, or None with the scales that are not scored in ``missing``."""

    score: Fraction | None
    display: int | None
    missing: tuple[str, ...]


def composite_results(composites: Sequence[Composite], results: Mapping) -> dict[str, CompositeResult]:
    """Every composite by code, from the results of one person by scale code (``ScoreTable.person``)."""
    return {composite.code: _result(composite, results) for composite in composites}


def _result(composite: Composite, results: Mapping) -> CompositeResult:
    missing = tuple(part.scale for part in composite.parts if not results[part.scale].is_scored)
    if missing:
        return CompositeResult(None, None, missing)
    score = composite_score(
        [results[part.scale].score for part in composite.parts], [part.weight for part in composite.parts]
    )
    return CompositeResult(score, display_score(score), ())


def to_json(composites: Sequence[Composite]) -> list[dict]:
    """As it stands in a rule document; :func:`from_json` gives the same back."""
    return [
        {"code": each.code, "name": asdict(each.name), "parts": [asdict(part) for part in each.parts]}
        for each in composites
    ]


def from_json(entries: Sequence[Mapping]) -> tuple[Composite, ...]:
    """Composites of a rule document without problems."""
    return tuple(
        Composite(
            code=entry["code"],
            name=Text.from_json(entry["name"]),
            parts=tuple(Part(part["scale"], part["weight"]) for part in entry["parts"]),
        )
        for entry in entries
    )


def find_shape_problems(entries: object) -> list[str]:
    """What is wrong with the composites of a rule document, as Indonesian sentences; empty if nothing."""
    if not isinstance(entries, (list, tuple)) or not entries:
        return ["Skor gabungan harus berupa daftar yang tidak kosong; hapus bagiannya bila tidak dipakai."]
    problems = []
    for number, entry in enumerate(entries, start=1):
        problems += [f"Skor gabungan {number}: {problem}" for problem in _one_shape(entry)]
    codes = [entry["code"] for entry in entries] if not problems else []
    if len(set(codes)) < len(codes):
        problems.append("Kode skor gabungan tidak boleh berulang.")
    return problems


def _one_shape(entry: object) -> list[str]:
    if not isinstance(entry, Mapping) or set(entry) != {"code", "name", "parts"}:
        return ["harus memuat tepat code, name, parts."]
    problems = []
    if not isinstance(entry["code"], str) or not _CODE.match(entry["code"]):
        problems.append("kode harus huruf besar, angka, garis bawah, atau tanda hubung.")
    name = entry["name"]
    if not isinstance(name, Mapping) or set(name) != {"id", "en"}:
        problems.append("nama harus diisi dalam bahasa Indonesia dan Inggris.")
    elif not all(isinstance(text, str) and text.strip() for text in name.values()):
        problems.append("nama harus diisi dalam bahasa Indonesia dan Inggris.")
    return problems + _part_shapes(entry["parts"])


def _part_shapes(parts: object) -> list[str]:
    if not isinstance(parts, (list, tuple)) or len(parts) < FEWEST_PARTS:
        return [f"perlu sedikitnya {FEWEST_PARTS} skala."]
    if not all(isinstance(part, Mapping) and set(part) == {"scale", "weight"} for part in parts):
        return ["setiap bagian harus memuat tepat scale dan weight."]
    if not all(isinstance(part["scale"], str) and part["scale"] for part in parts):
        return ["setiap bagian harus menyebut kode skala."]
    if not all(_is_weight(part["weight"]) for part in parts):
        return ["bobot harus bilangan nol atau lebih, paling banyak dua angka di belakang koma."]
    problems = []
    if len({part["scale"] for part in parts}) < len(parts):
        problems.append("satu skala hanya boleh disebut satu kali.")
    if not any(part["weight"] for part in parts):
        problems.append("jumlah bobot harus lebih dari nol.")
    return problems


def _is_weight(value: object) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and 0 <= value < float("inf") and round(value, _DECIMALS) == value


def find_strangers(composites: Sequence[Composite], kinds: Mapping[str, str]) -> list[str]:
    """Parts that a version cannot give: unknown scales, and scales of a kind of which a person has no score.

    Args:
        kinds: the kind of every scale of the version by code.
    """
    problems = []
    for composite in composites:
        for part in composite.parts:
            if part.scale not in kinds:
                problems.append(f"Skor gabungan {composite.code}: skala {part.scale} tidak ada di versi ini.")
            elif kinds[part.scale] not in PART_KINDS:
                problems.append(
                    f"Skor gabungan {composite.code}: skala {part.scale} bukan dimensi atau skala situasional."
                )
        if composite.code in kinds:
            problems.append(f"Skor gabungan {composite.code}: kode ini sudah dipakai oleh sebuah skala.")
    return problems


def describe(composite: Composite, names: Mapping[str, str], language: str) -> str:
    """One sentence: what it is the mean of, with which weights, and when it does not exist."""
    is_english = language.startswith("en")
    equal = len({part.weight for part in composite.parts}) == 1
    listed = ", ".join(
        names.get(part.scale, part.scale) + ("" if equal else f" ({_weight(part.weight, is_english)})")
        for part in composite.parts
    )
    name = composite.name.in_language(language)
    if is_english:
        mean = "mean" if equal else "weighted mean"
        return f"{name} = {mean} of the scores {listed}; it exists only if all of these scores exist."
    mean = "rata-rata" if equal else "rata-rata berbobot"
    return f"{name} = {mean} skor {listed}; hanya ada bila semua skor itu ada."


def _weight(weight: int | float, is_english: bool) -> str:
    if not weight:
        return "must be there, weight 0" if is_english else "harus ada, bobot 0"
    number = f"{weight:g}"
    return f"weight {number}" if is_english else f"bobot {number.replace('.', ',')}"
