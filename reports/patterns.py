"""What a release may show where: the patterns of disclosure control over its aggregates. Pure.

Each kind of figure has its own pattern, and none reaches beyond the units whose totals are shown:

* **totals**: respondents and the means of all dimensions, climate themes and scales of judgement, one pattern for all;
* **spread**: everything that tells how a group spreads (intervals, people by band, share of low quality), the same rule
  for thirty people;
* **items**: percent positive, each item by itself, because not everybody answers every item;
* **split**: dimensions by group of job and by kind of employment. These two could be subtracted from each other (where
  no manager has a work agreement, the permanent staff without the managers are a group), so both are shown only where
  the table of job x employment might be: whatever follows from two margins follows from the table. Where an agency as
  a whole cannot show that table, one of the two is shown by itself;
* **sides**: climate themes by staff and management; another split of other figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.aggregation import Aggregates
from reports.disclosure import (
    DISTRIBUTION_THRESHOLD,
    SplitCount,
    UnitCount,
    publishable_each,
    publishable_split,
    publishable_totals,
)
from reports.layout import CROSSED, EmploymentGroup, JobGroup, Layout, Side, by_employment, by_job
from reports.unit_trees import UnitTree

JOB, EMPLOYMENT = "job", "employment"


@dataclass(frozen=True, eq=False)
class Patterns:
    """Per unit index (bool): what it may show. ``items`` and ``quality`` have a column for each of theirs.

    ``splits``: the demographics that are shown in the units of ``split``.
    """

    totals: np.ndarray
    spread: np.ndarray
    items: np.ndarray
    quality: np.ndarray
    split: np.ndarray
    splits: tuple[str, ...]
    sides: np.ndarray


def find_patterns(tree: UnitTree, layout: Layout, numbers: Aggregates, threshold: int) -> Patterns:
    """Everything that may be shown of the aggregates of a campaign with this minimum group size."""
    spread_threshold = max(threshold, DISTRIBUTION_THRESHOLD)
    names = [statistic.name for statistic in layout.statistics]
    totals = _totals(tree, names, numbers, threshold, publishable=np.ones(len(tree), dtype=bool))
    spread = _totals(tree, names, numbers, spread_threshold, publishable=totals)
    split, splits = _demographics(tree, layout, numbers, totals, threshold)
    sides = _split(
        tree,
        [layout.statistics[column].name for column in layout.climates],
        tuple(Side),
        (numbers.side_respondents, numbers.sums.side_count[:, :, list(layout.climates)]),
        totals,
        threshold,
    )
    return Patterns(
        totals=totals,
        spread=spread,
        items=_each(tree, numbers.sums.answered, totals, threshold),
        quality=_each(tree, numbers.sums.sent, spread, spread_threshold),
        split=split,
        splits=splits,
        sides=sides if layout.climates else np.zeros(len(tree), dtype=bool),
    )


def _totals(tree, names, numbers: Aggregates, threshold, *, publishable) -> np.ndarray:
    counts = numbers.sums.count.tolist()
    units = {
        place.code: UnitCount(
            parent=tree.parent_code(index),
            n=int(numbers.respondents[index]),
            publishable=bool(publishable[index]),
            n_by_statistic=dict(zip(names, counts[index], strict=True)),
        )
        for index, place in enumerate(tree.places)
    }
    return _marks(tree, publishable_totals(units=units, threshold=threshold).published)


def _each(tree, counts, publishable, threshold) -> np.ndarray:
    return publishable_each(
        parents=tree.parents,
        codes=[place.code for place in tree.places],
        counts=counts,
        publishable=publishable[:, None],
        threshold=threshold,
    )


def _demographics(tree, layout, numbers: Aggregates, totals, threshold) -> tuple[np.ndarray, tuple[str, ...]]:
    """The first way of splitting that the agency as a whole may show: both, by job alone, by employment alone."""
    names = [layout.statistics[column].name for column in layout.dimensions]
    people, counts = numbers.crossed_respondents, numbers.sums.crossed_count[:, :, list(layout.dimensions)]
    ways = (
        ((JOB, EMPLOYMENT), CROSSED, (people, counts)),
        ((JOB,), tuple(JobGroup), (by_job(people), by_job(counts))),
        ((EMPLOYMENT,), tuple(EmploymentGroup), (by_employment(people), by_employment(counts))),
    )
    is_root = np.array(tree.parents) < 0
    for splits, categories, tables in ways:
        shown = _split(tree, names, categories, tables, totals, threshold)
        if (shown & is_root).any():
            return shown, splits
    return np.zeros(len(tree), dtype=bool), ()


def _split(tree, names, categories, tables, totals, threshold) -> np.ndarray:
    respondents, counts = (table.tolist() for table in tables)
    units = {}
    for index, place in enumerate(tree.places):
        by_category = dict(zip(categories, respondents[index], strict=True))
        units[place.code] = SplitCount(
            parent=tree.parent_code(index),
            n=sum(respondents[index]),
            by_category=by_category,
            by_statistic=_by_statistic(names, categories, counts[index]),
        )
    published = {place.code for index, place in enumerate(tree.places) if totals[index]}
    return _marks(tree, publishable_split(units=units, published=published, threshold=threshold).shown)


def _by_statistic(names, categories, table) -> Mapping[str, Mapping[str, int]]:
    """The counts of one unit, categories x statistics, by name."""
    return {
        name: dict(zip(categories, column, strict=True))
        for name, column in zip(names, zip(*table, strict=True), strict=True)
    }


def _marks(tree, codes) -> np.ndarray:
    return np.array([place.code in codes for place in tree.places], dtype=bool)
