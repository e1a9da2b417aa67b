"""Sums over the people of each unit, one column a statistic, and what can be computed from them. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache

import numpy as np

from reports.layout import CROSSED, Layout, Side
from reports.unit_trees import UnitTree
from scoring.comparisons import Moments
from scoring.distributions import t_quantile
from scoring.results import ScoreTable

# Squares are summed around the middle of the scale, so that a small variance does not drown in a large mean.
_MIDDLE = 50.0
# Share of a sum of squares that may be rounding.
_ROUNDING = 1e-10


@dataclass(frozen=True, eq=False)
class People:
    """Who the rows of a block are: the assignment, the unit's index, the places in the groups, one entry a person."""

    assignments: np.ndarray
    units: np.ndarray
    crossed: np.ndarray
    sides: np.ndarray


class _Groups:
    """Rows in the order of their group, so that any columns can be summed by group at once."""

    def __init__(self, index: np.ndarray):
        self._order = np.argsort(index, kind="stable")
        ordered = index[self._order]
        self._starts = np.flatnonzero(np.diff(ordered, prepend=-1))
        self._index = ordered[self._starts]

    def add(self, target: np.ndarray, columns: Sequence[int], values: np.ndarray) -> None:
        """Adds ``values`` (people x columns) to some columns of ``target`` (groups x all columns)."""
        if len(values) and len(columns):
            sums = np.add.reduceat(values[self._order], self._starts, axis=0, dtype=target.dtype)
            target[np.ix_(self._index, columns)] += sums


@dataclass(eq=False)
class Sums:
    """Sums by unit (first axis). Of people directly in each unit while they are added, then with everything below.

    ``count``, ``deviation``, ``square``: units x statistics. ``crossed_*``: units x crossed groups x statistics,
    ``side_*``: units x sides x statistics; filled for dimensions and climates respectively. ``banded``: units x
    statistics x bands. ``answered``, ``positive``: units x items. ``sent``, ``low_quality``: units x questionnaires.
    """

    count: np.ndarray
    deviation: np.ndarray
    square: np.ndarray
    crossed_count: np.ndarray
    crossed_deviation: np.ndarray
    side_count: np.ndarray
    side_deviation: np.ndarray
    side_square: np.ndarray
    banded: np.ndarray
    answered: np.ndarray
    positive: np.ndarray
    sent: np.ndarray
    low_quality: np.ndarray

    @classmethod
    def empty(cls, units: int, layout: Layout) -> "Sums":
        statistics, items, versions = len(layout.statistics), len(layout.items), len(layout.versions)

        def counts(*shape):
            return np.zeros((units, *shape), dtype=np.int32)

        def sums(*shape):
            return np.zeros((units, *shape))

        return cls(
            count=counts(statistics),
            deviation=sums(statistics),
            square=sums(statistics),
            crossed_count=counts(len(CROSSED), statistics),
            crossed_deviation=sums(len(CROSSED), statistics),
            side_count=counts(len(Side), statistics),
            side_deviation=sums(len(Side), statistics),
            side_square=sums(len(Side), statistics),
            banded=counts(statistics, layout.bands),
            answered=counts(items),
            positive=counts(items),
            sent=counts(versions),
            low_quality=counts(versions),
        )


@dataclass(eq=False)
class Tally:
    """Running sums over score tables read block by block."""

    units: int
    layout: Layout
    sums: Sums = field(init=False)
    _respondents: list[np.ndarray] = field(init=False, default_factory=list)

    def __post_init__(self):
        self.sums = Sums.empty(self.units, self.layout)

    def add_scores(self, version_id: int, table: ScoreTable, people: People) -> None:
        """Adds the scores of people at one questionnaire, and who of them has any."""
        columns = self.layout.columns_of(version_id)
        sources = [table.plan.index_of(code) for code in columns.values()]
        has_score = table.is_scored()[:, sources]
        deviation = np.where(has_score, table.scores()[:, sources] - _MIDDLE, 0.0)
        self._add_moments(list(columns), has_score, deviation, people)
        self._add_bands(list(columns), table.bands()[:, sources], people)
        entries = np.column_stack([people.assignments, people.units, people.crossed, people.sides])
        self._respondents.append(entries[has_score.any(axis=1)])

    def _add_moments(self, columns, has_score, deviation, people):
        sums = self.sums
        by_unit = _Groups(people.units)
        by_unit.add(sums.count, columns, has_score)
        by_unit.add(sums.deviation, columns, deviation)
        by_unit.add(sums.square, columns, deviation**2)
        crossed = _Groups(people.units * len(CROSSED) + people.crossed)
        own, here = _places(columns, self.layout.dimensions)
        crossed.add(_flat(sums.crossed_count), here, has_score[:, own])
        crossed.add(_flat(sums.crossed_deviation), here, deviation[:, own])
        sides = _Groups(people.units * len(Side) + people.sides)
        own, here = _places(columns, self.layout.climates)
        sides.add(_flat(sums.side_count), here, has_score[:, own])
        sides.add(_flat(sums.side_deviation), here, deviation[:, own])
        sides.add(_flat(sums.side_square), here, deviation[:, own] ** 2)

    def _add_bands(self, columns, bands, people):
        number = np.arange(self.layout.bands)
        values = (bands[:, :, None] == number).reshape(len(bands), -1)
        places = [column * self.layout.bands + band for column in columns for band in number]
        banded = self.sums.banded
        _Groups(people.units).add(banded.reshape(len(banded), -1), places, values)

    def add_answers(
        self, version_id: int, answers: tuple[np.ndarray, np.ndarray], is_low: np.ndarray, people: People
    ) -> None:
        """Adds what :class:`~reports.layout.PositiveAnswers` has read, and whose answers are of low quality."""
        by_unit, columns = _Groups(people.units), self.layout.item_columns_of(version_id)
        for target, values in zip((self.sums.answered, self.sums.positive), answers, strict=True):
            by_unit.add(target, columns, values)
        place = [self.layout.versions.index(version_id)]
        by_unit.add(self.sums.sent, place, np.ones((len(is_low), 1), dtype=np.int32))
        by_unit.add(self.sums.low_quality, place, is_low[:, None])

    def respondents(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """People directly in each unit with a score at some questionnaire, each counted once.

        Returns:
            by unit, by unit and crossed group, by unit and side.
        """
        people = np.concatenate([np.zeros((0, 4), dtype=np.int64), *self._respondents])
        people = people[np.unique(people[:, 0], return_index=True)[1]]
        units = people[:, 1]

        def counted(place, groups):
            cells = np.bincount(units * groups + place, minlength=self.units * groups)
            return cells.reshape(self.units, groups)

        return counted(0, 1)[:, 0], counted(people[:, 2], len(CROSSED)), counted(people[:, 3], len(Side))


def _places(columns, wanted) -> tuple[list[int], list[int]]:
    """Of some columns those that are wanted: their places among these, and the columns themselves."""
    own = [place for place, column in enumerate(columns) if column in wanted]
    return own, [columns[place] for place in own]


def _flat(sums: np.ndarray) -> np.ndarray:
    """Units x groups x statistics as (units * groups) x statistics, the same numbers."""
    return sums.reshape(-1, sums.shape[-1])


@dataclass(frozen=True, eq=False)
class Aggregates:
    """Numbers of each unit with everything below it: people asked and answering, and the sums over them."""

    invited: np.ndarray
    respondents: np.ndarray
    crossed_respondents: np.ndarray
    side_respondents: np.ndarray
    sums: Sums

    @property
    def count(self) -> np.ndarray:
        return self.sums.count

    def mean(self, unit: int, statistic: int) -> float:
        """Mean of unrounded scores, 0..100."""
        return mean_of(self.sums.deviation[unit, statistic], self.sums.count[unit, statistic])

    def moments(self, unit: int, statistic: int) -> Moments:
        """The people of a unit with a score, as comparisons read them."""
        sums = self.sums
        return moments_of(
            sums.count[unit, statistic], sums.deviation[unit, statistic], sums.square[unit, statistic]
        )

    def side_moments(self, unit: int, side: int, statistic: int) -> Moments:
        sums, place = self.sums, (unit, side, statistic)
        return moments_of(sums.side_count[place], sums.side_deviation[place], sums.side_square[place])

    def interval(self, unit: int, statistic: int) -> tuple[float, float]:
        """95 % t interval of the mean, corrected for the finite group, clipped to 0..100 (measurement.md 5.3)."""
        own = self.moments(unit, statistic)
        population = max(int(self.invited[unit]), own.n)
        margin = t_95(own.n - 1) * math.sqrt((1 - own.n / population) * own.sd**2 / own.n)
        return max(0.0, own.mean - margin), min(100.0, own.mean + margin)


def mean_of(deviation: float, n: int) -> float:
    return float(min(100.0, max(0.0, _MIDDLE + deviation / n)))


def moments_of(n: int, deviation: float, square: float) -> Moments:
    """Count, mean and standard deviation (n-1) from the sums around the middle of the scale."""
    if n < 2:
        return Moments(int(n), mean_of(deviation, n), None)
    around = float(square - deviation**2 / n)
    if around < _ROUNDING * square:  # nobody differs: what is left is the last bits of the sums
        around = 0.0
    return Moments(int(n), mean_of(deviation, n), math.sqrt(around / (int(n) - 1)))


def aggregate(tree: UnitTree, invited_directly: np.ndarray, tally: Tally) -> Aggregates:
    """Rolls everything up the tree; the staff of a unit that has units below it count in it as well."""
    respondents, crossed, sides = tally.respondents()
    rolled = Sums(**{f.name: tree.roll_up(getattr(tally.sums, f.name)) for f in fields(Sums)})
    return Aggregates(
        invited=tree.roll_up(invited_directly),
        respondents=tree.roll_up(respondents),
        crossed_respondents=tree.roll_up(crossed),
        side_respondents=tree.roll_up(sides),
        sums=rolled,
    )


@lru_cache(maxsize=4096)
def t_95(df: int) -> float:
    return t_quantile(0.975, df)
