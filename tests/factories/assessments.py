"""States of campaigns and attempts, reached by calling the actions."""

from datetime import timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.utils import timezone

from assessments import actions
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


def answer(attempt, values=None, *, default=4):
    """Saves answers; items not named get ``default``, or the highest value that their scale has below it."""
    document = load_document(attempt.version_id)
    given = {
        item.code: item.accept[0] if item.accept else min(default, item.response_set.maximum)
        for item in document.items
    }
    given.update(values or {})
    actions.save_answers(attempt=attempt, patch=given, seen_revision=attempt.revision, by=attempt.person)
    return attempt


def submitted_attempt(person, version, *, campaign=None, values=None, default=4):
    """A finished attempt; returns it with its score sheet made."""
    attempt = answer(started_attempt(person, version, campaign=campaign), values, default=default)
    actions.submit_attempt(attempt=attempt, by=person)
    attempt.refresh_from_db()
    return attempt
