"""From one raw answer to an item score between 0 and 1, for every kind of item the product knows.

A *spec* says how one item is scored; :func:`spec_of` makes it from an item of a version document. All
arithmetic is done in fractions, so a score is exact; :func:`item_score` turns it into a float only at the
border. An answer that does not belong to the item raises :class:`AnswerError`: nothing is ever clamped,
imputed or turned into a midpoint.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from questionnaires.version_document import (
    ATTENTION,
    BIPOLAR,
    LIKERT,
    NOT_APPLICABLE,
    SJT_BEST,
    SJT_BEST_WORST,
    SJT_RATE,
    Item,
)

PASS, FAIL, MISSING = "pass", "fail", "missing"
GRADED, DICHOTOMOUS = "graded", "dichotomous"

Number = int | float | Fraction


class AnswerError(ValueError):
    """An answer that the item cannot have. The message is Indonesian and names the item.

    ``item`` is the item code, ``value`` what was found, ``row`` the index (from 0) of the person in a matrix
    or list, or None for a single answer.
    """

    def __init__(self, sentence: str, *, item: str, value: object, row: int | None = None):
        prefix = "" if row is None else f"Baris ke-{row + 1}: "
        super().__init__(prefix + sentence)
        self.sentence, self.item, self.value, self.row = sentence, item, value, row


def exact(value: Number | str) -> Fraction:
    """A number as the fraction its decimal text says: 0.1 becomes 1/10 and not the nearest binary fraction.

    Raises:
        ValueError: not a finite number.
    """
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    try:
        return Fraction(str(value))
    except ValueError as error:
        raise ValueError(f"{value!r} bukan bilangan berhingga.") from error


@dataclass(frozen=True)
class LikertSpec:
    """A rating item with whole values ``minimum..maximum``; ``key`` -1 means that it is scored in reverse."""

    code: str
    maximum: int = 5
    minimum: int = 1
    key: int = 1
    na_allowed: bool = False


@dataclass(frozen=True)
class BipolarSpec:
    """Two behaviour descriptions, positions ``minimum..maximum`` from left to right."""

    code: str
    positive_side: str = "right"
    maximum: int = 7
    minimum: int = 1
    na_allowed: bool = False


@dataclass(frozen=True)
class SjtBestSpec:
    """Choose the best option. ``expert_mean``: (option, mean effectiveness) pairs; graded or dichotomous scoring."""

    code: str
    expert_mean: tuple[tuple[str, Number], ...]
    scoring: str = GRADED
    na_allowed: bool = False


@dataclass(frozen=True)
class SjtBestWorstSpec:
    """Choose the best and the worst option; the raw answer is ``{"best": option, "worst": option}``."""

    code: str
    expert_mean: tuple[tuple[str, Number], ...]
    na_allowed: bool = False


@dataclass(frozen=True)
class SjtRateSpec:
    """Rate every option on ``minimum..maximum``; the raw answer is ``{option: rating}``."""

    code: str
    expert_mean: tuple[tuple[str, Number], ...]
    minimum: int = 1
    maximum: int = 5
    na_allowed: bool = False


@dataclass(frozen=True)
class InfrequencySpec:
    """An attention item: it passes if the value is among ``accept``; it has no score. Bounds None: not checked."""

    code: str
    accept: tuple[int, ...]
    minimum: int | None = None
    maximum: int | None = None
    na_allowed: bool = False


ItemSpec = LikertSpec | BipolarSpec | SjtBestSpec | SjtBestWorstSpec | SjtRateSpec | InfrequencySpec


def spec_of(item: Item) -> ItemSpec:
    """How an item of a version document is scored.

    Raises:
        ValueError: an item type that documents do not know how to describe.
    """
    if item.type in (LIKERT, BIPOLAR):
        return _rating_spec(item)
    key = tuple((option.code, option.effectiveness) for option in item.options)
    if item.is_situational:
        _check_key(item)
    if item.type == SJT_BEST:
        return SjtBestSpec(item.code, key, item.sjt_scoring)
    if item.type == SJT_BEST_WORST:
        return SjtBestWorstSpec(item.code, key)
    if item.type == SJT_RATE:
        return SjtRateSpec(item.code, key, item.response_set.minimum, item.response_set.maximum)
    raise ValueError(f"Butir {item.code}: jenis butir {item.type!r} belum dapat dihitung.")


def _rating_spec(item: Item) -> ItemSpec:
    low, high = item.response_set.minimum, item.response_set.maximum
    if item.role == ATTENTION:
        return InfrequencySpec(item.code, item.accept, low, high, item.na_allowed)
    if item.type == LIKERT:
        return LikertSpec(item.code, high, low, item.key, item.na_allowed)
    return BipolarSpec(item.code, "left" if item.is_reversed else "right", high, low, item.na_allowed)


def _check_key(item: Item) -> None:
    ratings = {option.effectiveness for option in item.options}
    if None in ratings or len(ratings) < 2:
        raise ValueError(f"Butir {item.code}: ketepatan tindakan belum lengkap atau semuanya sama.")


def item_score(item_spec: ItemSpec, raw: object) -> float | None:
    """The item score between 0 and 1 as a float; None where there is nothing to score.

    Args:
        raw: what the person answered; None is a skipped item, ``"na"`` "does not apply".

    Raises:
        AnswerError: the answer does not belong to the item.
    """
    score = exact_score(item_spec, raw)
    return None if score is None else float(score)


def exact_score(item_spec: ItemSpec, raw: object) -> Fraction | None:
    """As :func:`item_score`, exactly. Attention items have a result (:func:`attention_result`) and never a score."""
    if raw is None:
        return None
    if raw == NOT_APPLICABLE:
        if not item_spec.na_allowed:
            raise AnswerError(
                f'Butir {item_spec.code}: jawaban "tidak berlaku" tidak tersedia untuk butir ini.',
                item=item_spec.code,
                value=raw,
            )
        return None
    return _SCORERS[type(item_spec)](item_spec, raw)


def attention_result(spec: InfrequencySpec, raw: object) -> str:
    """``pass``, ``fail`` or ``missing`` (no answer, or "does not apply" where that is allowed)."""
    if raw is None or (raw == NOT_APPLICABLE and spec.na_allowed):
        return MISSING
    _score_infrequency(spec, raw)
    return PASS if raw in spec.accept else FAIL


def preference_shares(blocks: Sequence[Sequence[str]], picks: Sequence[str]) -> dict[str, Fraction]:
    """Forced choice: per dimension the blocks in which it was picked over the blocks in which it appeared.

    The shares of a person depend on each other (the picks sum to the number of blocks): they rank a person's
    own dimensions and must never be averaged or compared between people.

    Args:
        blocks: the dimensions offered in each block, e.g. ``[("self", "org"), ...]``.
        picks: the dimension picked in each block.

    Raises:
        AnswerError: not one pick a block, or a pick that was not offered.
    """
    if len(blocks) != len(picks):
        raise AnswerError(
            f"Pilihan berpasangan: ada {len(blocks)} blok tetapi {len(picks)} pilihan.", item="", value=picks
        )
    for number, (block, pick) in enumerate(zip(blocks, picks, strict=True), start=1):
        if pick not in block:
            raise AnswerError(f"Blok {number}: {pick!r} tidak ditawarkan.", item=str(number), value=pick)
    appearances = Counter(dimension for block in blocks for dimension in block)
    wins = Counter(picks)
    return {dimension: Fraction(wins[dimension], count) for dimension, count in appearances.items()}


def keyed_position(item: Item, value: int) -> int:
    """The value turned so that a high one is always the positive end; on the item's own value range."""
    responses = item.response_set
    return responses.minimum + responses.maximum - value if item.is_reversed else value


def is_extreme(item: Item, value: int) -> bool:
    """Whether the answer is the most flattering one: the top category after keying."""
    return keyed_position(item, value) == item.response_set.maximum


# --- one scorer for each kind of item ---


def _check_whole(spec: ItemSpec, value: object, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise AnswerError(
            f"Butir {spec.code}: nilai {value!r} berada di luar skala {low} sampai {high}.",
            item=spec.code,
            value=value,
        )
    return value


def _score_likert(spec: LikertSpec, raw: object) -> Fraction:
    """Distance from the low end over the length of the scale, mirrored for a reversed item."""
    value = _check_whole(spec, raw, spec.minimum, spec.maximum)
    share = Fraction(value - spec.minimum, spec.maximum - spec.minimum)
    return share if spec.key > 0 else 1 - share


def _score_bipolar(spec: BipolarSpec, raw: object) -> Fraction:
    """As a rating of the pole on the right; mirrored if the positive pole stands on the left."""
    value = _check_whole(spec, raw, spec.minimum, spec.maximum)
    share = Fraction(value - spec.minimum, spec.maximum - spec.minimum)
    return share if spec.positive_side == "right" else 1 - share


def option_weights(expert_mean: Sequence[tuple[str, Number]]) -> dict[str, Fraction]:
    """The experts' means stretched to 0 (worst option) .. 1 (best option)."""
    means = {option: exact(mean) for option, mean in expert_mean}
    low, high = min(means.values()), max(means.values())
    return {option: (mean - low) / (high - low) for option, mean in means.items()}


def _check_option(spec: ItemSpec, option: object, offered: Mapping[str, Fraction]) -> str:
    if not isinstance(option, str) or option not in offered:
        raise AnswerError(f"Butir {spec.code}: pilihan {option!r} tidak ada.", item=spec.code, value=option)
    return option


def _score_sjt_best(spec: SjtBestSpec, raw: object) -> Fraction:
    weights = option_weights(spec.expert_mean)
    chosen = weights[_check_option(spec, raw, weights)]
    return chosen if spec.scoring == GRADED else Fraction(chosen == 1)


def _score_sjt_best_worst(spec: SjtBestWorstSpec, raw: object) -> Fraction | None:
    """(1 + weight of the best named - weight of the worst named) / 2; None until both are chosen."""
    weights = option_weights(spec.expert_mean)
    chosen = _check_mapping(spec, raw, {"best", "worst"})
    if chosen.get("best") is None or chosen.get("worst") is None:
        return None
    best, worst = (_check_option(spec, chosen[part], weights) for part in ("best", "worst"))
    if best == worst:
        raise AnswerError(
            f"Butir {spec.code}: tindakan terbaik dan terburuk tidak boleh sama.", item=spec.code, value=raw
        )
    return (1 + weights[best] - weights[worst]) / 2


def _score_sjt_rate(spec: SjtRateSpec, raw: object) -> Fraction | None:
    """1 - distance to the experts' means over the largest distance possible; None until all options are rated."""
    means = {option: exact(mean) for option, mean in spec.expert_mean}
    ratings = _check_mapping(spec, raw, set(means))
    for rating in ratings.values():
        if rating is not None:
            _check_whole(spec, rating, spec.minimum, spec.maximum)
    if any(ratings.get(option) is None for option in means):
        return None
    distance = sum(abs(ratings[option] - mean) for option, mean in means.items())
    farthest = sum(_farthest(spec, mean) for mean in means.values())
    return 1 - distance / farthest


def part_scores(item: Item) -> tuple[dict[int | str, Fraction], ...]:
    """What each part of a vignette's answer adds to the item score: one table (value to share) for each slot.

    The score of a vignette of several parts is a sum over its parts, once all of them are answered. Written so that
    nothing is negative: best-worst as ``W_best / 2 + (1 - W_worst) / 2``, rate as ``(farthest - distance) / sum of
    farthest`` for every option. The sums are :func:`exact_score` (a test says so for every answer).
    """
    spec = spec_of(item)
    if isinstance(spec, SjtBestSpec):
        return ({option: _score_sjt_best(spec, option) for option, _mean in spec.expert_mean},)
    if isinstance(spec, SjtBestWorstSpec):
        weights = option_weights(spec.expert_mean)
        best = {option: weight / 2 for option, weight in weights.items()}
        return best, {option: (1 - weight) / 2 for option, weight in weights.items()}
    farthest = [_farthest(spec, exact(mean)) for _option, mean in spec.expert_mean]
    ratings = range(spec.minimum, spec.maximum + 1)
    return tuple(
        {rating: (most - abs(rating - exact(mean))) / sum(farthest) for rating in ratings}
        for (_option, mean), most in zip(spec.expert_mean, farthest, strict=True)
    )


def _farthest(spec: SjtRateSpec, mean: Fraction) -> Fraction:
    """The largest distance that a rating can have from the experts' mean."""
    return max(mean - spec.minimum, spec.maximum - mean)


def _check_mapping(spec: ItemSpec, raw: object, keys: set[str]) -> Mapping:
    if not isinstance(raw, Mapping) or not set(raw) <= keys:
        raise AnswerError(f"Butir {spec.code}: bentuk jawaban tidak dikenal.", item=spec.code, value=raw)
    return raw


def _score_infrequency(spec: InfrequencySpec, raw: object) -> None:
    if spec.minimum is not None and spec.maximum is not None:
        _check_whole(spec, raw, spec.minimum, spec.maximum)


_SCORERS = {
    LikertSpec: _score_likert,
    BipolarSpec: _score_bipolar,
    SjtBestSpec: _score_sjt_best,
    SjtBestWorstSpec: _score_sjt_best_worst,
    SjtRateSpec: _score_sjt_rate,
    InfrequencySpec: _score_infrequency,
}
