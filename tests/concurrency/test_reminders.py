"""Several schedulers at once: every reminder goes out exactly once."""

from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from assessments.letters.actions import set_letters
from assessments.models import Delivery
from audit.models import AuditEvent
from development.models import Goal, Reminder
from tests.concurrency.threads import at_once
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import open_campaign
from tests.factories.development import goal_of, set_reminders_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, WORKERS = 12, 4


def test_workers_that_run_at_once_send_every_reminder_once():
    people = [UserFactory() for _number in range(PEOPLE)]
    for person in people:
        set_reminders_of(person)
        goal_of(person)
    today = timezone.localdate()
    Goal.objects.update(runs_from=today - timedelta(days=20), due_on=today)
    at_once(*[partial(call_command, "send_reminders", stdout=StringIO())] * WORKERS)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in people)
    assert Reminder.objects.filter(sent_at__isnull=False).count() == PEOPLE
    assert AuditEvent.objects.filter(event="goal.reminded").count() == PEOPLE


def test_workers_that_run_at_once_send_every_letter_of_a_period_once():
    agency = AgencyFactory()
    people = [placed_person(root_of(agency), email=f"p{n}@uji.example") for n in range(PEOPLE)]
    campaign = open_campaign(published_version(), agency=agency, people=people)
    set_letters(
        campaign=campaign,
        invitation="{tautan}",
        reminder="{tautan}",
        most_reminders=1,
        days_between=5,
        is_automatic=True,
        by=None,
    )
    at_once(*[partial(call_command, "send_campaign_mail", stdout=StringIO())] * WORKERS)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in people)
    assert Delivery.objects.filter(sent_at__isnull=False).count() == PEOPLE
