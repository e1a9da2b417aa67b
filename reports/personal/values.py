"""What a personal report consists of: frozen plain values, every text but the bands' in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from reports.personal.composites import CompositeLine
from reports.personal.leveling import Indications
from scoring.bands import Band
from scoring.rule_differences import RuleChange

ANSWERED, NOT_APPLICABLE, UNANSWERED = "answered", "not_applicable", "unanswered"


# What is said of one action of a vignette.
CHOSEN_BEST, CHOSEN_WORST, KEY_BEST, KEY_WORST = "chosen_best", "chosen_worst", "key_best", "key_worst"


@dataclass(frozen=True)
class Head:
    """What the report is about and what it was made with."""

    title: str
    person: str
    submitted_at: datetime
    version_number: int
    rule_number: int
    engine_version: str
    campaign: str | None
    answered: int
    total: int
    public_id: UUID


@dataclass(frozen=True)
class ItemLine:
    """One item with the person's answer and what it gave to the score.

    ``value`` is the answer as given, ``keyed`` the same counted from the less favourable end, ``score`` between 0
    and 1; all None without an answer. ``left`` and ``right`` are the poles of a contrast item, else empty.
    """

    code: str
    stem: str
    left: str
    right: str
    state: str
    answer: str
    value: int | None
    keyed: int | None
    lowest: int
    highest: int
    is_reversed: bool
    weight: float
    score: Fraction | None

    @property
    def is_contrast(self) -> bool:
        return bool(self.left)


@dataclass(frozen=True)
class Calculation:
    """How a scale's score came about, for reading along: sum of weighted item scores over weights, times 100.

    ``count`` of ``applicable`` items were answered and ``needed`` had to be. ``band_low`` and ``band_high``: the
    displayed points of the band; None where the scale has no bands.
    """

    count: int
    applicable: int
    needed: int
    total: Fraction
    weight: Fraction
    mean: Fraction
    score: Fraction
    display: int
    band: str
    band_low: int | None
    band_high: int | None
    is_weighted: bool
    is_prorated: bool


@dataclass(frozen=True)
class Precision:
    """How sure a score is. ``low`` and ``high``: 95 % interval in whole points.

    ``band_words`` names the second likeliest band too where the first is not sure; ``probabilities`` says them all.
    ``caution``: why the score is only indicative, else empty. ``working``: how the interval came about.
    """

    low: int
    high: int
    band_words: str
    probabilities: str
    reliability: float
    is_indicative: bool
    sentence: str
    caution: str
    working: str


@dataclass(frozen=True)
class Change:
    """A dimension now and at an earlier attempt (``at``): displayed points then, difference, and what it means."""

    at: datetime
    previous: int
    difference: int
    sentence: str


@dataclass(frozen=True)
class Sample:
    """The frozen sample behind a calibration or a norm; ``population`` is an Indonesian sentence."""

    number: int
    population: str
    people: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class ComparisonLine:
    """A dimension in the norm group: percentile rank 1..99 and the same in words."""

    name: str
    percentile: int
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """Where the person stands in a frozen norm group; opened only by the person's own wish."""

    sample: Sample
    lines: tuple[ComparisonLine, ...]


@dataclass(frozen=True)
class Dimension:
    """One dimension. Without a score there is no band, no feedback and no calculation, only how to get one.

    ``precision`` is None where the scale is not calibrated, ``change`` where none may be told. ``band`` is the band of
    the displayed number; ``band_words`` is what stands beside it.
    """

    code: str
    name: str
    definition: str
    display: int | None
    band: str
    sentence: str
    meaning: str
    facets: str
    not_scored: str
    items: tuple[ItemLine, ...]
    calculation: Calculation | None
    precision: Precision | None = None
    change: Change | None = None

    @property
    def is_scored(self) -> bool:
        return self.display is not None

    @property
    def band_words(self) -> str:
        return self.precision.band_words if self.precision else self.band


@dataclass(frozen=True)
class Strength:
    """A relative strength and the person's own highest answers in it."""

    name: str
    is_tendency: bool
    items: tuple[ItemLine, ...]


@dataclass(frozen=True)
class Suggestion:
    """A tip with how it is learnt and its learning time in JP (0: a habit, not learning time)."""

    text: str
    method: str
    jp: int


@dataclass(frozen=True)
class Growth:
    """A growth area: questions about the lowest answers, and what can be done within two weeks."""

    code: str
    name: str
    is_tendency: bool
    questions: tuple[str, ...]
    tips: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Contrast:
    """A contrast item as a position from 1 to 7 between its poles."""

    stem: str
    left: str
    right: str
    value: int
    answer: str
    question: str


@dataclass(frozen=True)
class ActionLine:
    """One action of a vignette: what the person said of it, what the key says, and why.

    ``marks``: of CHOSEN_BEST, CHOSEN_WORST, KEY_BEST and KEY_WORST those that hold. ``rating``: the person's own words
    where every action is rated, else empty. ``effectiveness``: of the key, 1 to 5; ``share`` the same stretched to
    0 (least effective of this vignette) .. 1 (most).
    """

    code: str
    text: str
    reason: str
    effectiveness: float
    share: Fraction
    marks: frozenset[str]
    rating: str


@dataclass(frozen=True)
class VignetteLine:
    """One situation with the person's answer beside the key.

    ``key_note`` says whose key it is; ``working`` how the answer became ``score``, empty without a score.
    """

    code: str
    vignette: str
    stem: str
    state: str
    actions: tuple[ActionLine, ...]
    key_note: str
    working: str
    weight: float
    score: Fraction | None


@dataclass(frozen=True)
class Judgement:
    """A situational scale: judgement of situations, never called behaviour and never averaged with other scales.

    ``rules``: in words, how an answer to each kind of situation becomes a score.
    """

    code: str
    name: str
    definition: str
    display: int | None
    band: str
    sentence: str
    meaning: str
    not_scored: str
    tips: tuple[Suggestion, ...]
    bands: tuple[Band, ...]
    key_notes: tuple[str, ...]
    rules: tuple[str, ...]
    vignettes: tuple[VignetteLine, ...]
    calculation: Calculation | None

    @property
    def is_scored(self) -> bool:
        return self.display is not None


@dataclass(frozen=True)
class Preference:
    """A dimension in the person's own order: picked so often of the pairs in which it stood.

    ``place`` from 1; equal shares have the same place.
    """

    place: int
    name: str
    picked: int
    offered: int


@dataclass(frozen=True)
class OwnAnswer:
    """An answer that is shown back to its owner and scored for nobody; ``text`` tells an open text."""

    stem: str
    answer: str
    is_text: bool


@dataclass(frozen=True)
class ClimateLine:
    """A climate scale: it describes the unit, so the person gets their own answers back and no score."""

    name: str
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True)
class CrosswalkEntry:
    """A competency of an official framework and the dimensions that speak of it."""

    code: str
    name: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class Crosswalk:
    """Where an official framework meets the dimensions; a map of contents, never of scores."""

    framework: str
    source: str
    entries: tuple[CrosswalkEntry, ...]


@dataclass(frozen=True)
class TwoFigures:
    """One figure as it was told and as the newer sheet has it, both as texts; ``verdict``: how they differ.

    ``differs``: in number or band; ``is_same``: in nothing at all, not even in how sure it is.
    """

    name: str
    told: str
    newer: str
    verdict: str
    is_same: bool
    differs: bool


@dataclass(frozen=True)
class NewerSheet:
    """The newest sheet beside the told one.

    ``reasons``: why there is a newer one, a sentence each. ``populations``: who the people behind a new calibration or
    norm were, Indonesian sentences. ``rule_changes``: what differs between the two rules, fact
    by fact. ``quality_note``: the word about the answers by the newer rules, empty where it is the same.
    """

    made_at: datetime
    told_at: datetime
    headline: str
    reasons: tuple[str, ...]
    populations: tuple[str, ...]
    rule_changes: tuple[RuleChange, ...]
    scores: tuple[TwoFigures, ...]
    percentiles: tuple[TwoFigures, ...]
    quality_note: str


@dataclass(frozen=True)
class PersonalReport:
    """Everything the page shows, in the order of measurement.md section 7. There is no overall number on purpose."""

    head: Head
    quality_note: str
    headline: str
    is_provisional: bool
    dimensions: tuple[Dimension, ...]
    strengths: tuple[Strength, ...]
    growth: tuple[Growth, ...]
    further_growth: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    prompts: tuple[str, ...]
    crosswalks: tuple[Crosswalk, ...]
    bands: tuple[Band, ...]
    rule_sentences: tuple[str, ...]
    style_note: str
    composites: tuple[CompositeLine, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    preferences: tuple[Preference, ...] = ()
    climate: tuple[ClimateLine, ...] = ()
    own_answers: tuple[OwnAnswer, ...] = ()
    calibration: Sample | None = None
    comparison: Comparison | None = None
    newer: NewerSheet | None = None
    levels: Indications | None = None

    @property
    def scored_dimensions(self) -> tuple[Dimension, ...]:
        return tuple(dimension for dimension in self.dimensions if dimension.is_scored)

    @property
    def has_changes(self) -> bool:
        return any(dimension.change for dimension in self.dimensions)
