"""The quality report of items and scales: what was computed, as JSON values and as CSV rows. Pure.

Everything in it has passed :func:`scoring.statistics.gated`: what may not be shown is not in the report. The form of
the JSON stands in ``docs/item-statistics.md``; :mod:`assessments.item_page` says what the HTML page draws.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from assessments.item_matrix import AnswerMatrix
from assessments.option_counts import OptionCounts, PartCounts
from scoring.statistics import (
    HIDDEN,
    ItemStatistics,
    ScaleStatistics,
    gated,
    item_remarks,
    keyed_values,
    scale_remarks,
    scale_statistics,
    screen_outliers,
    screen_synonyms,
    standing,
    synonym_pairs,
)
from scoring.statistics.reasons import N_BELOW_MINIMUM
from tables.csv_files import harmless

REPORT_FORMAT = "cermin-item-statistics/2"
CSV_HEADER = ("skala", "butir", "statistik", "nilai", "alasan")
_ITEM_TEXTS = {"code", "reasons"}
_SCALE_PARTS = {"items", "warnings", "reasons"}


@dataclass(frozen=True)
class ScaleReport:
    """One scale as it may be shown. ``standing``: hidden, provisional or firm, by the complete people.

    ``impossible``: stored values outside their items, counted as not answered.
    """

    code: str
    name: str
    statistics: ScaleStatistics
    impossible: int = 0

    @property
    def standing(self) -> str:
        return standing(self.statistics.n_used)


@dataclass(frozen=True)
class Screening:
    """How many people of the whole sample answer unusually, by one index; a count or a reason, and never who.

    ``n``: people the index can be computed for. ``limit``: from where on it is unusual. ``pairs``: how many pairs of
    near-synonyms it rests on; None for distances.
    """

    name: str
    n: int
    flagged: int | None
    limit: float | None
    pairs: int | None
    reason: str | None

    @property
    def flagged_share(self) -> float | None:
        return None if self.flagged is None else self.flagged / self.n


@dataclass(frozen=True)
class QualityReport:
    """A whole report. ``source``: what it was made from, by name (see the documentation), plain JSON values.

    ``choices``: the items without scale statistics; none for a matrix of a file.
    """

    title: str
    source: Mapping[str, Any]
    scales: tuple[ScaleReport, ...]
    screenings: tuple[Screening, ...]
    choices: tuple[OptionCounts, ...] = ()


def report_on(code: str, name: str, matrix: AnswerMatrix, *, impossible: int = 0) -> ScaleReport:
    """The gated statistics of one scale."""
    keyed = keyed_values(matrix.values, matrix.items)
    found = scale_statistics(keyed, matrix.items, not_applicable=matrix.not_applicable)
    return ScaleReport(code, name, gated(found), impossible)


def screen(matrix: AnswerMatrix) -> tuple[Screening, ...]:
    """Both indices of unusual answering over all items of a sample, which is its own calibration sample."""
    keyed = keyed_values(matrix.values, matrix.items)
    distances = screen_outliers(keyed, matrix.items)
    synonyms = screen_synonyms(keyed, matrix.items, synonym_pairs(keyed, matrix.items))
    people = len(matrix.values)
    return (
        _screening("mahalanobis", people, distances, None),
        _screening("psychometric_synonyms", people, synonyms, len(synonyms.pairs)),
    )


def _screening(name: str, people: int, found, pairs: int | None) -> Screening:
    if standing(people if found.reason else found.n) == HIDDEN:
        return Screening(name, found.n, None, None, None, N_BELOW_MINIMUM)
    return Screening(name, found.n, found.flagged, found.limit, pairs, found.reason)


# --- JSON -----------------------------------------------------------------------------------------------------------


def as_json(report: QualityReport) -> dict:
    """The report as JSON values; a number that is not there is null and has its code under ``reasons``."""
    return {
        "format": REPORT_FORMAT,
        "title": report.title,
        "source": dict(report.source),
        "scales": [_scale_json(scale) for scale in report.scales],
        "choices": [_choice_json(found) for found in report.choices],
        "screening": {each.name: _screening_json(each) for each in report.screenings},
    }


def _scale_json(scale: ScaleReport) -> dict:
    found = scale.statistics
    values = _plain(found, _SCALE_PARTS)
    return {
        "code": scale.code,
        "name": scale.name,
        "standing": scale.standing,
        **values,
        "impossible_values": scale.impossible,
        "reasons": dict(found.reasons),
        "warnings": [{"code": w.code, "items": list(w.items)} for w in found.warnings],
        "remarks": [{"code": r.code, "sentence": r.sentence} for r in scale_remarks(found)],
        "items": [_item_json(item, found) for item in found.items],
    }


def _item_json(item: ItemStatistics, scale: ScaleStatistics) -> dict:
    return {
        "code": item.code,
        **_plain(item, _ITEM_TEXTS),
        "reasons": dict(item.reasons),
        "remarks": [{"code": r.code, "sentence": r.sentence} for r in item_remarks(item, scale)],
    }


def _choice_json(found: OptionCounts) -> dict:
    item = found.item
    return {
        "code": item.code,
        "type": item.type,
        "role": item.role,
        "scale": item.scale,
        **_choice_numbers(found),
        "parts": [
            {"part": part.part, "n": part.n, "counts": _counts(part, found), "reason": part.reason}
            for part in found.parts
        ],
    }


def _choice_numbers(found: OptionCounts) -> dict:
    return {
        "n": found.n,
        "missing": found.missing,
        "missing_share": found.missing_share,
        "not_applicable": found.not_applicable,
        "impossible_values": found.impossible,
    }


def _counts(part: PartCounts, found: OptionCounts) -> dict[str, int] | None:
    """People by option or value; names of a JSON object are texts."""
    if part.counts is None:
        return None
    return {str(value): count for value, count in zip(found.values, part.counts, strict=True)}


def _screening_json(found: Screening) -> dict:
    return {
        "n": found.n,
        "flagged": found.flagged,
        "flagged_share": found.flagged_share,
        "limit": found.limit,
        "pairs": found.pairs,
        "reason": found.reason,
    }


def _plain(found: ItemStatistics | ScaleStatistics, without: set[str]) -> dict:
    values = {part.name: getattr(found, part.name) for part in fields(found) if part.name not in without}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


# --- CSV ------------------------------------------------------------------------------------------------------------


def csv_rows(report: QualityReport) -> Iterator[tuple[str, ...]]:
    """One row a number, scales first and then their items, full precision with a decimal point."""
    for scale in report.scales:
        found, code = scale.statistics, harmless(scale.code)
        yield code, "", "standing", scale.standing, ""
        yield from _value_rows(code, "", _plain(found, _SCALE_PARTS), found.reasons)
        for warning in found.warnings:
            yield code, "", "warning", warning.code, harmless(" ".join(warning.items))
        for item in found.items:
            first = MappingProxyType({"counts": item.minimum})
            yield from _value_rows(code, harmless(item.code), _plain(item, _ITEM_TEXTS), item.reasons, first)
    for found in report.choices:
        yield from _choice_rows(found)
    for screening in report.screenings:
        for name, value in _screening_json(screening).items():
            if name != "reason":
                text = "" if value is None else repr(value)
                yield (
                    "",
                    "",
                    f"{screening.name}_{name}",
                    text,
                    (screening.reason or "") if value is None else "",
                )


def _choice_rows(found: OptionCounts) -> Iterator[tuple[str, ...]]:
    """``count_A``, or ``count_best_A`` of a part, after the numbers of the item."""
    scale, item = harmless(found.item.scale or ""), harmless(found.item.code)
    for name, value in _choice_numbers(found).items():
        yield scale, item, name, "" if value is None else repr(value), ""
    for part in found.parts:
        counts = _counts(part, found)
        for value in found.values:
            name = "_".join(filter(None, ["count", part.part, str(value)]))
            yield scale, item, name, "" if counts is None else repr(counts[str(value)]), part.reason or ""


def _value_rows(
    scale: str,
    item: str,
    values: Mapping[str, Any],
    reasons: Mapping[str, str],
    first: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[tuple[str, ...]]:
    """``first``: the number that the first of several values has in its name; 1 where nothing is said."""
    for name, value in values.items():
        if isinstance(value, list):
            for place, part in enumerate(value, start=first.get(name, 1)):
                yield scale, item, f"{name}_{place}", repr(part), ""
        else:
            yield scale, item, name, "" if value is None else repr(value), reasons.get(name, "")
