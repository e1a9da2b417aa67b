"""Calibrations and norms from the answers of a closed campaign: who is in the sample, what each scale gets.

Findings are the dry run: they say for every scale what would be frozen or why nothing is, and write nothing.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from django.utils import timezone

from accounts.restricting import usable
from agencies import tree
from agencies.models import Unit
from assessments.item_matrix import content_scales, matrix_of_answers
from assessments.models import Attempt, Campaign
from assessments.quality_details import version_of
from assessments.samples import DamagedAnswers
from questionnaires.document import load_document
from questionnaires.models import Version
from questionnaires.version_document import Scale, VersionDocument
from scoring import actions, engine
from scoring.calibration import ScaleCalibration, calibrate
from scoring.norms import FEWEST_CONTRIBUTORS, ScaleNorm, is_comparable, norm_of
from scoring.quality import LOW
from scoring.samples import SampleFacts
from scoring.selectors import plan_of
from scoring.statistics import keyed_values, scale_statistics

# Scales of one person whose items measure one thing; a situational scale would need a retest.
_KINDS = ("dimension", "facet")
_BLOCK = 10_000  # attempts read from the database at a time
_TOP_UNITS = 2  # levels of the tree: the agency itself and the units right below it


class NoSample(LookupError):
    """There is nothing to freeze from; the message is the sentence that the user reads."""


@dataclass(frozen=True, eq=False)
class CampaignSample:
    """The included answers of one instrument of a closed campaign.

    ``stored``: people x slots, uint8. ``contributors``: of the same people, the code of their agency, or of their
    unit right below it where fewer than five agencies take part.
    """

    campaign: Campaign
    version: Version
    rule_id: int
    document: VersionDocument
    stored: np.ndarray
    contributors: tuple[str, ...]
    left_out: int
    days: tuple[date, date]
    quality_version: str

    @property
    def people(self) -> int:
        return len(self.stored)

    def facts(self, population: str = "") -> SampleFacts:
        """What is written down about the sample."""
        return SampleFacts(
            version_id=self.version.pk,
            rule_id=self.rule_id,
            campaign_code=self.campaign.code,
            population=population or _population(self.campaign),
            first_day=self.days[0],
            last_day=self.days[1],
            people=self.people,
            left_out=self.left_out,
            contributors=Counter(self.contributors),
            quality_version=self.quality_version,
        )


@dataclass(frozen=True)
class Finding:
    """One scale: the figures it would get (``value``), or every reason why it gets none."""

    scale: Scale
    value: ScaleCalibration | ScaleNorm | None
    refusals: tuple[str, ...]


def _population(campaign) -> str:
    place = campaign.agency.name if campaign.agency else "semua instansi yang ikut serta"
    return f"Pegawai yang diminta mengisi dalam periode “{campaign.title}” ({place}) dan mengirim jawabannya."


def instruments_of(campaign):
    """The versions asked in a campaign with their rules, in the campaign's order, without the documents."""
    instruments = campaign.instruments.select_related("version__questionnaire").defer("version__document")
    return list(instruments.order_by("position", "pk"))


def sample_of(campaign: Campaign, instrument) -> CampaignSample:
    """The sample of one instrument: sent within the campaign, answers not rated low, everybody's latest attempt.

    Raises:
        NoSample: the campaign still takes answers, or nobody has sent any.
        DamagedAnswers: an attempt does not fit the version.
    """
    if campaign.state != Campaign.State.CLOSED:
        raise NoSample(
            "Periode ini belum ditutup; kalibrasi dan norma hanya dibuat dari periode yang sudah ditutup."
        )
    document = load_document(instrument.version_id)
    rows, left_out = _included(campaign, instrument.version_id)
    if not rows:
        raise NoSample("Belum ada jawaban terkirim yang dapat disertakan.")
    width = len(document.slots)
    if any(len(row.answers) != width for row in rows):
        raise DamagedAnswers(f"Ada jawaban tersimpan yang tidak sesuai dengan {width} slot versi ini.")
    days = [timezone.localdate(row.submitted_at) for row in rows]
    return CampaignSample(
        campaign=campaign,
        version=instrument.version,
        rule_id=instrument.rule_id,
        document=document,
        stored=np.frombuffer(b"".join(bytes(row.answers) for row in rows), dtype=np.uint8).reshape(-1, width),
        contributors=_contributors(rows),
        left_out=left_out,
        days=(min(days), max(days)),
        quality_version=",".join(sorted({version_of(row.quality_details) for row in rows})),
    )


def _included(campaign, version_id):
    """Everybody's latest attempt that is not rated low, and how many people's were."""
    attempts = Attempt.objects.filter(
        assignment__campaign=campaign,
        version_id=version_id,
        state=Attempt.State.SUBMITTED,
        score_sheets__number=1,
    )
    rows = usable(attempts, person="person").order_by("person_id", "-submitted_at", "-pk").values_list(*_ROW)
    included, left_out = [], 0
    for _person, mine in groupby(rows.iterator(chunk_size=_BLOCK), key=itemgetter(0)):
        latest = _Row(*next(mine))
        if latest.quality == LOW:
            left_out += 1
        else:
            included.append(latest)
    return included, left_out


_ROW = (
    "person_id",
    "answers",
    "submitted_at",
    "score_sheets__quality",
    "score_sheets__quality_details",
    "assignment__agency_id",
    "assignment__agency__code",
    "assignment__unit_path",
)


class _Row(NamedTuple):
    """What of an attempt the sample is made from, in the order of :data:`_ROW`."""

    person_id: int
    answers: bytes
    submitted_at: datetime
    quality: str
    quality_details: bytes
    agency_id: int
    agency: str
    unit_path: str


def _contributors(rows) -> tuple[str, ...]:
    agencies = {row.agency for row in rows}
    if len(agencies) >= FEWEST_CONTRIBUTORS:
        return tuple(row.agency for row in rows)
    tops = [(row.agency_id, _top_unit(row.unit_path)) for row in rows]
    units = Unit.objects.filter(agency__in={agency for agency, _path in tops}, path__in={p for _a, p in tops})
    codes = {(agency, path): code for agency, path, code in units.values_list("agency_id", "path", "code")}
    # A unit that has been moved since is still one contributor; its old path stands for it.
    return tuple(f"{row.agency}/{codes.get(top, top[1])}" for row, top in zip(rows, tops, strict=True))


def _top_unit(path):
    return tree.ancestor_paths(path)[:_TOP_UNITS][-1]


def _scales(document):
    return [(scale, items) for scale, items in content_scales(document) if scale.kind in _KINDS]


def calibration_findings(sample: CampaignSample) -> tuple[Finding, ...]:
    """For every dimension and facet its calibration, or why it has none."""
    findings = []
    for scale, items in _scales(sample.document):
        matrix, _impossible = matrix_of_answers(sample.document, sample.stored, items)
        found = scale_statistics(
            keyed_values(matrix.values, matrix.items), matrix.items, not_applicable=matrix.not_applicable
        )
        weights = [sample.document.item_by_code[item.code].weight for item in items]
        findings.append(Finding(scale, *calibrate(scale.code, found, weights)))
    return tuple(findings)


def norm_findings(sample: CampaignSample) -> tuple[Finding, ...]:
    """For every dimension its norm, or why it has none. Scores on too few items are left out of the group."""
    plan = plan_of(sample.rule_id)
    table = engine.score(plan, sample.stored)
    is_scored, contributors = table.is_scored(), np.array(sample.contributors)
    findings = []
    for scale in sample.document.dimensions:
        column = table.column(scale.code)
        k = plan.scales[column].k
        rows = [
            row
            for row in np.flatnonzero(is_scored[:, column])
            if is_comparable(k, int(table.answered[row, column]))
        ]
        tops, bottoms = table.numerator[rows, column].tolist(), table.denominator[rows, column].tolist()
        scores = [Fraction(100 * top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]
        findings.append(Finding(scale, *norm_of(scale.code, scores, contributors[rows].tolist())))
    return tuple(findings)


def freeze_calibration(*, campaign, instrument, by, population=""):
    """Freezes the calibration of one instrument of a closed campaign; freezing again returns what is there.

    Raises:
        NoSample, DamagedAnswers: see :func:`sample_of`.
        scoring.actions.NothingToFreeze: no scale meets the conditions.
    """
    sample = sample_of(campaign, instrument)
    scales = [finding.value for finding in calibration_findings(sample) if finding.value]
    return actions.freeze_calibration(facts=sample.facts(population), scales=scales, by=by)


def freeze_norm(*, campaign, instrument, by, population=""):
    """Freezes the norm group of one instrument of a closed campaign; freezing again returns what is there.

    Raises:
        NoSample, DamagedAnswers: see :func:`sample_of`.
        scoring.actions.NothingToFreeze: no scale meets the conditions.
    """
    sample = sample_of(campaign, instrument)
    scales = [finding.value for finding in norm_findings(sample) if finding.value]
    return actions.freeze_norm(facts=sample.facts(population), scales=scales, by=by)
