"""States of campaigns and attempts, reached by calling the actions."""

from datetime import timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.utils import timezone

from assessments import actions
from assessments.models import Campaign
from assessments.periods import actions as periods
from questionnaires.document import load_document

_numbers = count(1)


def draft_campaign(*versions, agency=None, **fields):
    number = next(_numbers)
    now = timezone.now()
    values = {
        "code": f"periode-{number}",
        "title": f"Periode uji {number}",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=14),
        "legal_basis": "Peraturan uji nomor 1",
        "dpia_reference": "DPIA-UJI-1",
        "notice_version": "1",
        **fields,
    }
    return actions.create_campaign(versions=versions, agency=agency, by=None, **values)


def drafted_period(*versions, agency, unit=None, by=None, **values):
    """A draft made with the form: complete, for the whole agency, and not yet edited by anybody else."""
    now = timezone.now()
    campaign = periods.draft_period(agency=agency, unit=unit, title=f"Periode uji {next(_numbers)}", by=by)
    times = {
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=14),
        "legal_basis": "Peraturan uji nomor 1",
        "dpia_reference": "DPIA-UJI-1",
        "notice_version": "1",
        "minimum_group_size": 10,
        "participation_target": 80,
        **values,
    }
    campaign = periods.choose_questionnaires(
        campaign=campaign, title=campaign.title, versions=versions, seen_revision=0, by=by
    )
    periods.set_times_and_rules(campaign=campaign, seen_revision=1, by=by, **times)
    Campaign.objects.filter(pk=campaign.pk).update(revision=0)
    return Campaign.objects.select_related("agency", "unit", "audience").get(pk=campaign.pk)


def open_campaign(*versions, agency=None, people=(), **fields):
    """An open campaign in which the people are asked; they need a current placement."""
    campaign = draft_campaign(*versions, agency=agency, **fields)
    campaign = actions.open_campaign(campaign=campaign, by=None)
    if people:
        asked = get_user_model().objects.filter(pk__in=[person.pk for person in people])
        actions.assign(campaign=campaign, people=asked, by=None)
    return campaign


def close(campaign):
    return actions.close_campaign(campaign=campaign, by=None)


def started_attempt(person, version, *, campaign=None):
    assignment = campaign.assignments.get(person=person) if campaign else None
    return actions.start_attempt(person=person, version=version, assignment=assignment, by=person)


def some_answer(item, *, default=4):
    """An answer that the item can have: ``default`` or the highest value below it, or the first option that fits."""
    if item.accept:
        return item.accept[0]
    if item.parts:
        return dict(zip(item.parts, item.values, strict=False))  # best A, worst B; or A 1, B 2, ...
    return min(default, item.response_set.maximum) if item.response_set else item.values[0]


def answer(attempt, values=None, *, default=4):
    """Saves answers to all items but open texts; items not named get what :func:`some_answer` says."""
    document = load_document(attempt.version_id)
    given = {item.code: some_answer(item, default=default) for item in document.items if item.slots}
    given.update(values or {})
    actions.save_answers(attempt=attempt, patch=given, seen_revision=attempt.revision, by=attempt.person)
    return attempt


def submitted_attempt(person, version, *, campaign=None, values=None, default=4):
    """A finished attempt; returns it with its score sheet made."""
    attempt = answer(started_attempt(person, version, campaign=campaign), values, default=default)
    actions.submit_attempt(attempt=attempt, by=person)
    attempt.refresh_from_db()
    return attempt
