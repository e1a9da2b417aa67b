"""A newer score sheet beside the one that the person was told: what differs and why. It never takes its place.

Measurement.md section 8, mistake 2: scoring again makes a new sheet, and both are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.quality_details import version_of
from reports.personal import wording
from reports.personal.composites import CompositeLine
from reports.personal.values import Comparison, Dimension, Judgement, NewerSheet, TwoFigures
from scoring.models import CalibrationSet, NormSet
from scoring.rule_differences import compare_rules
from scoring.rules import Rule
from scoring.selectors import facts_of, rule_number

_NO_FIGURE = "–"


@dataclass(frozen=True)
class Figures:
    """Everything that one sheet says as a number; ``names``: of the scales, by code."""

    sheet: Any
    rule: Rule
    names: Mapping[str, str]
    dimensions: tuple[Dimension, ...]
    judgements: tuple[Judgement, ...]
    composites: tuple[CompositeLine, ...]
    comparison: Comparison | None


def beside(told: Figures, newer: Figures, *, told_at: datetime) -> NewerSheet:
    """Both sheets of one attempt, in the active language. Without a query once what is frozen is in memory."""
    scores = (
        *(_two(a.name, _scale(a), _scale(b)) for a, b in zip(told.dimensions, newer.dimensions, strict=True)),
        *(_two(a.name, _scale(a), _scale(b)) for a, b in zip(told.judgements, newer.judgements, strict=True)),
        *_composites(told.composites, newer.composites),
    )
    percentiles = _percentiles(told.comparison, newer.comparison)
    return NewerSheet(
        made_at=newer.sheet.created_at,
        told_at=told_at,
        headline=_headline(scores),
        reasons=tuple(_reasons(told.sheet, newer.sheet)),
        populations=_populations(told.sheet, newer.sheet),
        rule_changes=compare_rules(told.rule, newer.rule, newer.names),
        scores=scores,
        percentiles=percentiles,
        quality_note=_quality(told.sheet.quality, newer.sheet.quality),
    )


def _headline(figures):
    """Of the scores only: a percentile is told beside them and is no score."""
    different = sum(one.differs for one in figures)
    if not different:
        if any(not one.is_same for one in figures):
            return _(
                "Skor dan kategori tetap seperti yang disampaikan kepada Anda; yang baru adalah ketelitiannya."
            )
        return _("Semua angka tetap seperti yang disampaikan kepada Anda.")
    return ngettext(
        "%(count)s dari %(all)s angka berbeda dari yang disampaikan kepada Anda.",
        "%(count)s dari %(all)s angka berbeda dari yang disampaikan kepada Anda.",
        different,
    ) % {"count": different, "all": len(figures)}


# --- figures ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Figure:
    """A displayed number (None: there is none), its band, its interval in words, and what is said of the band.

    ``words`` name a second band where the first is not sure, and say why there is no number where there is none.
    """

    display: int | None
    band: str = ""
    interval: str = ""
    words: str = ""

    def __str__(self):
        if self.display is None:
            return self.words or _NO_FIGURE
        number = ", ".join(filter(None, [str(self.display), self.interval]))
        return f"{number}. {self.words}" if self.words else number


def _scale(found: Dimension | Judgement) -> _Figure:
    if not found.is_scored:
        return _Figure(None, words=found.not_scored)
    if isinstance(found, Judgement):
        return _Figure(found.display, found.band, words=found.band)
    interval = found.precision.sentence if found.precision else ""
    return _Figure(found.display, found.band, interval, found.band_words)


def _composites(told, newer):
    """Composites of both rules by name; one that only one of them knows has nothing on the other side."""
    before, after = ({line.name: _Figure(line.display) for line in lines} for lines in (told, newer))
    names = dict.fromkeys([*before, *after])
    return [_two(name, before.get(name, _Figure(None)), after.get(name, _Figure(None))) for name in names]


def _percentiles(told, newer) -> tuple[TwoFigures, ...]:
    before, after = (
        {line.name: _Figure(line.percentile) for line in (found.lines if found else ())}
        for found in (told, newer)
    )
    names = dict.fromkeys([*before, *after])
    return tuple(
        _two(name, before.get(name, _Figure(None)), after.get(name, _Figure(None))) for name in names
    )


def _two(name: str, told: _Figure, newer: _Figure) -> TwoFigures:
    return TwoFigures(
        name=name,
        told=str(told),
        newer=str(newer),
        verdict=_verdict(told, newer),
        is_same=told == newer,
        differs=(told.display, told.band) != (newer.display, newer.band),
    )


def _verdict(told, newer):
    if told == newer:
        return _("tetap")
    if told.display is None or newer.display is None:
        if told.display is None and newer.display is None:
            return _("alasannya berbeda")
        return _("kini ada angkanya") if told.display is None else _("kini tanpa angka")
    parts = []
    if told.display != newer.display:
        parts.append(_("selisih %(points)s") % {"points": _signed(newer.display - told.display)})
    if told.band != newer.band:
        parts.append(_("kategori berbeda"))
    if told.interval != newer.interval:
        parts.append(_("ketelitian berbeda") if told.interval else _("ketelitian kini diketahui"))
    return ", ".join(parts)


def _signed(points: int) -> str:
    return f"+{points}" if points > 0 else f"−{-points}"


# --- reasons ------------------------------------------------------------------------------------------------------


def _reasons(told, newer):
    if told.rule_id != newer.rule_id:
        yield _("Aturan skor nomor %(told)s diganti nomor %(newer)s.") % {
            "told": rule_number(told.rule_id),
            "newer": rule_number(newer.rule_id),
        }
    words = {
        CalibrationSet: _("Kalibrasi nomor %(number)s dipakai: %(people)s orang, %(first)s sampai %(last)s."),
        NormSet: _("Kelompok norma nomor %(number)s dipakai: %(people)s orang, %(first)s sampai %(last)s."),
    }
    for sets, facts in _new_samples(told, newer):
        days = {name: date_format(facts[f"{name}_day"], "j F Y") for name in ("first", "last")}
        yield words[sets] % {"number": facts["number"], "people": facts["people"], **days}
    if told.engine_version != newer.engine_version:
        yield _("Mesin skor versi %(told)s diganti versi %(newer)s.") % {
            "told": told.engine_version,
            "newer": newer.engine_version,
        }
    if version_of(told.quality_details) != version_of(newer.quality_details):
        yield _("Aturan untuk mutu jawaban diperbarui.")


def _new_samples(told, newer):
    """The frozen samples on which the newer sheet rests and the told one does not, with what is said about each."""
    pairs = (
        (CalibrationSet, told.calibration_id, newer.calibration_id),
        (NormSet, told.norm_id, newer.norm_id),
    )
    return [(sets, facts_of(sets, after)) for sets, before, after in pairs if after not in (None, before)]


def _populations(told, newer) -> tuple[str, ...]:
    """Who the people of those samples were, in the sample's own Indonesian words; the same words once."""
    return tuple(dict.fromkeys(facts["population"] for _sets, facts in _new_samples(told, newer)))


def _quality(told: str, newer: str) -> str:
    if told == newer:
        return ""
    return wording.quality_note(newer) or _(
        "Menurut aturan mutu yang baru, tidak ada tanda pada jawaban Anda."
    )
