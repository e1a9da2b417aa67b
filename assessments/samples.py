"""Reads of answer samples for whoever runs the measurement: whole-instrument samples, never a unit, never a name.

For commands of the operator and the page of the psychometrician. Answers of a campaign that is still open are
never in a sample: while it is open, nobody sees results.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
from django.db.models import Q

from accounts.restricting import usable
from assessments.models import Attempt, Campaign
from questionnaires.document import load_document
from questionnaires.models import Questionnaire, Version
from scoring.engine import compile_plan
from scoring.models import ScoringRule
from scoring.plan import ScoringPlan
from scoring.rules import STANDARD_RULE
from scoring.selectors import plan_of

_BLOCK = 10_000  # attempts read from the database at a time


class SampleNotFound(LookupError):
    """There is nothing to read; the message is the sentence that the user reads."""


class DamagedAnswers(ValueError):
    """Stored answers do not fit their version; the message says so without saying whose."""


def published_version_of(slug: str) -> Version:
    """The published version of a questionnaire.

    Raises:
        SampleNotFound: there is no such questionnaire, or nothing of it is published.
    """
    questionnaire = Questionnaire.objects.filter(code=slug).first()
    if questionnaire is None:
        known = ", ".join(Questionnaire.objects.order_by("code").values_list("code", flat=True))
        raise SampleNotFound(f"Kuesioner “{slug}” tidak ada. Yang ada: {known or 'belum ada'}.")
    version = questionnaire.versions.filter(status=Version.Status.PUBLISHED).first()
    if version is None:
        raise SampleNotFound(f"Kuesioner “{slug}” belum mempunyai versi terbit.")
    return version


def version_asked_in(campaign_code: str, slug: str) -> tuple[Campaign, Version]:
    """A closed campaign and the version of the questionnaire that it asked.

    Raises:
        SampleNotFound: no such campaign, it is not closed, or it did not ask the questionnaire.
    """
    campaign = Campaign.objects.filter(code=campaign_code).first()
    if campaign is None:
        raise SampleNotFound(f"Periode “{campaign_code}” tidak ada.")
    if campaign.state != Campaign.State.CLOSED:
        raise SampleNotFound(
            f"Periode “{campaign_code}” belum ditutup; selama itu hanya tingkat partisipasi yang terlihat."
        )
    instrument = campaign.instruments.filter(version__questionnaire__code=slug).select_related("version")
    found = instrument.first()
    if found is None:
        raise SampleNotFound(f"Periode “{campaign_code}” tidak menanyakan kuesioner “{slug}”.")
    return campaign, found.version


def latest_answers(version: Version, campaign: Campaign | None = None) -> np.ndarray:
    """The stored answers of everybody's latest submitted attempt at a version: people x slots, uint8.

    Args:
        campaign: only what was sent in this closed campaign; otherwise everything but open campaigns.

    Raises:
        DamagedAnswers: an attempt does not fit the version.
    """
    width = len(load_document(version.pk).slots)
    collected = bytearray()
    for stored in _latest_of_each_person(version, campaign):
        if len(stored) != width:
            raise DamagedAnswers(f"Jawaban tersimpan {len(stored)} bita, sedangkan versi ini {width} slot.")
        collected += stored
    return np.frombuffer(collected, dtype=np.uint8).reshape(-1, width)


def _latest_of_each_person(version: Version, campaign: Campaign | None) -> Iterator[bytes]:
    attempts = Attempt.objects.filter(version=version, state=Attempt.State.SUBMITTED)
    attempts = usable(attempts, person="person")
    if campaign is not None:
        attempts = attempts.filter(assignment__campaign=campaign)
    else:
        attempts = attempts.filter(
            Q(assignment__isnull=True) | Q(assignment__campaign__state=Campaign.State.CLOSED)
        )
    rows = attempts.order_by("person_id", "-submitted_at", "-pk").values_list("person_id", "answers")
    for _person, mine in groupby(rows.iterator(chunk_size=_BLOCK), key=itemgetter(0)):
        yield bytes(next(mine)[1])


def scoring_plan_of(version: Version) -> ScoringPlan:
    """The plan of the newest rule of a published version; of the standard rule where none is published yet."""
    rule = ScoringRule.objects.filter(version=version).order_by("-number").first()
    if rule is None:
        return compile_plan(load_document(version.pk), STANDARD_RULE)
    return plan_of(rule.pk)
