"""The arithmetic of a technical report over one sample. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assessments.item_matrix import content_scales, matrix_of_answers
from assessments.quality_details import unpack
from questionnaires.version_document import VersionDocument
from reports.technical.values import Climate, GroupComparison, ResponseQuality, ResponseRate
from scoring.quality import ATTENTION_FAMILY, CONSISTENCY, GOOD, LOW, PATTERN, REVIEW, SPEED
from scoring.statistics import (
    HIDDEN,
    Undefined,
    differential_functioning,
    intraclass_correlation,
    keyed_values,
    standing,
    within_group_agreement,
)
from scoring.statistics.dif import NONE
from scoring.statistics.reasons import N_BELOW_MINIMUM

RATINGS = (GOOD, REVIEW, LOW)
FAMILIES = (SPEED, PATTERN, CONSISTENCY, ATTENTION_FAMILY)
CLIMATE = "climate"


def response_rates(
    rows: Iterable[tuple[str, str, int, int]], *, smallest: int, everybody: str
) -> tuple[ResponseRate, ...]:
    """The rate of everybody, then by job category and by kind of employment.

    A group of fewer than ``smallest`` people asked is named without numbers; so is the smallest other group of the
    same list then, because the one would be the rest of the whole.

    Args:
        rows: (job category, employment kind, asked, sent).
        everybody: what the first row is called.
    """
    rows = list(rows)
    found = [_rate(everybody, rows)]
    for place in (0, 1):
        groups: dict[str, list] = {}
        for row in rows:
            groups.setdefault(row[place], []).append(row)
        hidden = _hidden({name: sum(row[2] for row in group) for name, group in groups.items()}, smallest)
        found += [
            ResponseRate(name, None) if name in hidden else _rate(name, group)
            for name, group in sorted(groups.items())
        ]
    return tuple(found)


def _rate(label, rows) -> ResponseRate:
    return ResponseRate(label, sum(row[2] for row in rows), sum(row[3] for row in rows))


def _hidden(sizes: Mapping[str, int], smallest: int) -> set[str]:
    hidden = {name for name, asked in sizes.items() if asked < smallest}
    others = sorted((asked, name) for name, asked in sizes.items() if name not in hidden)
    if hidden and sum(sizes[name] for name in hidden) < smallest and others:
        hidden.add(others[0][1])
    return hidden


def response_quality(sheets: Iterable[tuple[str, bytes]]) -> ResponseQuality:
    """Shares of ratings and of families of signs, from (rating, stored indices)."""
    ratings, families = Counter(dict.fromkeys(RATINGS, 0)), Counter(dict.fromkeys(FAMILIES, 0))
    people = detailed = desirable = 0
    for rating, stored in sheets:
        people += 1
        ratings[rating] += 1
        details = unpack(stored)
        if details is not None:
            detailed += 1
            families.update(details.families)
            desirable += details.is_desirability_high
    return ResponseQuality(people, ratings, detailed, families, desirable, standing(people) != HIDDEN)


def climates(
    document: VersionDocument, stored: np.ndarray, units: np.ndarray, *, smallest: int, language: str
) -> tuple[Climate, ...]:
    """Agreement within units and differences between them, for every climate scale.

    Args:
        stored: people x slots.
        units: the unit of each person.
        smallest: people with complete answers that a unit needs.
    """
    return tuple(
        _climate(document, scale, items, stored, units, smallest, language)
        for scale, items in content_scales(document)
        if scale.kind == CLIMATE
    )


def _climate(document, scale, items, stored, units, smallest, language) -> Climate:
    matrix, _impossible = matrix_of_answers(document, stored, items)
    values = keyed_values(matrix.values, matrix.items)
    complete = ~np.isnan(values).any(axis=1)
    values, units = values[complete], units[complete]
    names, sizes = np.unique(units, return_counts=True)
    groups = [values[units == name] for name in names[sizes >= smallest]]
    lowest, highest = items[0].minimum, items[0].maximum
    agreeing = sum(not within_group_agreement(group, highest - lowest + 1).is_mixed for group in groups)
    name = scale.name.in_language(language)
    try:
        icc1, reason = intraclass_correlation([group.mean(axis=1) for group in groups]), None
    except Undefined as undefined:
        icc1, reason = None, undefined.reason
    return Climate(scale.code, name, len(groups), agreeing, icc1, reason)


def compare_groups(
    document: VersionDocument, stored: np.ndarray, groups: Sequence[tuple[str, np.ndarray]]
) -> tuple[GroupComparison, ...]:
    """Items that work differently in a group than in the others, for every group.

    Args:
        groups: what a comparison is called, and one truth value a person for the focal group.
    """
    matrices = [matrix_of_answers(document, stored, items)[0] for _scale, items in content_scales(document)]
    keyed = [(keyed_values(matrix.values, matrix.items), matrix.items) for matrix in matrices]
    return tuple(_comparison(label, is_focal, keyed) for label, is_focal in groups)


def _comparison(label, is_focal, keyed) -> GroupComparison:
    results = [
        result for values, items in keyed for result in differential_functioning(values, items, is_focal)
    ]
    compared = [result for result in results if result.difference is not None]
    reasons = {result.reason for result in results if result.reason}
    return GroupComparison(
        label=label,
        compared=len(compared),
        items=tuple(result for result in compared if result.size != NONE),
        reason=None if compared else min(reasons, default=N_BELOW_MINIMUM),
    )
