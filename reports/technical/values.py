"""What a technical report holds. Plain values; what may not be shown is None and has its reason beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from assessments.item_report import ScaleReport, Screening
from questionnaires.changes import Changes
from scoring.rule_differences import RuleChange
from scoring.statistics import DifResult


@dataclass(frozen=True)
class ResponseRate:
    """How many of those asked have sent answers. ``asked`` is None for a group too small to be told apart."""

    label: str
    asked: int | None
    sent: int | None = None

    @property
    def percent(self) -> Fraction | None:
        return Fraction(100 * self.sent, self.asked) if self.asked else None


@dataclass(frozen=True)
class ResponseQuality:
    """How carefully a sample answered. ``ratings`` and ``families``: people by code; nobody is named.

    ``people``: sheets of the sample. ``detailed``: those that keep their indices, of which the families speak.
    ``desirable``: people whose answers flatter throughout.
    """

    people: int
    ratings: Mapping[str, int]
    detailed: int
    families: Mapping[str, int]
    desirable: int
    is_shown: bool


@dataclass(frozen=True)
class Climate:
    """Whether the means of units are climates. ``units``: those with enough people; ``agreeing``: of them, those whose
    people agree enough. ``icc1``: share of the differences that lies between units; None with a reason.
    """

    code: str
    name: str
    units: int
    agreeing: int
    icc1: float | None
    reason: str | None


@dataclass(frozen=True)
class GroupComparison:
    """Whether items work alike in two groups of people at the same level; ``items`` holds those that deserve a look.

    ``reason``: why nothing could be compared, or None.
    """

    label: str
    compared: int
    items: tuple[DifResult, ...]
    reason: str | None


@dataclass(frozen=True)
class Basis:
    """By what the scores were computed that people were told."""

    rule: str
    rule_sentences: tuple[str, ...]
    engines: tuple[str, ...]
    calibrations: tuple[str, ...]
    norms: tuple[str, ...]
    scored_again: int


@dataclass(frozen=True)
class EarlierVersion:
    """What changed since the version before this one."""

    number: int
    changes: Changes
    rule_changes: tuple[RuleChange, ...]


@dataclass(frozen=True)
class EarlierCampaign:
    """The same questionnaire asked before, in the same place. ``alphas``: by scale code."""

    title: str
    version: int
    people: int
    rate: ResponseRate
    alphas: Mapping[str, float | None]


@dataclass(frozen=True)
class InstrumentReport:
    """One questionnaire of the campaign."""

    title: str
    version: int
    items: int
    started: int
    people: int
    rates: tuple[ResponseRate, ...]
    scales: tuple[ScaleReport, ...]
    screenings: tuple[Screening, ...]
    quality: ResponseQuality
    climate: tuple[Climate, ...]
    comparisons: tuple[GroupComparison, ...]
    basis: Basis | None
    earlier_version: EarlierVersion | None
    earlier_campaign: EarlierCampaign | None


@dataclass(frozen=True)
class TechnicalReport:
    """A closed campaign. ``minimum_group_size``: of those asked, and of the people of a unit."""

    campaign: str
    agency: str
    opened_at: datetime
    closed_at: datetime
    minimum_group_size: int
    instruments: tuple[InstrumentReport, ...]
