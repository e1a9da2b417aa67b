"""How invented people answer items that have options of their own: vignettes, forced choice, single choice. Pure.

Each way gives one answer in the form of :data:`questionnaires.version_document.Answer`, or None for an open text:
nobody's words are invented.
"""

from collections.abc import Mapping, Sequence
from random import Random

from questionnaires.version_document import (
    BEST,
    FORCED_CHOICE,
    SJT_BEST,
    SJT_BEST_WORST,
    SJT_RATE,
    WORST,
    Answer,
    Item,
)

# How far a person misjudges an action, in parts of the range of the key; better judges misjudge less.
_WORST_MISJUDGEMENT, _LEAST_MISJUDGEMENT = 1.3, 0.08


def weighed(item: Item, traits: Mapping[str, float], rng: Random) -> Answer | None:
    """The answer of somebody who reads the options. ``traits``: where the person stands on every scale, 0 to 1."""
    if item.type in (SJT_BEST, SJT_BEST_WORST, SJT_RATE):
        return _as_answer(item, _judged(item, traits[item.scale], rng))
    if item.type == FORCED_CHOICE:
        leaning = {option.code: traits[option.scale] + rng.gauss(0, 0.1) for option in item.options}
        return max(leaning, key=leaning.get)
    return at_random(item, rng)


def at_random(item: Item, rng: Random) -> Answer | None:
    """The answer of somebody who does not read."""
    return _as_answer(item, {option.code: rng.random() for option in item.options})


def in_order(item: Item) -> Answer | None:
    """The answer of somebody who always ticks at the same place: the first is the best, the last the worst."""
    last = len(item.options)
    return _as_answer(item, {option.code: 1 - place / last for place, option in enumerate(item.options)})


def _judged(item: Item, judgement: float, rng: Random) -> dict[str, float]:
    """How effective each action seems to the person, about 0 to 1."""
    known = {option.code: option.effectiveness for option in item.options}
    lowest, highest = min(known.values()), max(known.values())
    spread = max(_LEAST_MISJUDGEMENT, _WORST_MISJUDGEMENT * (1 - judgement))
    return {
        code: (value - lowest) / (highest - lowest) + rng.gauss(0, spread) for code, value in known.items()
    }


def _as_answer(item: Item, seeming: Mapping[str, float]) -> Answer | None:
    if not seeming:
        return None
    best = max(seeming, key=seeming.get)
    if item.type == SJT_BEST_WORST:
        return {BEST: best, WORST: min(seeming, key=seeming.get)}
    if item.type == SJT_RATE:
        return {code: _rating(value, item.values) for code, value in seeming.items()}
    return best


def _rating(value: float, values: Sequence[int]) -> int:
    place = round(value * (len(values) - 1))
    return values[min(len(values) - 1, max(0, place))]
