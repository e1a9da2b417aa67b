"""What a restriction keeps out: everything new that would be made of the person's answers."""

import pytest
from django.utils import timezone

from accounts.restricting import lift_restriction, restrict_processing
from assessments.calibrating import _included
from assessments.letters.selectors import unfinished
from assessments.samples import latest_answers
from development.models import Goal
from reports.counting import _Sheets
from reports.technical.sample import read_sample
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import close, open_campaign, submitted_attempt
from tests.factories.development import goal_of, set_reminders_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    agency, version = AgencyFactory(), published_version()
    people = [placed_person(root_of(agency), email=f"{number}@uji.example") for number in range(3)]
    campaign = open_campaign(version, agency=agency, people=people)
    for person in people[:2]:
        submitted_attempt(person, version, campaign=campaign)
    return agency, version, people, campaign


def used(agency, version, campaign):
    """How many people's answers go into each thing that is made of answers."""
    instrument = campaign.instruments.get()
    sheets = _Sheets(campaign, agency, None, expected=0).of(version.pk)
    return {
        "groups": sum(len(rows) for _rule, rows in sheets),
        "items": len(latest_answers(version, campaign)),
        "calibration": len(_included(campaign, version.pk)[0]),
        "technical report": read_sample(instrument).people,
    }


def test_answers_of_whoever_restricts_are_used_for_nothing_new(world):
    agency, version, people, campaign = world
    campaign = close(campaign)
    assert set(used(agency, version, campaign).values()) == {2}
    restrict_processing(person=people[0], by=people[0])
    assert set(used(agency, version, campaign).values()) == {1}
    lift_restriction(person=people[0], by=people[0])
    assert set(used(agency, version, campaign).values()) == {2}


def test_whoever_restricts_is_not_reminded(world):
    _agency, _version, people, campaign = world
    set_reminders_of(people[2])
    goal_of(people[2])
    now = timezone.now()
    before = unfinished(campaign, now=now).count(), Goal.objects.reminding().count()
    restrict_processing(person=people[2], by=people[2])
    after = unfinished(campaign, now=now).count(), Goal.objects.reminding().count()
    assert (before[0] - after[0], after[1]) == (1, 0)
    assert before[1] <= 1
