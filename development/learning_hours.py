"""The lesson hours (JP) of a calendar year: done, still planned, and the duty if there is one. Pure; no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Peraturan LAN 10/2018: a PNS learns at least twenty lesson hours a year. Employees on contract have a regulation of
# their own (Peraturan LAN 15/2020), whose figures are not shown here.
YEARLY_JP_OF_PNS = 20
PNS = "PNS"


@dataclass(frozen=True)
class LearningHours:
    """``duty`` is None for somebody whose duty this product does not know."""

    year: int
    done: int
    planned: int
    duty: int | None

    @property
    def scale(self) -> int:
        """What a whole bar stands for: the duty, or more if more is done and planned."""
        return max(self.duty or 0, self.done + self.planned, 1)

    @property
    def done_share(self) -> float:
        """Per cent of the bar."""
        return 100 * self.done / self.scale

    @property
    def filled_share(self) -> float:
        """Per cent of the bar that is done or planned."""
        return 100 * (self.done + self.planned) / self.scale

    @property
    def missing(self) -> int:
        """Hours neither done nor planned that the duty still asks for."""
        return max((self.duty or 0) - self.done - self.planned, 0)


def hours_of_year(
    *, year: int, done: int, open_goals: Iterable[tuple[date, int, int]], employment_kind: str | None
) -> LearningHours:
    """The hours of a year.

    Args:
        done: hours recorded in the year, whatever the goal.
        open_goals: ``(date, planned hours, recorded hours)`` of every goal that is not completed; what a goal still
            plans counts in the year of its date, and never below zero.
        employment_kind: ``PNS`` or another kind; None for somebody without a place of work, who reads the duty of a
            PNS with the sentence that it may not be theirs.
    """
    planned = sum(max(jp - recorded, 0) for due_on, jp, recorded in open_goals if due_on.year == year)
    return LearningHours(
        year=year,
        done=done,
        planned=planned,
        duty=YEARLY_JP_OF_PNS if employment_kind in (None, PNS) else None,
    )
