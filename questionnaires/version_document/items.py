"""One item as a respondent sees it and the engine scores it, and what an answer to it looks like. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from questionnaires.version_document.texts import ResponseSet, Text

CONTENT, ATTENTION, SOCIAL_DESIRABILITY, UNSCORED = "content", "attention", "social_desirability", "unscored"

LIKERT, BIPOLAR = "likert", "bipolar"
SJT_BEST, SJT_BEST_WORST, SJT_RATE = "sjt_best", "sjt_best_worst", "sjt_rate"
FORCED_CHOICE, SINGLE_CHOICE, OPEN_TEXT = "forced_choice", "single_choice", "open_text"

SITUATIONAL_TYPES = (SJT_BEST, SJT_BEST_WORST, SJT_RATE)
# Answered with one option of the item itself.
PICKED_TYPES = (SJT_BEST, FORCED_CHOICE, SINGLE_CHOICE)
# Answered with a value of a response set: one for the whole item, or one for each option.
RESPONSE_SET_TYPES = (LIKERT, BIPOLAR, SJT_RATE)

BEST, WORST = "best", "worst"

AUTHOR_KEY, PANEL_KEY = "author", "panel"

# Competencies that PermenPANRB 38/2017 describes in five levels: the managerial ones (M) and the sociocultural one (S).
_LEVELLED = re.compile(r"[MS]\.\d\d\Z")

# A person's answer is a small whole number, the code of an option, or this mark. A vignette of several parts has a
# mapping from part to value, in which a part may be missing. An item without an answer is absent.
NOT_APPLICABLE = "na"

Answer = int | str | Mapping[str, int | str]
Answers = Mapping[str, Answer]


def has_levels(competency_code: str) -> bool:
    """Whether the official framework of a competency describes it in levels."""
    return _LEVELLED.match(competency_code) is not None


def parts_of(item_type: str, option_codes) -> tuple[str, ...]:
    """The parts that an answer to an item consists of; empty for an item that is answered in one."""
    if item_type == SJT_BEST_WORST:
        return (BEST, WORST)
    return tuple(option_codes) if item_type == SJT_RATE else ()


def slot_names(code: str, item_type: str, option_codes=()) -> tuple[str, ...]:
    """The names of an item's slots: its code, ``CODE:part`` for each part, nothing for an open text."""
    if item_type == OPEN_TEXT:
        return ()
    parts = parts_of(item_type, option_codes)
    return tuple(f"{code}:{part}" for part in parts) if parts else (code,)


@dataclass(frozen=True)
class ItemOption:
    """One action of a vignette, one statement of a forced choice, or one answer of a single choice.

    ``effectiveness`` (1 to 5) and ``reason`` belong to vignettes and are told after sending only; ``scale`` is the
    dimension that a statement of a forced choice speaks for.
    """

    code: str
    text: Text
    effectiveness: float | None
    reason: Text | None
    scale: str | None


@dataclass(frozen=True)
class Panel:
    """The experts whose ratings are the key of a vignette: how many, ICC(2,k), and the spread (SD) per option."""

    experts: int
    icc: float
    sd: Mapping[str, float] = field(hash=False)


@dataclass(frozen=True)
class Desirability:
    """How desirable a panel finds the poles of a contrast: means on 1..5."""

    left: float
    right: float
    experts: int


@dataclass(frozen=True)
class Item:
    """One item of a version.

    ``key`` is +1 where a high value is the positive end and -1 where it is scored in reverse; for a bipolar item +1
    means that the positive pole stands on the right. ``level_target``: the level (1 to 5) of its only competency that
    the item was written for; None for nearly all items.
    """

    code: str
    type: str
    role: str
    scale: str | None
    response_set: ResponseSet | None
    stem: Text
    left: Text | None
    right: Text | None
    key: int
    weight: float
    na_allowed: bool
    accept: tuple[int, ...]
    traits: tuple[str, ...]
    competencies: tuple[str, ...]
    reflection: Text | None
    reading_words: int
    section: str
    vignette: Text | None = None
    options: tuple[ItemOption, ...] = ()
    key_basis: str = AUTHOR_KEY
    panel: Panel | None = None
    sjt_scoring: str = "graded"
    longest: int | None = None
    desirability: Desirability | None = None
    level_target: int | None = None

    @property
    def is_reversed(self) -> bool:
        return self.key < 0

    @property
    def is_situational(self) -> bool:
        return self.type in SITUATIONAL_TYPES

    @property
    def is_unscored(self) -> bool:
        """Answered and never scored: an unscored question, or a forced choice, whose shares are no score."""
        return self.role == UNSCORED or self.type == FORCED_CHOICE

    @property
    def is_open_text(self) -> bool:
        return self.type == OPEN_TEXT

    @cached_property
    def option_by_code(self) -> Mapping[str, ItemOption]:
        return {option.code: option for option in self.options}

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What an answer consists of: best and worst, or every option; empty for an item answered in one."""
        return parts_of(self.type, self.option_by_code)

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The names of the item's slots, in the order of its parts."""
        return slot_names(self.code, self.type, self.option_by_code)

    @cached_property
    def values(self) -> tuple[int | str, ...]:
        """What one slot of the item may hold besides "not applicable": option codes, or values of the response set."""
        if self.type in RESPONSE_SET_TYPES:
            return tuple(option.value for option in self.response_set.options)
        return tuple(self.option_by_code)

    def accepts(self, answer: Answer) -> bool:
        """Whether the item can have this answer, complete or not; nothing is ever clamped."""
        if self.parts:
            return self._accepts_parts(answer)
        if answer == NOT_APPLICABLE:
            return self.na_allowed
        return not isinstance(answer, Mapping | bool) and answer in self.values

    def _accepts_parts(self, answer):
        if not isinstance(answer, Mapping) or not answer or not set(answer) <= set(self.parts):
            return False
        if not all(not isinstance(value, bool) and value in self.values for value in answer.values()):
            return False
        return self.type != SJT_BEST_WORST or not has_same_best_and_worst(answer)

    def is_complete(self, answer: Answer | None) -> bool:
        """Whether every part of the item is answered."""
        return answer is not None and (not self.parts or len(answer) == len(self.parts))


def has_same_best_and_worst(answer: Mapping[str, str]) -> bool:
    """Whether one action is named as both the best and the worst, which no sensible answer does."""
    return answer.get(BEST) is not None and answer.get(BEST) == answer.get(WORST)
