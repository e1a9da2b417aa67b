"""Reminders by e-mail: to those who asked, each once, saying nothing about anybody."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from audit.models import AuditEvent
from development import actions
from development.models import Goal, PlanSettings, Reminder
from development.selectors import reminders_due
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.development import goal_of, set_reminders_of

pytestmark = pytest.mark.django_db

# Monday, 11.00 WIB
START = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)


def on_day(number, hour=4):
    return time_machine.travel(START.replace(hour=hour) + timedelta(days=number), tick=False)


def run():
    call_command("send_reminders", stdout=StringIO())


@pytest.fixture
def person():
    return UserFactory(name="Sri Wahyuni", email="sri@uji.example")


@pytest.fixture
def goal(person):
    """A goal of thirty days from the second of November, its person wanting reminders."""
    with on_day(0):
        set_reminders_of(person)
        return goal_of(person, behaviour="Rahasia saya", due_on=timezone.localdate() + timedelta(days=30))


def test_one_in_the_middle_and_one_on_the_date_however_often_the_command_runs(goal):
    for day in (0, 14, 15, 16, 29, 30, 31, 60):
        with on_day(day):
            run()
            run()
    sent = list(Reminder.objects.order_by("pk").values_list("kind", "sent_at"))
    assert sent == [
        ("half", START + timedelta(days=15)),
        ("due", START + timedelta(days=30)),
    ]
    assert len(mail.outbox) == 2
    assert AuditEvent.objects.filter(event="goal.reminded").count() == 2


def test_a_mail_says_that_and_never_what(goal, person, settings):
    with on_day(15):
        run()
    message = mail.outbox[0]
    assert message.to == ["sri@uji.example"]
    assert message.subject == "Cermin ASN: pengingat rencana pengembangan"
    assert "Sri Wahyuni" in message.body
    assert "2 Desember 2026" in message.body
    assert settings.SITE_URL + reverse("development:goal", args=[goal.public_id]) in message.body
    for private in (goal.behaviour, goal.when_then, goal.measure, person.nip):
        assert private not in str(message.message())
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_mail_speaks_the_language_that_was_chosen(goal, person):
    set_reminders_of(person, language="en")
    with on_day(15):
        run()
    message = mail.outbox[0]
    assert message.subject == "Cermin ASN: a reminder of your development plan"
    assert "2 December 2026" in message.body
    assert "Sasaran" not in message.body


def test_a_name_with_markup_or_a_line_break_stays_what_it_is(goal, person):
    person.name = "Ani <b>& Bu'di"
    person.save()
    with on_day(15):
        run()
    assert "Ani <b>& Bu'di" in mail.outbox[0].body  # plain text is not escaped


@pytest.mark.parametrize(
    "refuse",
    [
        lambda goal: set_reminders_of(goal.person, wanted=False),
        lambda goal: type(goal.person).objects.update(email=""),
        lambda goal: type(goal.person).objects.update(is_active=False),
        lambda goal: actions.complete_goal(goal=goal, by=goal.person),
        lambda goal: PlanSettings.objects.all().delete(),
    ],
)
def test_no_wish_no_address_no_account_or_a_reached_goal_means_no_mail(goal, refuse):
    with on_day(10):
        refuse(goal)
    with on_day(15):
        run()
    assert mail.outbox == []


def test_a_new_date_earns_new_reminders(goal, person):
    with on_day(15):
        run()
    kept = {name: getattr(goal, name) for name in actions.WORDING}
    with on_day(20):
        actions.change_goal(
            goal=goal, by=person, **{**kept, "due_on": timezone.localdate() + timedelta(days=40)}
        )
    for day in (30, 39, 40, 60):
        with on_day(day):
            run()
    assert [r.kind for r in Reminder.objects.order_by("pk")] == ["half", "half", "due"]


def test_the_day_is_that_of_the_persons_own_agency(person, goal):
    place = root_of(AgencyFactory(time_zone=Agency.TimeZone.EAST))
    placed_person(place, person=person)
    with on_day(14, hour=14):  # 23.00 in Jayapura, the day before
        run()
        assert mail.outbox == []
    with on_day(14, hour=15):  # midnight in Jayapura; in Jakarta it is still the day before
        run()
        assert len(mail.outbox) == 1


def test_a_mail_that_could_not_be_sent_is_tried_again_and_logs_no_address(goal, person, monkeypatch, caplog):
    def refuse(self, messages):
        raise OSError("sri@uji.example is not here")

    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    with monkeypatch.context() as broken, on_day(15):
        broken.setattr(backend, refuse)
        with pytest.raises(CommandError, match="1 pengingat gagal"):
            run()
    assert not Reminder.objects.exists()
    assert "sri@uji.example" not in caplog.text
    assert "OSError" in caplog.text
    with on_day(16):
        run()
    assert len(mail.outbox) == 1


def test_a_dead_mail_server_is_given_up_after_five(monkeypatch):
    tries = []

    def refuse(self, messages):
        tries.append(messages)
        raise OSError

    with on_day(0):
        for _number in range(7):
            someone = UserFactory()
            set_reminders_of(someone)
            goal_of(someone, due_on=timezone.localdate() + timedelta(days=10))
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with on_day(5), pytest.raises(CommandError, match="5 pengingat gagal"):
        run()
    assert len(tries) == 5


def test_a_claim_of_a_worker_that_died_is_taken_up_after_an_hour(goal):
    now = START + timedelta(days=15)
    assert actions.claim_reminder(goal=goal, kind="half", now=now)
    assert actions.claim_reminder(goal=goal, kind="half", now=now + timedelta(minutes=59)) is None
    assert actions.claim_reminder(goal=goal, kind="half", now=now + timedelta(minutes=61))
    assert Reminder.objects.count() == 1


def test_a_reminder_that_was_sent_is_never_claimed_again(goal):
    now = START + timedelta(days=15)
    reminder = actions.claim_reminder(goal=goal, kind="half", now=now)
    actions.mark_reminder_sent(reminder=reminder, now=now)
    assert actions.claim_reminder(goal=goal, kind="half", now=now + timedelta(days=1)) is None


def test_a_wish_withdrawn_while_the_command_runs_counts(goal, person):
    with on_day(15):
        due = list(reminders_due(now=timezone.now()))
        set_reminders_of(person, wanted=False)
        assert [actions.claim_reminder(goal=g, kind=k, now=timezone.now()) for g, k in due] == [None]


def test_the_queries_do_not_grow_with_the_goals():
    def add_people(how_many):
        with on_day(0):
            for _number in range(how_many):
                someone = placed_person(root_of(AgencyFactory()))
                set_reminders_of(someone)
                goal_of(someone, due_on=timezone.localdate() + timedelta(days=10))

    counts = []
    for _round in range(2):
        add_people(3)
        with on_day(5), CaptureQueriesContext(connection) as queries:
            found = list(reminders_due(now=timezone.now()))
        counts.append((len(found), len(queries)))
    assert counts[0][0] < counts[1][0]
    assert counts[0][1] == counts[1][1]


# --- stopping ----------------------------------------------------------------------------------------------------


def stop_link(person):
    return reverse("development:stop_reminders", args=[person.plan_settings.unsubscribe_key])


def test_the_link_stops_reminders_without_signing_in_but_only_by_the_button(client, goal, person):
    with on_day(15):
        run()
    assert stop_link(person) in mail.outbox[0].body
    page = client.get(stop_link(person))
    assert page.status_code == 200
    assert person.name not in page.content.decode()
    assert PlanSettings.objects.get().wants_reminders
    assert "Pengingat sudah berhenti" in client.post(stop_link(person)).content.decode()
    assert not PlanSettings.objects.get().wants_reminders
    with on_day(30):
        run()
    assert len(mail.outbox) == 1


def test_a_mail_program_stops_them_by_one_click(goal, person):
    from django.test import Client

    with on_day(15):
        run()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"].endswith(f"{stop_link(person)}>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(stop_link(person), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not PlanSettings.objects.get().wants_reminders


def test_stopping_twice_is_stopping_once(client, goal, person):
    client.post(stop_link(person))
    client.post(stop_link(person))
    assert AuditEvent.objects.filter(event="plan.reminders_stopped_by_link").count() == 1


def test_a_guessed_key_is_not_found(client):
    url = reverse("development:stop_reminders", args=["5c8ff7bb-6a0e-4f6c-8f0f-0f5a4d0f6c11"])
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404


# --- what the database refuses -----------------------------------------------------------------------------------


def test_a_reminder_exists_once_for_a_goal_a_kind_and_a_date(goal):
    actions.claim_reminder(goal=goal, kind="half", now=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(goal=goal, kind="half", due_on=goal.due_on, claimed_at=START)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"kind": "lain"}, "reminder_kind_known"),
        ({"sent_at": START - timedelta(days=1)}, "reminder_sent_after_claimed"),
    ],
)
def test_a_reminder_is_of_a_known_kind_and_sent_after_it_was_claimed(goal, values, name):
    actions.claim_reminder(goal=goal, kind="half", now=START)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Reminder.objects.update(**values)


def test_a_goal_that_is_deleted_takes_its_reminders_along(goal):
    actions.claim_reminder(goal=goal, kind="half", now=START)
    Goal.objects.all().delete()
    assert not Reminder.objects.exists()
