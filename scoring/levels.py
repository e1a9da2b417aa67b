"""A cautious self-indication of a competency level of PermenPANRB 38/2017 from items that are tagged with a level.

Off by default: a report shows it only where the agency has asked for it. The regulation's levels differ in scope and
complexity of behaviour (oneself, the team, the unit, the organisation), not in how often it shows, so a score of 0..100
is never cut into levels. Only items written for one level of one competency (``level_target``) count, and a level is
indicated only if every level below it is as well. The result is a mirror of the person's own answers: it is not stored
as a competency level and never leaves for another system; :data:`DISCLAIMER` stands beside it wherever it is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from questionnaires.version_document import Text
from scoring.items import Number, exact

LEVELS = (1, 2, 3, 4, 5)
FEWEST_ITEMS = 3  # answered, at each level
SHOWS_FROM = 75  # points of 0..100: "often" on the response scale

BELOW, TOO_FEW_ITEMS, HIGHEST = "below", "too_few_items", "highest"

DISCLAIMER = Text(
    "Ini cerminan jawaban Anda sendiri, bukan hasil penilaian kompetensi menurut PermenPANRB 38/2017. "
    "Level kompetensi ditetapkan melalui penilaian oleh asesor.",
    "This mirrors your own answers; it is not the result of a competency assessment under PermenPANRB 38/2017. "
    "Competency levels are determined through an assessment by an assessor.",
)


@dataclass(frozen=True)
class LevelMean:
    """The answered items of one level. ``mean``: of their item scores, exact, 0..100; None without answers."""

    level: int
    answered: int
    mean: Fraction | None

    @property
    def has_enough_items(self) -> bool:
        return self.answered >= FEWEST_ITEMS

    @property
    def shows(self) -> bool:
        """Whether the behaviour of this level shows often enough."""
        return self.has_enough_items and self.mean >= SHOWS_FROM


@dataclass(frozen=True)
class LevelIndication:
    """``indicated``: 0 (not even the first) to 5; None where already the first level has too few items to say anything.

    ``stopped``: why it is not higher: ``below`` (the next level shows too seldom), ``too_few_items`` ("belum ada cukup
    butir" for the next level), or ``highest``. ``levels``: one entry for each of the five.
    """

    indicated: int | None
    stopped: str
    levels: tuple[LevelMean, ...]

    def gap(self, required: int) -> int | None:
        """Levels between what the position requires and what the answers indicate; below 0 if they indicate more."""
        return None if self.indicated is None else required - self.indicated


def indicate_level(scores_by_level: Mapping[int, Sequence[Number | None]]) -> LevelIndication:
    """The highest level L such that the items of every level up to L average at least 75.

    Args:
        scores_by_level: level to the item scores (0..1; None where not answered or not applicable) of the items of
            one competency that are tagged with it.

    Raises:
        ValueError: a level other than 1..5, or an item score outside 0..1.
    """
    unknown = sorted(set(scores_by_level) - set(LEVELS), key=str)
    if unknown:
        raise ValueError(f"Level {unknown[0]!r} tidak ada; level kompetensi 1 sampai 5.")
    levels = tuple(_mean_of(level, scores_by_level.get(level, ())) for level in LEVELS)
    for below, level in enumerate(levels):
        if not level.has_enough_items:
            return LevelIndication(below or None, TOO_FEW_ITEMS, levels)
        if not level.shows:
            return LevelIndication(below, BELOW, levels)
    return LevelIndication(LEVELS[-1], HIGHEST, levels)


def _mean_of(level: int, scores: Sequence[Number | None]) -> LevelMean:
    given = [exact(score) for score in scores if score is not None]
    if any(not 0 <= score <= 1 for score in given):
        raise ValueError(f"Skor butir pada level {level} berada di luar 0 sampai 1.")
    mean = 100 * sum(given, Fraction(0)) / len(given) if given else None
    return LevelMean(level, len(given), mean)
