"""How carefully a questionnaire was filled in: several weak signs, and a rating that needs two kinds of them.

No single index decides (the evidence for each alone is thin), nothing is ever blocked or deleted, and nobody
but the person and the inclusion rule of norm samples learns of it. Four families of signs: speed, pattern,
consistency, attention. The share of flattering answers (social desirability) is shown apart and is never part
of the rating.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from questionnaires.version_document import (
    ATTENTION,
    BIPOLAR,
    CONTENT,
    LIKERT,
    NOT_APPLICABLE,
    SOCIAL_DESIRABILITY,
    Answers,
    Item,
    VersionDocument,
)
from scoring.items import FAIL, MISSING, PASS, attention_result, exact_score, is_extreme, spec_of
from scoring.scales import required_answered

QUALITY_VERSION = "1"  # raised whenever the same answers could get another rating

SPEED, PATTERN, CONSISTENCY, ATTENTION_FAMILY = "speed", "pattern", "consistency", "attention"
GOOD, REVIEW, LOW = "baik", "tinjau", "rendah"

RATED_TYPES = (LIKERT, BIPOLAR)  # what has a raw position and a keyed score that speak of the person's habits

SECONDS_AN_ITEM = 2.0  # nobody reads and answers faster, whatever the length of a short item
WORDS_A_SECOND = 10.0  # matters for texts of more than twenty words
FAST_SHARE = Fraction(1, 2)  # flagged from this share of items on fast pages
SHORTEST_LONGSTRING = 8  # runs shorter than this are never flagged
PAIR_DIFFERENCE = Fraction(1, 2)  # flagged above this mean difference (item scores 0..1)
FEWEST_PAIRS = 3  # fewer answered pairs say nothing
EVEN_ODD = 0.30  # flagged below
FEWEST_SCALES = 6  # fewer scales give no correlation worth the name
ATTENTION_FAILS = 2  # one is a hint, two are a flag
DESIRABILITY_WATCH = Fraction(3, 4)


@dataclass(frozen=True)
class Block:
    """Consecutive items of one response set. ``run``: longest run of one raw position over its answered items.

    ``irv``: standard deviation (n-1) of the raw positions; None below two answers, 0 for a straight line.
    """

    response_set: str
    items: tuple[str, ...]
    has_both_directions: bool
    run: int
    threshold: int
    irv: float | None

    @property
    def is_flagged(self) -> bool:
        """A long run means something only where the same position is high on one item and low on another."""
        return self.has_both_directions and self.run >= self.threshold


@dataclass(frozen=True)
class QualityResult:
    """The indices of one attempt and the rating. What cannot be computed is None, and None is never flagged."""

    fast_item_share: float | None
    blocks: tuple[Block, ...]
    pair_difference: float | None
    even_odd: float | None
    attention_passed: int
    attention_failed: int
    attention_missing: int
    desirability_share: float | None
    families: frozenset[str]
    rating: str

    @property
    def longest_run(self) -> int:
        return max((block.run for block in self.blocks), default=0)

    @property
    def is_desirability_high(self) -> bool:
        """A note for the person's own reflection; no part of the rating, and never a correction of a score."""
        return self.desirability_share is not None and self.desirability_share >= DESIRABILITY_WATCH


def assess(
    document: VersionDocument, answers: Answers, page_seconds: Mapping[str, float] | None
) -> QualityResult:
    """All indices and the rating of one attempt.

    Args:
        answers: by item code, as stored; not-applicable counts as no answer here.
        page_seconds: active seconds by section code; None or missing sections where nothing was measured.

    Raises:
        AnswerError: an answer outside its item's scale.
    """
    given = {code: value for code, value in answers.items() if value != NOT_APPLICABLE}
    share = _fast_item_share(document, page_seconds or {})
    blocks = tuple(_blocks(document, given))
    pairs = _pair_difference(document, given)
    even_odd = even_odd_consistency(_scores_by_scale(document, given))
    attention = [
        attention_result(spec_of(i), given.get(i.code)) for i in document.items if i.role == ATTENTION
    ]
    fails = attention.count(FAIL)
    families = _families(share, blocks, pairs, even_odd, fails)
    return QualityResult(
        fast_item_share=_as_float(share),
        blocks=blocks,
        pair_difference=_as_float(pairs),
        even_odd=even_odd,
        attention_passed=attention.count(PASS),
        attention_failed=fails,
        attention_missing=attention.count(MISSING),
        desirability_share=_as_float(_desirability_share(document, given)),
        families=families,
        rating=rate(families, fails),
    )


def _as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _families(share, blocks: Sequence[Block], pairs, even_odd: float | None, fails: int) -> frozenset[str]:
    """Which kinds of signs are there. Two consistency indices are one family."""
    signs = {
        SPEED: is_fast(share),
        PATTERN: any(block.is_flagged for block in blocks),
        CONSISTENCY: is_contradictory(pairs) or is_inconsistent(even_odd),
        ATTENTION_FAMILY: fails >= ATTENTION_FAILS,
    }
    return frozenset(family for family, is_there in signs.items() if is_there)


def rate(families: Iterable[str], attention_fails: int) -> str:
    """``rendah`` from two families or two failed attention items, ``tinjau`` from one of either, else ``baik``."""
    count = len(set(families))
    if count >= 2 or attention_fails >= ATTENTION_FAILS:
        return LOW
    return REVIEW if count == 1 or attention_fails == 1 else GOOD


# --- speed ---


def shortest_seconds(words: Iterable[int]) -> float:
    """The least active seconds a page can take, from the number of words of each of its items."""
    return sum(max(SECONDS_AN_ITEM, count / WORDS_A_SECOND) for count in words)


def fast_item_share(pages: Iterable[tuple[Sequence[int], float | None]]) -> Fraction | None:
    """Share of items standing on pages that were answered faster than one can read.

    Pages without a time are counted as not fast, so a lost time never raises an alarm; None if no page has a
    time.

    Args:
        pages: (words of each item, active seconds or None) of every page.
    """
    pages = [(words, seconds) for words, seconds in pages if words]
    if all(seconds is None for _, seconds in pages):
        return None
    fast = sum(
        len(words) for words, seconds in pages if seconds is not None and seconds < shortest_seconds(words)
    )
    return Fraction(fast, sum(len(words) for words, _ in pages))


def is_fast(share: Fraction | None) -> bool:
    return share is not None and share >= FAST_SHARE


def _fast_item_share(document: VersionDocument, page_seconds: Mapping[str, float]) -> Fraction | None:
    return fast_item_share(
        ([item.reading_words for item in section.items], page_seconds.get(section.code))
        for section in document.sections
    )


# --- pattern ---


def longstring(positions: Iterable[int]) -> int:
    """The longest run of the same raw position."""
    return max((sum(1 for _ in run) for _, run in groupby(positions)), default=0)


def longstring_threshold(items: int) -> int:
    """From which run on a block of ``items`` items is flagged: half of it, and at least eight."""
    return max(SHORTEST_LONGSTRING, (items + 1) // 2)


def response_variability(positions: Sequence[int]) -> float | None:
    """Standard deviation (n-1) of raw positions; None below two answers."""
    if len(positions) < 2:
        return None
    mean = Fraction(sum(positions), len(positions))
    return math.sqrt(sum((position - mean) ** 2 for position in positions) / (len(positions) - 1))


def _blocks(document: VersionDocument, given: Answers) -> Iterable[Block]:
    """Consecutive items of one response set; a new page with the same set continues, another set starts anew.

    Only ratings and contrasts: the options of a vignette or a choice have no common position.
    """
    for code, members in groupby(document.items, key=_set_code):
        if code is None:
            continue
        items = tuple(members)
        positions = [given[item.code] for item in items if item.code in given]
        yield Block(
            response_set=code,
            items=tuple(item.code for item in items),
            has_both_directions=len({item.key for item in items if item.role != ATTENTION}) == 2,
            run=longstring(positions),
            threshold=longstring_threshold(len(items)),
            irv=response_variability(positions),
        )


def _set_code(item: Item) -> str | None:
    return item.response_set.code if item.type in RATED_TYPES else None


# --- consistency ---


def mean_pair_difference(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Mean absolute difference of keyed item scores (0..1) of pairs that should agree; None for fewer than 3."""
    if len(pairs) < FEWEST_PAIRS:
        return None
    return sum((abs(first - second) for first, second in pairs), Fraction(0)) / len(pairs)


def is_contradictory(difference: Fraction | None) -> bool:
    return difference is not None and difference > PAIR_DIFFERENCE


def even_odd_consistency(scales: Iterable[Sequence[Fraction | int | None]]) -> float | None:
    """Within-person reliability: correlate over scales the means of items 1, 3, 5, .. and 2, 4, 6, .., stepped up.

    A scale counts if both halves have an answer. The correlation r over at least six scales becomes ``2r / (1
    + r)``, never below -1. None with fewer scales or where a half has no variance.

    Args:
        scales: keyed values of the items of each scale in the order of the form, None where there is no
            answer.
    """
    points = []
    for values in scales:
        halves = [[value for value in values[start::2] if value is not None] for start in (0, 1)]
        if all(halves):
            points.append(tuple(Fraction(sum(half)) / len(half) for half in halves))
    if len(points) < FEWEST_SCALES:
        return None
    return _stepped_up_correlation(points)


def _stepped_up_correlation(points: Sequence[tuple[Fraction, Fraction]]) -> float | None:
    count = len(points)
    mean_x, mean_y = (sum(point[axis] for point in points) / count for axis in (0, 1))
    cross = sum((x - mean_x) * (y - mean_y) for x, y in points)
    square_x = sum((x - mean_x) ** 2 for x, _ in points)
    square_y = sum((y - mean_y) ** 2 for _, y in points)
    if square_x == 0 or square_y == 0:
        return None
    r = float(cross) / math.sqrt(square_x * square_y)
    return (
        -1.0 if r <= -1 / 3 else min(1.0, 2 * r / (1 + r))
    )  # at r = -1/3 the formula reaches its floor of -1


def is_inconsistent(even_odd: float | None) -> bool:
    return even_odd is not None and even_odd < EVEN_ODD


def _pair_difference(document: VersionDocument, given: Answers) -> Fraction | None:
    items = document.item_by_code
    return mean_pair_difference(
        [
            (_keyed(items[first], given), _keyed(items[second], given))
            for first, second in document.consistency_pairs
            if first in given and second in given
        ]
    )


def _scores_by_scale(document: VersionDocument, given: Answers) -> list[list[Fraction | None]]:
    """Keyed item scores by the most specific scale of each content item."""
    scores = defaultdict(list)
    for item in document.items:
        if item.role == CONTENT and item.scale is not None and item.type in RATED_TYPES:
            scores[item.scale].append(_keyed(item, given))
    return list(scores.values())


def _keyed(item: Item, given: Answers) -> Fraction | None:
    return exact_score(spec_of(item), given.get(item.code))


# --- shown apart ---


def _desirability_share(document: VersionDocument, given: Answers) -> Fraction | None:
    """Share of the most flattering answers among answered social-desirability items, if 80 % are answered."""
    items = [item for item in document.items if item.role == SOCIAL_DESIRABILITY]
    answered = [item for item in items if item.code in given]
    if not answered or len(answered) < required_answered(len(items), len(items)):
        return None
    return Fraction(sum(is_extreme(item, given[item.code]) for item in answered), len(answered))
