"""What changed from one scoring rule to another, in words for editors and approvers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scoring.level_rules import CATEGORIES
from scoring.rules import Rule


@dataclass(frozen=True)
class RuleChange:
    """One fact of a rule that differs; None where one of the two rules does not have it."""

    what: str
    before: str | None
    after: str | None


def compare_rules(before: Rule, after: Rule, names: Mapping[str, str]) -> tuple[RuleChange, ...]:
    """What it takes to get from one rule to the other; ``names`` maps scale codes to names."""
    old, new = _facts(before, names), _facts(after, names)
    labels = [*old, *(label for label in new if label not in old)]
    return tuple(
        RuleChange(label, old.get(label), new.get(label))
        for label in labels
        if old.get(label) != new.get(label)
    )


def _facts(rule: Rule, names: Mapping[str, str]) -> dict[str, str]:
    """Everything a rule decides as label and value, in the order of the form."""
    need = rule.completeness
    facts = {
        _("Nama aturan (Indonesia)"): rule.label.id,
        _("Nama aturan (Inggris)"): rule.label.en,
        _("Bagian butir yang harus terjawab"): share_text(need.answered_numerator, need.answered_denominator),
        _("Bagian butir yang harus berlaku"): share_text(
            need.applicable_numerator, need.applicable_denominator
        ),
        _("Jawaban paling sedikit"): str(need.minimum_items),
    }
    for band in (*rule.bands, *rule.situational_bands):
        facts |= _band_facts(band)
    for composite in rule.composites:
        facts |= _composite_facts(composite, names)
    if rule.levels:
        facts |= _level_facts(rule.levels)
    return facts


def _band_facts(band):
    return _under(
        _("Kategori %(code)s") % {"code": band.code},
        {
            _("mulai dari"): str(band.minimum),
            _("nama (Indonesia)"): band.name.id,
            _("nama (Inggris)"): band.name.en,
            _("kalimat (Indonesia)"): band.sentence.id,
            _("kalimat (Inggris)"): band.sentence.en,
        },
    )


def _composite_facts(composite, names):
    weights = {
        _("bobot %(scale)s") % {"scale": names.get(part.scale, part.scale)}: f"{part.weight:g}"
        for part in composite.parts
    }
    return _under(
        _("Skor gabungan %(code)s") % {"code": composite.code},
        {_("nama (Indonesia)"): composite.name.id, _("nama (Inggris)"): composite.name.en, **weights},
    )


def _level_facts(levels):
    heading = _("Indikasi mandiri level kompetensi")
    required = {CATEGORIES[category]: str(level) for category, level in levels.required}
    return {heading: _("ditampilkan"), **_under(_("Level yang dipersyaratkan"), required)}


def _under(heading, facts):
    return {f"{heading}: {label}": value for label, value in facts.items()}


def share_text(numerator: int, denominator: int) -> str:
    """A share as people write it: ``80%``, or ``2/3`` where it is no whole percentage."""
    percent, rest = divmod(100 * numerator, denominator)
    return f"{numerator}/{denominator}" if rest else f"{percent}%"
