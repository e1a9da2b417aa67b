"""What the recipient of a share sees: only what was chosen. A part that is not shared has no value here at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.personal.values import Precision, Suggestion
from scoring.bands import Band


@dataclass(frozen=True)
class SharedDimension:
    """A dimension as the report says it, without answers, working and comparison with an earlier report."""

    code: str
    name: str
    definition: str
    display: int | None
    band_words: str
    sentence: str
    meaning: str
    facets: str
    not_scored: str
    precision: Precision | None

    @property
    def is_scored(self) -> bool:
        return self.display is not None


@dataclass(frozen=True)
class ProfilePart:
    """The chosen dimensions, in the order of the report."""

    kind: ClassVar[str] = "profile"
    dimensions: tuple[SharedDimension, ...]
    bands: tuple[Band, ...]
    is_calibrated: bool


@dataclass(frozen=True)
class SharedStrength:
    name: str
    is_tendency: bool


@dataclass(frozen=True)
class SharedGrowth:
    """A growth area with its tips, without the questions: those are made of the lowest answers."""

    name: str
    is_tendency: bool
    tips: tuple[Suggestion, ...]


@dataclass(frozen=True)
class AreasPart:
    """What stands out, by name and without scores."""

    kind: ClassVar[str] = "areas"
    headline: str
    strengths: tuple[SharedStrength, ...]
    growth: tuple[SharedGrowth, ...]
    further_growth: tuple[str, ...]
    is_provisional: bool


@dataclass(frozen=True)
class SharedJudgement:
    """A situational scale without the situations."""

    name: str
    display: int | None
    band: str
    sentence: str
    meaning: str
    not_scored: str
    tips: tuple[Suggestion, ...]
    bands: tuple[Band, ...]
    key_notes: tuple[str, ...]

    @property
    def is_scored(self) -> bool:
        return self.display is not None


@dataclass(frozen=True)
class JudgementPart:
    kind: ClassVar[str] = "judgement"
    scales: tuple[SharedJudgement, ...]


@dataclass(frozen=True)
class SharedAnswer:
    """An item with what the person answered; ``left`` and ``right`` are the poles of a contrast item, else empty."""

    stem: str
    left: str
    right: str
    answer: str


@dataclass(frozen=True)
class SharedAction:
    """An action of a situation of which the person said something; ``rating`` in words, else empty."""

    text: str
    is_best: bool
    is_worst: bool
    rating: str


@dataclass(frozen=True)
class SharedSituation:
    vignette: str
    stem: str
    actions: tuple[SharedAction, ...]


@dataclass(frozen=True)
class AnswerGroup:
    """The answers to the items of one scale that is shared too."""

    name: str
    answers: tuple[SharedAnswer, ...] = ()
    situations: tuple[SharedSituation, ...] = ()


@dataclass(frozen=True)
class AnswersPart:
    kind: ClassVar[str] = "answers"
    groups: tuple[AnswerGroup, ...]


@dataclass(frozen=True)
class SharedReport:
    """Whose report it is, and the parts that were chosen, in the order of the report."""

    title: str
    person: str
    submitted_at: datetime
    parts: tuple[ProfilePart | AreasPart | JudgementPart | AnswersPart, ...]
