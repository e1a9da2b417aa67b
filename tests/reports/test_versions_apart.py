"""A corrected word is a new version: reports of the version before stay to the last byte, on screen and as PDF."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from questionnaires import actions
from questionnaires.models import Item, Version
from scoring.actions import publish_version_with_rule
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEW_WORDS = "Saya menata meja kerja sebelum pulang."
# What differs at every look: the token of the forms and the number once used of the policy.
CHANCE = re.compile(rb'(name="csrfmiddlewaretoken" value="|nonce=")[^"]*')


@pytest.fixture(autouse=True)
def one_moment():
    with time_machine.travel(NOW, tick=False):
        yield


def report_of(client, attempt):
    """The page and the PDF as bytes, without what differs by chance."""
    client.force_login(attempt.person)
    page = client.get(reverse("reports:personal", args=[attempt.public_id])).content
    file = client.get(reverse("reports:personal_pdf", args=[attempt.public_id])).content
    return CHANCE.sub(b"", page), file


def correct_a_word(version):
    """What an editor and an approver do: a draft of the published version, one stem, publication as version 2."""
    editor, approver = UserFactory(), UserFactory()
    draft = actions.start_draft(questionnaire=version.questionnaire, by=editor, copy_from=version)
    actions.update_item(item=Item.objects.get(version=draft, code="A1"), by=editor, stem_ind=NEW_WORDS)
    draft = actions.submit_for_review(version=Version.objects.get(pk=draft.pk), by=editor)
    return publish_version_with_rule(version=draft, change_note="Kata diperbaiki.", by=approver)


def test_publishing_version_2_leaves_the_reports_of_version_1_as_they_were(client):
    person, version = placed_person(root_of(AgencyFactory())), published_version()
    attempt = campaigns.submitted_attempt(person, version)
    before = report_of(client, attempt)

    second = correct_a_word(version)

    assert report_of(client, attempt) == before
    newer = campaigns.submitted_attempt(person, second)
    page, _file = report_of(client, newer)
    assert (second.number, NEW_WORDS in page.decode()) == (2, True)
    assert NEW_WORDS.encode() not in before[0]
