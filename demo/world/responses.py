"""How invented people answer: a latent view of themselves, their unit's mark on it, and the habits of ticking boxes.

    responder = Responder.of("seed:17", unit_chain=("kab-jenawi", "jnw-dinkes"))
    answers, seconds = responder.answer(document, occasion="2026-10")

Pure. Every number is drawn from a generator seeded with text, so the same person answers the same way on every machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from random import Random

from demo.world import choices
from questionnaires.version_document import (
    ATTENTION,
    BIPOLAR,
    LIKERT,
    NOT_APPLICABLE,
    SOCIAL_DESIRABILITY,
    Answer,
    Item,
    VersionDocument,
)

# Style and how many of a hundred people have it. Published shares vary widely; these are plausible, not measured.
STYLES = {
    "plain": 74,
    "acquiescent": 8,  # agrees with whatever the item says
    "midpoint": 7,  # stays near the middle
    "extreme": 6,  # all or nothing
    "straight_liner": 2,  # one position for everything
    "careless": 3,  # fast and at random
}

# Positions are handled as 0..1 of the keyed scale. Self-ratings sit well above the middle.
_CENTRE = 0.755
_PERSON_SD, _DIMENSION_SD, _FACET_SD = 0.075, 0.085, 0.065
_AGENCY_SD, _UNIT_SD, _ITEM_SD, _NOISE_SD = 0.02, 0.04, 0.045, 0.105
_SOCIAL_DESIRABILITY_CENTRE, _SOCIAL_DESIRABILITY_SD = 0.52, 0.2
# People are less sure when an item is turned round.
_REVERSED_PULL = 0.03
_ACQUIESCENCE, _MIDPOINT_FACTOR, _EXTREME_FACTOR = 0.16, 0.4, 1.9

_NOT_APPLICABLE_CHANCE = 0.035
_MISSING_CHANCE = 0.006
_FORGETFUL_SHARE, _FORGETFUL_CHANCE = 0.04, 0.09
_ATTENTION_FAILS = {"careless": 0.75, "straight_liner": 0.8}
_ATTENTION_FAILS_ELSE = 0.025

# Reading at a calm pace, and a moment to recall one real event for every item.
_LEAST_SECONDS_PER_ITEM = 2.6
_WORDS_PER_SECOND = 3.0
_RECALL_SECONDS = 5.0
_CARELESS_SECONDS_PER_ITEM = 1.1


@dataclass(frozen=True)
class Responder:
    """One invented person: a seed, a style, and the units from agency to own unit."""

    seed: str
    style: str
    unit_chain: tuple[str, ...]
    level: float
    flattery: float
    missing_chance: float
    pace: float

    @classmethod
    def of(cls, seed: str, *, unit_chain: Sequence[str], style: str | None = None) -> "Responder":
        """The person behind a seed; a given style wins over the drawn one."""
        rng = Random(f"{seed}:person")
        drawn = rng.choices(list(STYLES), weights=list(STYLES.values()))[0]
        return cls(
            seed=seed,
            style=style or drawn,
            unit_chain=tuple(unit_chain),
            level=rng.gauss(0, _PERSON_SD),
            flattery=rng.gauss(0, _SOCIAL_DESIRABILITY_SD),
            missing_chance=_FORGETFUL_CHANCE if rng.random() < _FORGETFUL_SHARE else _MISSING_CHANCE,
            pace=rng.lognormvariate(0, 0.25),
        )

    def answer(self, document: VersionDocument, *, occasion: str) -> tuple[dict[str, Answer], dict[str, int]]:
        """Answers by item code, and active seconds by section code."""
        rng = Random(f"{self.seed}:{document.questionnaire}:{occasion}")
        traits = self._traits(document)
        answers = {item.code: self._one(item, traits, rng) for item in document.items}
        given = {code: value for code, value in answers.items() if value is not None}
        seconds = {section.code: self._seconds(section, rng) for section in document.sections}
        return given, seconds

    def _traits(self, document) -> Mapping[str, float]:
        """Where the person stands on every scale: own level, the dimension, the facet, and the mark of the units."""
        traits = {}
        for scale in document.scales:
            dimension = scale.parent or scale.code
            trait = _CENTRE + self.level + _draw(f"{self.seed}:{dimension}", _DIMENSION_SD)
            for unit, sd in zip(self.unit_chain, _chain_sds(), strict=False):
                trait += _draw(f"{unit}:{dimension}", sd)
            if scale.parent:
                trait += _draw(f"{self.seed}:{scale.code}", _FACET_SD)
            traits[scale.code] = trait
        return traits

    def _one(self, item: Item, traits, rng) -> Answer | None:
        if item.role == ATTENTION:
            return self._attention(item, rng)
        if rng.random() < self.missing_chance:
            return None
        if item.na_allowed and rng.random() < _NOT_APPLICABLE_CHANCE:
            return NOT_APPLICABLE
        if item.type not in (LIKERT, BIPOLAR):
            return self._choice(item, traits, rng)
        if self.style == "careless":
            return rng.randint(item.response_set.minimum, item.response_set.maximum)
        if self.style == "straight_liner":
            return _at(item, 0.75)
        return _at(item, self._position(item, traits, rng))

    def _position(self, item, traits, rng) -> float:
        """Raw position 0..1 as the person sees the scale."""
        if item.role == SOCIAL_DESIRABILITY:
            keyed = _SOCIAL_DESIRABILITY_CENTRE + self.flattery
        else:
            keyed = traits[item.scale]
        keyed += _draw(f"item:{item.code}", _ITEM_SD) + rng.gauss(0, _NOISE_SD)
        if self.style == "midpoint":
            keyed = 0.5 + (keyed - 0.5) * _MIDPOINT_FACTOR
        elif self.style == "extreme":
            keyed = 0.5 + (keyed - 0.5) * _EXTREME_FACTOR
        if not item.is_reversed:
            raw = keyed
        else:
            raw = 1 - keyed + _REVERSED_PULL
        if self.style == "acquiescent" and item.response_set.kind != "bipolar":
            raw += _ACQUIESCENCE
        return raw

    def _choice(self, item, traits, rng) -> Answer | None:
        """An answer to an item with options of its own; ways of ticking a scale do not show in it."""
        if self.style == "straight_liner":
            return choices.in_order(item)
        if self.style == "careless":
            return choices.at_random(item, rng)
        return choices.weighed(item, traits, rng)

    def _attention(self, item, rng) -> Answer:
        if rng.random() >= _ATTENTION_FAILS.get(self.style, _ATTENTION_FAILS_ELSE):
            return item.accept[0]
        return _at(item, 0.75) if self.style == "straight_liner" else _at(item, rng.random())

    def _seconds(self, section, rng) -> int:
        if self.style == "careless":
            return max(1, round(len(section.items) * _CARELESS_SECONDS_PER_ITEM * rng.uniform(0.8, 1.3)))
        words = sum(item.reading_words for item in section.items)
        reading = words / _WORDS_PER_SECOND + len(section.items) * _RECALL_SECONDS
        hurry = 0.6 if self.style == "straight_liner" else 1.0
        least = len(section.items) * _LEAST_SECONDS_PER_ITEM
        return round(max(least, reading * self.pace * hurry * rng.lognormvariate(0, 0.3)))


def _chain_sds():
    """How far a unit pulls its people: the agency as a whole little, every unit below it more."""
    yield _AGENCY_SD
    yield from repeat(_UNIT_SD)


@lru_cache(maxsize=4096)  # items and units are drawn again for every person
def _draw(seed: str, sd: float) -> float:
    return Random(seed).gauss(0, sd)


def _at(item: Item, position: float) -> int:
    """The value of the item's scale nearest to a position; positions outside are the ends of the scale."""
    lowest, highest = item.response_set.minimum, item.response_set.maximum
    return min(highest, max(lowest, lowest + round(position * (highest - lowest))))


def begun(document: VersionDocument, answers: Mapping[str, Answer], *, share: float) -> dict[str, Answer]:
    """The answers of somebody who stopped after a share of the pages, at least one."""
    pages = max(1, round(len(document.sections) * share))
    codes = {item.code for section in document.sections[:pages] for item in section.items}
    return {code: value for code, value in answers.items() if code in codes}
