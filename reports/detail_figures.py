"""What a release keeps of a unit beyond its means: one row of figures a kind, only where the pattern shows it. Pure.

The figures of a row are plain JSON values, unrounded; ``reports.frozen`` turns them into what people may read. What is
hidden has no row, or no entry in its row. Forms, by kind:

=========== =============================================================================================
items       ``{item: [n, positive]}``
bands       ``{scale: [n, people of the lowest band, ..., of the highest]}``
quality     ``{"sent": [n, of low quality]}``
job         ``{scale: [[n, mean] or null, ...]}``, groups in the order of :class:`~reports.layout.JobGroup`
employment  the same, in the order of :class:`~reports.layout.EmploymentGroup`
sides       ``{scale: [[n, mean] of staff, [n, mean] of management, words, is certain]}``
parent      ``{scale: direction}`` against the rest of the parent
=========== =============================================================================================
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from reports.aggregation import Aggregates, mean_of, t_95
from reports.layout import Layout, Side, by_employment, by_job
from reports.patterns import EMPLOYMENT, JOB, Patterns
from reports.unit_trees import UnitTree
from scoring.bands import Z_95
from scoring.comparisons import (
    EVEN,
    FEWEST_IN_REST,
    HIGHER,
    LOWER,
    POINTS_THAT_MATTER,
    compare_with_rest,
)
from scoring.groups import difference_of_moments, welch_degrees_of_freedom

# Decimals of a stored mean: far beyond what is shown, and rows stay short.
_DECIMALS = 6
# Points. A smaller standard error is rounding, and is looked at exactly.
_NO_ERROR = 1e-6


class DetailKind(StrEnum):
    """Kinds of rows; see the module."""

    ITEMS = "items"
    BANDS = "bands"
    QUALITY = "quality"
    JOB = "job"
    EMPLOYMENT = "employment"
    SIDES = "sides"
    PARENT = "parent"


# Tell how a group spreads; their groups are of thirty or more.
SPREAD_KINDS = (DetailKind.BANDS, DetailKind.QUALITY)


@dataclass(frozen=True)
class DetailRow:
    """The figures of one kind about one unit (by index) and questionnaire; ``smallest``: its smallest group."""

    unit: int
    version_id: int
    kind: DetailKind
    smallest: int
    figures: dict


def detail_rows(
    tree: UnitTree, layout: Layout, numbers: Aggregates, patterns: Patterns
) -> Iterator[DetailRow]:
    """Every row of the release, unit by unit."""
    splits = {
        JOB: (DetailKind.JOB, by_job(numbers.sums.crossed_count), by_job(numbers.sums.crossed_deviation)),
        EMPLOYMENT: (
            DetailKind.EMPLOYMENT,
            by_employment(numbers.sums.crossed_count),
            by_employment(numbers.sums.crossed_deviation),
        ),
    }
    directions = directions_against_parents(tree, numbers, patterns.totals)
    columns_of = {version_id: layout.columns_of(version_id) for version_id in layout.versions}
    for unit in np.flatnonzero(patterns.totals).tolist():
        for version_id, columns in columns_of.items():
            made = [_items(layout, version_id, numbers, patterns, unit)]
            if patterns.spread[unit]:
                made.append(_bands(layout, columns, numbers, unit))
                made.append(_quality(layout, version_id, numbers, patterns, unit))
            if patterns.split[unit]:
                own = {c: code for c, code in columns.items() if c in layout.dimensions}
                made.extend(_demographic(own, unit, *splits[name]) for name in patterns.splits)
            if patterns.sides[unit]:
                made.append(_sides({c: columns[c] for c in layout.climates if c in columns}, numbers, unit))
            made.append(_parent(columns, numbers, directions, unit))
            for kind, smallest, figures in made:
                if figures:
                    yield DetailRow(unit, version_id, kind, int(smallest), figures)


def _items(layout, version_id, numbers, patterns, unit):
    shown = [c for c in layout.item_columns_of(version_id) if patterns.items[unit, c]]
    answered, positive = (
        sums[unit, shown].tolist() for sums in (numbers.sums.answered, numbers.sums.positive)
    )
    figures = {
        layout.items[column].code: [n, hits]
        for column, n, hits in zip(shown, answered, positive, strict=True)
    }
    return DetailKind.ITEMS, min(answered, default=0), figures


def _bands(layout, columns, numbers, unit):
    figures = {
        code: [n, *numbers.sums.banded[unit, column, :bands].tolist()]
        for column, code in columns.items()
        for n, bands in ((int(numbers.sums.count[unit, column]), layout.statistics[column].bands),)
        if n and bands
    }
    return DetailKind.BANDS, _smallest(figures), figures


def _quality(layout, version_id, numbers, patterns, unit):
    place = layout.versions.index(version_id)
    if not patterns.quality[unit, place]:
        return DetailKind.QUALITY, 0, {}
    n = int(numbers.sums.sent[unit, place])
    return DetailKind.QUALITY, n, {"sent": [n, int(numbers.sums.low_quality[unit, place])]}


def _demographic(columns, unit, kind, counts, deviations):
    figures = {}
    for column, code in columns.items():
        groups = [
            [n, round(mean_of(deviation, n), _DECIMALS)] if n else None
            for n, deviation in zip(
                counts[unit, :, column].tolist(), deviations[unit, :, column].tolist(), strict=True
            )
        ]
        if any(groups):
            figures[code] = groups
    return (
        kind,
        min((group[0] for groups in figures.values() for group in groups if group), default=0),
        figures,
    )


def _sides(columns, numbers, unit):
    figures, smallest = {}, []
    for column, code in columns.items():
        counts = numbers.sums.side_count[unit, :, column].tolist()
        if not all(counts):
            continue  # one side alone is no comparison, and its figure is the unit's own
        staff, management = (numbers.side_moments(unit, side, column) for side in range(len(Side)))
        gap = difference_of_moments(*((side.n, side.mean, side.sd) for side in (management, staff)))
        figures[code] = [
            *([side.n, round(side.mean, _DECIMALS)] for side in (staff, management)),
            gap.wording,
            gap.is_certain,
        ]
        smallest += counts
    return DetailKind.SIDES, min(smallest, default=0), figures


def _parent(columns, numbers, directions, unit):
    figures = {
        code: directions[unit, column] for column, code in columns.items() if (unit, column) in directions
    }
    smallest = min((int(numbers.sums.count[unit, c]) for c in columns if (unit, c) in directions), default=0)
    return DetailKind.PARENT, smallest, figures


def _smallest(figures):
    return min((row[0] for row in figures.values()), default=0)


def directions_against_parents(
    tree: UnitTree, numbers: Aggregates, shown: np.ndarray
) -> dict[tuple[int, int], str]:
    """How each shown unit stands to the rest of its parent, by (unit, statistic); absent where nothing may be said.

    The rule is ``scoring.comparisons.compare_with_rest``. A difference of less than three points, or of less than 1.96
    standard errors, is even whatever the degrees of freedom, and most of the others are decided by the whole degrees
    of freedom on both sides, whose quantiles are remembered; few need the exact one.
    """
    above = np.array(tree.parents)
    units = np.flatnonzero(shown & (above >= 0) & shown[above])
    own, rest = _own_and_rest(numbers.sums, units, above[units])
    difference = own.mean - rest.mean
    se = np.sqrt(own.variance + rest.variance)
    is_told = (own.n >= 2) & (rest.n >= FEWEST_IN_REST)
    may_differ = is_told & (np.abs(difference) >= POINTS_THAT_MATTER) & (np.abs(difference) >= Z_95 * se)
    found = {}
    for row, column in np.argwhere(is_told).tolist():
        unit, place = int(units[row]), (row, column)
        if not may_differ[place]:
            found[unit, column] = EVEN
            continue
        parts = [(float(group.variance[place]), int(group.n[place])) for group in (own, rest)]
        verdict = _verdict(float(difference[place]), float(se[place]), parts)
        if verdict is None:
            parent = numbers.moments(int(above[unit]), column)
            verdict = compare_with_rest(numbers.moments(unit, column), parent).direction
        found[unit, column] = verdict
    return found


@dataclass(frozen=True, eq=False)
class _Group:
    """n, mean and variance of the mean of many groups; units x statistics."""

    n: np.ndarray
    mean: np.ndarray
    variance: np.ndarray

    @classmethod
    def of(cls, n, deviation, square):
        with np.errstate(divide="ignore", invalid="ignore"):
            around = np.maximum(0.0, square - deviation**2 / n)
            return cls(n, deviation / n, around / np.maximum(n - 1, 1) / n)


def _own_and_rest(sums, units, parents) -> tuple[_Group, _Group]:
    own, whole = ((sums.count[i], sums.deviation[i], sums.square[i]) for i in (units, parents))
    return _Group.of(*own), _Group.of(*(total - mine for total, mine in zip(whole, own, strict=True)))


def _verdict(difference, se, parts) -> str | None:
    """The direction of a difference of three points or more; None if only the exact quantile can tell."""
    if se < _NO_ERROR:
        return None
    df, apart = welch_degrees_of_freedom(*parts), abs(difference) / se
    if apart > t_95(max(1, math.floor(df))):
        return HIGHER if difference > 0 else LOWER
    return EVEN if apart < t_95(math.ceil(df)) else None
