"""Sums over the people of each unit, one column a statistic, and what can be computed from them. Pure."""

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from reports.unit_trees import UnitTree
from scoring.distributions import t_quantile
from scoring.results import ScoreTable

# Squares are summed around the middle of the scale, so that a small variance does not drown in a large mean.
_MIDDLE = 50.0


@dataclass(eq=False)
class Tally:
    """Running sums by unit (rows) and statistic (columns) over score tables read block by block.

    ``respondents`` collects ``(assignment id, unit index)`` of everybody with at least one score.
    """

    units: int
    statistics: int
    count: np.ndarray = field(init=False)
    deviation: np.ndarray = field(init=False)
    square: np.ndarray = field(init=False)
    respondents: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self):
        shape = (self.units, self.statistics)
        self.count = np.zeros(shape, dtype=np.int64)
        self.deviation = np.zeros(shape)
        self.square = np.zeros(shape)

    def add(
        self, table: ScoreTable, columns: dict[int, int], unit_index: np.ndarray, assignments: np.ndarray
    ):
        """Adds people of one questionnaire.

        Args:
            columns: statistic (column here) to scale (column of the table).
            unit_index: of each person, into the rows here.
            assignments: the assignment id of each person.
        """
        scores, is_scored = table.scores(), table.is_scored()
        scored_somewhere = np.zeros(len(table), dtype=bool)
        for statistic, column in columns.items():
            has_score = is_scored[:, column]
            where = unit_index[has_score]
            deviation = scores[has_score, column] - _MIDDLE
            self.count[:, statistic] += np.bincount(where, minlength=self.units)
            self.deviation[:, statistic] += np.bincount(where, weights=deviation, minlength=self.units)
            self.square[:, statistic] += np.bincount(where, weights=deviation**2, minlength=self.units)
            scored_somewhere |= has_score
        self.respondents.append(np.column_stack([assignments, unit_index])[scored_somewhere])

    def direct_respondents(self) -> np.ndarray:
        """People directly in each unit with a score in at least one questionnaire, each counted once."""
        if not self.respondents:
            return np.zeros(self.units, dtype=np.int64)
        people = np.unique(np.concatenate(self.respondents), axis=0)
        return np.bincount(people[:, 1], minlength=self.units)


@dataclass(frozen=True, eq=False)
class Aggregates:
    """Numbers of each unit with everything below it: people asked and answering, and per statistic n and moments."""

    invited: np.ndarray
    respondents: np.ndarray
    count: np.ndarray
    deviation: np.ndarray
    square: np.ndarray

    def mean(self, unit: int, statistic: int) -> float:
        """Mean of unrounded scores, 0..100."""
        mean = _MIDDLE + self.deviation[unit, statistic] / self.count[unit, statistic]
        return float(min(100.0, max(0.0, mean)))

    def interval(self, unit: int, statistic: int) -> tuple[float, float]:
        """95 % t interval of the mean, corrected for the finite group, clipped to 0..100 (measurement.md 5.3)."""
        n = int(self.count[unit, statistic])
        population = max(int(self.invited[unit]), n)
        mean = self.mean(unit, statistic)
        around = self.square[unit, statistic] - self.deviation[unit, statistic] ** 2 / n
        variance = max(0.0, float(around)) / (n - 1)
        margin = _t_95(n - 1) * math.sqrt((1 - n / population) * variance / n)
        return max(0.0, mean - margin), min(100.0, mean + margin)


def aggregate(tree: UnitTree, invited_directly: np.ndarray, tally: Tally) -> Aggregates:
    """Rolls everything up the tree; the staff of a unit that has units below it count in it as well."""
    return Aggregates(
        invited=tree.roll_up(invited_directly),
        respondents=tree.roll_up(tally.direct_respondents()),
        count=tree.roll_up(tally.count),
        deviation=tree.roll_up(tally.deviation),
        square=tree.roll_up(tally.square),
    )


@lru_cache(maxsize=4096)
def _t_95(df: int) -> float:
    return t_quantile(0.975, df)
