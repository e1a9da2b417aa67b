"""What is counted for a release: its columns, in the order of the reports, and the groups that people are split into.

Pure. Two demographics split what people say of themselves, a third what they say of their unit, so that no figure has
more than two (measurement.md 5.4). Categories are merged before anything is counted: more of them would leave hardly
anything to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from questionnaires.version_document import BIPOLAR, CONTENT, LIKERT, VersionDocument
from scoring.plan import SITUATIONAL, ScoringPlan

DIMENSION, CLIMATE, JUDGEMENT = "dimension", "climate", SITUATIONAL


class JobGroup(StrEnum):
    """The *jenis jabatan* of UU 20/2023 in three groups."""

    MANAGERIAL = "managerial"
    FUNCTIONAL = "functional"
    OPERATIVE = "operative"


class EmploymentGroup(StrEnum):
    """Permanent or on a work agreement, whatever its hours."""

    PERMANENT = "permanent"
    CONTRACT = "contract"


class Side(StrEnum):
    """Who describes a unit: those who lead in it, by post or by having people below them, and everybody else."""

    STAFF = "staff"
    MANAGEMENT = "management"


_JOB_GROUP = dict.fromkeys(("JPTU", "JPTM", "JPTP", "ADM", "PWS"), JobGroup.MANAGERIAL) | {
    "JFK": JobGroup.FUNCTIONAL,
    "JFT": JobGroup.FUNCTIONAL,
    "PLK": JobGroup.OPERATIVE,
}
_EMPLOYMENT_GROUP = {
    "PNS": EmploymentGroup.PERMANENT,
    "PPPK": EmploymentGroup.CONTRACT,
    "PPPK_PW": EmploymentGroup.CONTRACT,
}
_JOBS, _EMPLOYMENTS = tuple(JobGroup), tuple(EmploymentGroup)
# Job groups x kinds of employment, the kinds varying fastest; six, the most that the block rule looks at.
CROSSED = tuple(f"{job}/{employment}" for job in _JOBS for employment in _EMPLOYMENTS)


def crossed_place(job_category: str, employment_kind: str) -> int:
    """The place of a person in :data:`CROSSED`."""
    job = _JOBS.index(_JOB_GROUP[job_category])
    return job * len(_EMPLOYMENTS) + _EMPLOYMENTS.index(_EMPLOYMENT_GROUP[employment_kind])


def side_place(job_category: str, supervises_others: bool) -> int:
    """The place of a person in :class:`Side`."""
    leads = supervises_others or _JOB_GROUP[job_category] is JobGroup.MANAGERIAL
    return list(Side).index(Side.MANAGEMENT if leads else Side.STAFF)


def by_job(crossed: np.ndarray) -> np.ndarray:
    """Sums over the crossed groups (second axis) as sums over the job groups."""
    return crossed.reshape(len(crossed), len(_JOBS), len(_EMPLOYMENTS), *crossed.shape[2:]).sum(axis=2)


def by_employment(crossed: np.ndarray) -> np.ndarray:
    """Sums over the crossed groups (second axis) as sums over the kinds of employment."""
    return crossed.reshape(len(crossed), len(_JOBS), len(_EMPLOYMENTS), *crossed.shape[2:]).sum(axis=1)


@dataclass(frozen=True)
class Statistic:
    """One column of means: a dimension, a climate theme or a scale of situational judgement of a version.

    ``bands``: how many the scale has in its rule; a rule from before there were vignettes has none for judgement.
    """

    version_id: int
    scale_code: str
    kind: str
    bands: int

    @property
    def name(self) -> str:
        return f"{self.version_id}/{self.scale_code}"


@dataclass(frozen=True)
class ItemColumn:
    """One column of percent positive: an item with an ordered answer."""

    version_id: int
    code: str


@dataclass(frozen=True)
class Layout:
    """The columns of a release."""

    statistics: tuple[Statistic, ...]
    items: tuple[ItemColumn, ...]
    versions: tuple[int, ...]

    @classmethod
    def of(cls, documents: Mapping[int, VersionDocument], plans: Mapping[int, ScoringPlan]) -> "Layout":
        """All dimensions, climate themes and scales of judgement of the questionnaires, in the order given.

        Args:
            documents, plans: by version id; what is asked, and how it is scored.
        """
        return cls(
            statistics=tuple(
                Statistic(version_id, scale.code, scale.kind, _bands_of(plans[version_id], scale.code))
                for version_id, document in documents.items()
                for scale in (*document.dimensions, *document.climates, *document.judgements)
            ),
            items=tuple(
                ItemColumn(version_id, item.code)
                for version_id, document in documents.items()
                for item in ordered_items(document)
            ),
            versions=tuple(documents),
        )

    def columns_of(self, version_id: int) -> dict[int, str]:
        """Column to scale code of one questionnaire."""
        return {
            column: statistic.scale_code
            for column, statistic in enumerate(self.statistics)
            if statistic.version_id == version_id
        }

    def item_columns_of(self, version_id: int) -> list[int]:
        return [column for column, item in enumerate(self.items) if item.version_id == version_id]

    @cached_property
    def bands(self) -> int:
        """The most that any scale has."""
        return max((statistic.bands for statistic in self.statistics), default=0)

    @cached_property
    def dimensions(self) -> tuple[int, ...]:
        """Columns of what people say of themselves; these are split by job and by employment."""
        return self._columns(DIMENSION)

    @cached_property
    def climates(self) -> tuple[int, ...]:
        """Columns of what people say of their unit; these are split into staff and management."""
        return self._columns(CLIMATE)

    def _columns(self, kind):
        return tuple(c for c, statistic in enumerate(self.statistics) if statistic.kind == kind)


def _bands_of(plan: ScoringPlan, scale_code: str) -> int:
    return len(plan.scales[plan.index_of(scale_code)].bands)


def ordered_items(document: VersionDocument):
    """The content items answered on an ordered scale, of dimensions (and their facets) and of climate themes.

    Not of situational judgement: no action of a vignette is a positive answer by itself.
    """
    reported = {
        code
        for scale in (*document.dimensions, *document.climates)
        for code in (scale.code, *(facet.code for facet in document.facets_of(scale.code)))
    }
    return tuple(
        item
        for item in document.items
        if item.role == CONTENT and item.type in (LIKERT, BIPOLAR) and item.scale in reported
    )


class PositiveAnswers:
    """Reads stored answers of one questionnaire: who answered each ordered item, and whose answer was positive."""

    _ANSWERED, _POSITIVE = 1, 2

    def __init__(self, document: VersionDocument):
        items = ordered_items(document)
        self._slots = np.array([document.slot_of[item.code] for item in items], dtype=np.intp)
        self._width = len(document.slots)
        self._table = np.zeros((len(items), 256), dtype=np.uint8)
        for row, item in zip(self._table, items, strict=True):
            answers = item.response_set
            for value in answers.values:
                keyed = answers.minimum + answers.maximum - value if item.is_reversed else value
                row[value] = self._POSITIVE if keyed in answers.positive_values else self._ANSWERED

    def read(self, stored: list[bytes]) -> tuple[np.ndarray, np.ndarray]:
        """(answered, positive), each people x items (bool)."""
        matrix = np.frombuffer(b"".join(bytes(one) for one in stored), dtype=np.uint8)
        matrix = matrix.reshape(len(stored), self._width)[:, self._slots]
        marks = self._table[np.arange(len(self._slots)), matrix]
        return marks > 0, marks == self._POSITIVE
