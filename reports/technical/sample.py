"""The reads of a technical report: everybody's answers to one questionnaire of one closed campaign, without names."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max, Q

from accounts.restricting import usable
from agencies.models import EmploymentKind, JobCategory
from assessments.models import Assignment, Attempt, CampaignInstrument, ScoreSheet
from assessments.samples import DamagedAnswers
from questionnaires.document import load_document

_BLOCK = 10_000  # rows read from the database at a time


@dataclass(frozen=True, eq=False)
class Sample:
    """What was sent. ``stored``: people x slots, uint8; the others have one entry a person, in the same order.

    ``started``: attempts that were begun, sent or not.
    """

    stored: np.ndarray
    units: np.ndarray
    is_contract: np.ndarray
    supervises: np.ndarray
    started: int

    @property
    def people(self) -> int:
        return len(self.stored)


def read_sample(instrument: CampaignInstrument) -> Sample:
    """Everything that was sent to one questionnaire of a campaign.

    Raises:
        DamagedAnswers: an attempt does not fit the version.
    """
    width = len(load_document(instrument.version_id).slots)
    attempts = Attempt.objects.filter(
        version=instrument.version_id, assignment__campaign=instrument.campaign_id
    )
    sent = usable(attempts.filter(state=Attempt.State.SUBMITTED), person="person")
    rows = sent.values_list(
        "answers", "assignment__unit_id", "assignment__employment_kind", "assignment__supervises_others"
    )
    answers, units, contract, supervises = bytearray(), [], [], []
    for stored, unit_id, kind, leads in rows.iterator(chunk_size=_BLOCK):
        if len(stored) != width:
            raise DamagedAnswers(f"Jawaban tersimpan {len(stored)} bita, sedangkan versi ini {width} slot.")
        answers += stored
        units.append(unit_id)
        contract.append(kind != EmploymentKind.PERMANENT)
        supervises.append(leads)
    return Sample(
        stored=np.frombuffer(answers, dtype=np.uint8).reshape(-1, width),
        units=np.array(units, dtype=np.int64),
        is_contract=np.array(contract, dtype=bool),
        supervises=np.array(supervises, dtype=bool),
        started=attempts.count(),
    )


def response_counts(instrument: CampaignInstrument) -> list[tuple[str, str, int, int]]:
    """``(job category, employment kind, people asked, people who have sent this questionnaire)``."""
    sent = Q(attempts__version=instrument.version_id, attempts__state=Attempt.State.SUBMITTED)
    rows = (
        Assignment.objects.filter(campaign=instrument.campaign_id)
        .values_list("job_category", "employment_kind")
        .annotate(asked=Count("pk", distinct=True), sent=Count("pk", filter=sent, distinct=True))
    )
    return [(JobCategory(job), EmploymentKind(kind), asked, sent) for job, kind, asked, sent in rows]


def _sheets(instrument: CampaignInstrument):
    sheets = ScoreSheet.objects.filter(
        attempt__version=instrument.version_id, attempt__assignment__campaign=instrument.campaign_id
    )
    return usable(sheets, person="attempt__person")


def told_quality(instrument: CampaignInstrument):
    """``(rating, stored indices)`` of every sheet that a person was told."""
    told = _sheets(instrument).filter(number=ScoreSheet.TOLD)
    return told.values_list("quality", "quality_details").iterator(chunk_size=_BLOCK)


def told_basis(instrument: CampaignInstrument) -> dict[str, Counter]:
    """How many told sheets rest on which rule, calibration, norm and engine."""
    names = ("rule_id", "calibration_id", "norm_id", "engine_version")
    rows = (
        _sheets(instrument)
        .filter(number=ScoreSheet.TOLD)
        .values_list(*names)
        .annotate(sheets=Count("pk"))
        .order_by(*names)
    )
    found = {name: Counter() for name in names}
    for *values, sheets in rows:
        for name, value in zip(names, values, strict=True):
            if value is not None:
                found[name][value] += sheets
    return found


def times_scored_again(instrument: CampaignInstrument) -> int:
    """How often the campaign was scored again since people were told."""
    return (_sheets(instrument).aggregate(last=Max("number"))["last"] or ScoreSheet.TOLD) - ScoreSheet.TOLD
