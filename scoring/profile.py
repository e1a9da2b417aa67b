"""Relative strengths and growth areas of one person: how each dimension stands to the person's own other dimensions.

With a known standard error of measurement (SEM) for every scored dimension, a dimension stands out if it differs from
the mean of the others by more than 1.96 standard errors of that difference. Before calibration no SEM is known and none
is invented: a difference of at least ten points (:data:`PROVISIONAL_POINTS`) is called a *tendency* ("cenderung") and
the profile is marked provisional. In a dimension of five items one step on one item moves the score by five points, so
ten points are two such steps; the number is a convention, not a test.

In both cases a dimension in the lowest band is a growth area whatever the others are, and nobody is forced to have a
strength: without any area the profile is level ("profil merata").
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from questionnaires.version_document import CONTENT, NOT_APPLICABLE, Answers, VersionDocument
from scoring.bands import Z_95
from scoring.items import exact_score, spec_of
from scoring.results import ScaleResult

PROVISIONAL_POINTS = 10
MOST_AREAS = 3
MOST_ITEMS = 3

BY_ERROR, BY_POINTS, BY_BAND = "error", "points", "band"


@dataclass(frozen=True)
class ItemPick:
    """An answered item and its keyed score (0..1, exact)."""

    code: str
    score: Fraction


@dataclass(frozen=True)
class Area:
    """A strength or growth area. ``difference``: points above (+) the mean of the others, None without others.

    ``basis``: ``error`` (beyond measurement error), ``points`` (provisional: at least ten points) or ``band``
    (lowest band). ``items``: a strength's highest or a growth area's lowest items.
    """

    scale: str
    difference: Fraction | None
    basis: str
    items: tuple[ItemPick, ...]

    @property
    def is_tendency(self) -> bool:
        """Whether the report says "cenderung": the difference is not tested against measurement error."""
        return self.basis == BY_POINTS


@dataclass(frozen=True)
class Profile:
    """Strengths and growth areas, strongest evidence first, at most three each.

    ``further_growth``: dimensions in the lowest band beyond the three, so that the report hides none.
    ``not_scored``: dimensions about which nothing is said. ``is_provisional``: no measurement error known.
    """

    strengths: tuple[Area, ...]
    growth: tuple[Area, ...]
    further_growth: tuple[str, ...]
    not_scored: tuple[str, ...]
    is_provisional: bool
    is_comparable: bool

    @property
    def is_level(self) -> bool:
        """ "Profil merata": at least two dimensions could be compared and none stands out."""
        return self.is_comparable and not self.strengths and not self.growth


def build_profile(
    document: VersionDocument,
    results: Mapping[str, ScaleResult],
    answers: Answers,
    sems: Mapping[str, float] | None = None,
    *,
    priority_band: str = "prioritas",
) -> Profile:
    """The profile of one person.

    Args:
        results: of :meth:`ScoreTable.person`; only dimensions count, facets are ignored.
        answers: of the same person, by item code.
        sems: SEM in points by dimension code (already prorated where needed); used only if known for every
            scored dimension.
        priority_band: code of the band that always is a growth area.
    """
    order = [scale.code for scale in document.dimensions if scale.code in results]
    scores = {code: results[code].score for code in order if results[code].is_scored}
    errors = sems if sems and all(sems.get(code) is not None for code in scores) else None
    differences = {code: _difference(scores, code) for code in scores}
    outstanding = {code: _stands_out(scores, errors, differences, code) for code in scores}
    urgent = [code for code in sorted(scores, key=scores.get) if results[code].band == priority_band]
    strengths, weaker = _ranked({c: differences[c] for c in scores if outstanding[c] and c not in urgent})

    def areas(codes: list[str], *, highest: bool) -> tuple[Area, ...]:
        basis = BY_ERROR if errors else BY_POINTS
        return tuple(
            Area(
                scale=code,
                difference=differences[code],
                basis=basis if outstanding[code] == (1 if highest else -1) else BY_BAND,
                items=pick_items(document, code, answers, highest=highest),
            )
            for code in codes[:MOST_AREAS]
        )

    return Profile(
        strengths=areas(strengths, highest=True),
        growth=areas(urgent + weaker, highest=False),
        further_growth=tuple(urgent[MOST_AREAS:]),
        not_scored=tuple(code for code in order if code not in scores),
        is_provisional=errors is None,
        is_comparable=len(scores) >= 2,
    )


def _ranked(differences: Mapping[str, Fraction]) -> tuple[list[str], list[str]]:
    """Dimensions above and below the others, the farthest first; sorting is stable, so ties keep the report's order."""
    above = sorted(
        (code for code in differences if differences[code] > 0), key=lambda code: -differences[code]
    )
    below = sorted((code for code in differences if differences[code] < 0), key=differences.get)
    return above, below


def _difference(scores: Mapping[str, Fraction], code: str) -> Fraction | None:
    """Points above the mean of the other scored dimensions, exactly."""
    others = [score for other, score in scores.items() if other != code]
    return scores[code] - sum(others) / len(others) if others else None


def _stands_out(scores, errors, differences, code: str) -> int:
    """+1 above the others, -1 below them, 0 neither."""
    difference = differences[code]
    if difference is None:
        return 0
    if errors is None:
        is_outstanding = abs(difference) >= PROVISIONAL_POINTS
    else:
        others = [errors[other] for other in scores if other != code]
        error = math.sqrt(errors[code] ** 2 + sum(sem**2 for sem in others) / len(others) ** 2)
        is_outstanding = abs(difference) > Z_95 * error
    return 0 if not is_outstanding else (1 if difference > 0 else -1)


def pick_items(
    document: VersionDocument, scale_code: str, answers: Answers, *, highest: bool
) -> tuple[ItemPick, ...]:
    """The (at most three) answered items of a scale with the highest or lowest keyed scores, ties by form order."""
    picks = [
        ItemPick(item.code, exact_score(spec_of(item), answers[item.code]))
        for item in document.items_of(scale_code)
        if item.role == CONTENT and answers.get(item.code, NOT_APPLICABLE) != NOT_APPLICABLE
    ]
    picks.sort(key=lambda pick: -pick.score if highest else pick.score)
    return tuple(picks[:MOST_ITEMS])
