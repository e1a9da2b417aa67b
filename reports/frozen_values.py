"""What people may read of a release, as values: whole points and percent, masked in small groups. Pure.

For pages and exports alike. A value is made from what the release has stored, which is unrounded and never told itself.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.detail_figures import DetailKind
from reports.disclosure import (
    MASKED_BELOW_N,
    MASKED_HIGH,
    MASKED_LOW,
    Cell,
    HiddenCell,
    ShownCell,
    mean_cell,
    percentage_cell,
)
from reports.layout import EmploymentGroup, JobGroup
from scoring.groups import proportion_interval, response_rate
from scoring.scales import round_half_up

# Percent. Below this the page says that the results describe only those who answered.
LOW_RESPONSE = 50


def cell_text(cell: ShownCell) -> str:
    """The text of a shown cell with the signs that people read."""
    return cell.display.replace(">=", "≥").replace("<=", "≤")


def interval_text(interval: tuple[int, int] | None) -> str:
    """The text of a 95 % interval in whole points or percent; a dash where there is none."""
    return f"{interval[0]}–{interval[1]}" if interval else "–"


def rate_cell(*, is_shown, answered, asked) -> Cell:
    """The share of the people asked who answered, in percent, masked in small groups like every percentage."""
    rate = response_rate(scored=answered, invited=max(answered, asked)) if is_shown else None
    return percentage_cell(is_shown=is_shown, n=asked if is_shown else 0, percentage=rate)


@dataclass(frozen=True)
class Respondents:
    """How many answered, of how many asked; only ever of a unit that may be shown."""

    n: int
    invited: int

    @property
    def rate(self) -> str:
        """The text of the response rate in percent, such as "83" or "≥95"."""
        return cell_text(rate_cell(is_shown=True, answered=self.n, asked=max(self.n, self.invited)))

    @property
    def is_low(self) -> bool:
        return 100 * self.n < LOW_RESPONSE * self.invited


@dataclass(frozen=True)
class Share:
    """A percentage of people with its Wilson interval in whole percent; none beside a masked figure."""

    cell: ShownCell
    interval: tuple[int, int] | None

    @property
    def display(self) -> str:
        return cell_text(self.cell)


@dataclass(frozen=True)
class BandShares:
    """Percent of the people of a group in each band, lowest band first; rounded each by itself."""

    n: int
    percents: tuple[int, ...]


@dataclass(frozen=True)
class Gap:
    """How staff and management describe their unit. ``words``: of the size of the difference, None without spread."""

    staff: ShownCell
    management: ShownCell
    words: str | None
    is_certain: bool

    @property
    def difference(self) -> int:
        """Management minus staff in displayed points."""
        return self.management.value - self.staff.value


# The groups of a demographic, in the order of the stored figures.
GROUPS_OF = {DetailKind.JOB: tuple(JobGroup), DetailKind.EMPLOYMENT: tuple(EmploymentGroup)}

Groups = Mapping[str, Cell]


@dataclass(frozen=True, eq=False)
class UnitDetails:
    """Everything that a release shows of one unit beyond the means; what is hidden is absent.

    ``figures``: by (version id, kind), as stored. ``invited``: people asked in the unit, None if it is hidden.
    """

    figures: Mapping[tuple[int, str], Mapping]
    invited: int | None

    def _of(self, version_id: int, kind: DetailKind) -> Mapping:
        return self.figures.get((version_id, kind), {})

    def items(self, version_id: int) -> Mapping[str, Share]:
        """Percent positive by item code."""
        return {
            code: _share(n, positive, max(n, self.invited or 0))
            for code, (n, positive) in self._of(version_id, DetailKind.ITEMS).items()
        }

    def theme(self, version_id: int, codes: Sequence[str]) -> ShownCell | None:
        """Percent positive of the items with these codes together: the mean of their percentages.

        None unless every one of them is shown and none is masked, which the others and their mean would undo.
        """
        stored = self._of(version_id, DetailKind.ITEMS)
        if not codes or any(code not in stored for code in codes):
            return None
        percentages = [(n, 100 * positive / n) for n, positive in (stored[code] for code in codes)]
        if any(_is_masked(n, percentage) for n, percentage in percentages):
            return None
        mean = math.fsum(percentage for _n, percentage in percentages) / len(percentages)
        return percentage_cell(is_shown=True, n=min(n for n, _percentage in percentages), percentage=mean)

    def bands(self, version_id: int) -> Mapping[str, BandShares]:
        """Percent of people in each band by scale code."""
        return {code: band_shares(counts) for code, counts in self._of(version_id, DetailKind.BANDS).items()}

    def low_quality(self, version_id: int) -> Share | None:
        """Percent of what was sent whose answers were rated low."""
        for n, low in self._of(version_id, DetailKind.QUALITY).values():
            return Share(percentage_cell(is_shown=True, n=n, percentage=100 * low / n), None)
        return None

    def groups(self, version_id: int, kind: DetailKind) -> Mapping[str, Groups]:
        """Means of each group of a demographic by scale code; a group without people has a hidden cell."""
        return {
            code: dict(zip(GROUPS_OF[kind], map(_mean, means), strict=True))
            for code, means in self._of(version_id, kind).items()
        }

    def gaps(self, version_id: int) -> Mapping[str, Gap]:
        """Staff and management by climate theme."""
        return {
            code: Gap(_mean(staff), _mean(management), words, is_certain)
            for code, (staff, management, words, is_certain) in self._of(version_id, DetailKind.SIDES).items()
        }

    def directions(self, version_id: int) -> Mapping[str, str]:
        """How the unit stands to the rest of its parent by scale code, a direction of ``scoring.comparisons``."""
        return self._of(version_id, DetailKind.PARENT)


def band_shares(counts: Sequence[int]) -> BandShares:
    """From the stored ``[n, people of the lowest band, ...]``, or sums of such."""
    n, *by_band = counts
    return BandShares(n, tuple(round_half_up(100 * people / n) for people in by_band))


def _mean(stored: Sequence | None) -> Cell:
    if stored is None:
        return HiddenCell()
    n, mean = stored
    return mean_cell(is_shown=True, n=n, mean=mean)


def _share(n: int, hits: int, population: int) -> Share:
    percentage = 100 * hits / n
    cell = percentage_cell(is_shown=True, n=n, percentage=percentage)
    if _is_masked(n, percentage):
        return Share(cell, None)
    low, high = proportion_interval(hits, n, population)
    return Share(cell, (round_half_up(100 * low), round_half_up(100 * high)))


def _is_masked(n: int, percentage: float) -> bool:
    return n < MASKED_BELOW_N and not MASKED_LOW <= percentage <= MASKED_HIGH
