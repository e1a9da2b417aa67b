"""Closed campaigns with hundreds of sent attempts, written in bulk: samples do not ask how the answers came in."""

from datetime import timedelta
from itertools import cycle, islice
from random import Random

from django.contrib.auth import get_user_model
from django.utils import timezone

from agencies.models import EmploymentKind, JobCategory
from assessments import answers as answer_bytes
from assessments import quality_details, sheets
from assessments.models import Assignment, Attempt, Campaign, ScoreSheet
from questionnaires.document import load_document
from scoring import engine, quality
from scoring.selectors import plan_of
from tests.factories.agencies import AgencyFactory, root_of
from tests.factories.assessments import open_campaign


def one_factor_answers(document, rng):
    """Answers of one person with one standing on all items and some chance on each."""
    standing = rng.gauss(0.6, 0.2)

    def value(item):
        if item.accept:
            return item.accept[0]
        place = standing + rng.gauss(0, 0.15)
        place = 1 - place if item.is_reversed else place
        lowest, highest = item.response_set.minimum, item.response_set.maximum
        return min(highest, max(lowest, lowest + round(place * (highest - lowest))))

    return {item.code: value(item) for item in document.items}


def closed_campaign(version, *, people, units=None, low=0, seed=1, answer=one_factor_answers, **fields):
    """A national closed campaign in which everybody has sent answers.

    Args:
        units: the places of work, in turn; five agencies' roots if left out.
        low: so many of the people are rated low.
    """
    campaign = open_campaign(version, **fields)
    units = units or [root_of(AgencyFactory()) for _n in range(5)]
    assignments = _assignments(campaign, people, units)
    _send(assignments, version, campaign.instruments.get().rule_id, low, answer, Random(seed))
    now = timezone.now()
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.CLOSED, closed_at=now)
    return Campaign.objects.select_related("agency").get(pk=campaign.pk)


def _assignments(campaign, people, units):
    User = get_user_model()
    start = User.objects.count()
    persons = User.objects.bulk_create(
        User(nip=f"{19800101202501:014d}{start + number:04d}", name=f"Pegawai {number}")
        for number in range(people)
    )
    return Assignment.objects.bulk_create(
        Assignment(
            campaign=campaign,
            person=person,
            agency_id=unit.agency_id,
            unit=unit,
            unit_path=unit.path,
            job_category=JobCategory.values[0],
            employment_kind=EmploymentKind.values[0],
            completed_at=timezone.now(),
        )
        for person, unit in zip(persons, islice(cycle(units), people), strict=True)
    )


def _send(assignments, version, rule_id, low, answer, rng):
    document, plan, now = load_document(version.pk), plan_of(rule_id), timezone.now()
    given = [answer(document, rng) for _assignment in assignments]
    attempts = Attempt.objects.bulk_create(
        Attempt(
            person_id=assignment.person_id,
            version=version,
            assignment=assignment,
            state=Attempt.State.SUBMITTED,
            answers=answer_bytes.encode(document, answers),
            started_at=now - timedelta(minutes=20),
            saved_at=now,
            submitted_at=now,
        )
        for assignment, answers in zip(assignments, given, strict=True)
    )
    table = engine.score(plan, engine.encode(plan, given))
    results = [quality.assess(document, answers, None) for answers in given]
    ScoreSheet.objects.bulk_create(
        ScoreSheet(
            attempt=attempt,
            rule_id=rule_id,
            engine_version=engine.ENGINE_VERSION,
            scores=sheets.pack(table, row),
            quality=quality.LOW if row < low else quality.GOOD,
            quality_details=quality_details.pack(results[row]),
            created_at=now,
        )
        for row, attempt in enumerate(attempts)
    )
