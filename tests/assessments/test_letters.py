"""Invitations and reminders of a period: to whom, how often, what stands in them, and how they are stopped."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.letters import actions
from assessments.letters.selectors import letters_due, recipients_of
from assessments.letters.sending import person_of_token, send_letters, stop_token
from assessments.letters.timing import PATIENCE, Latest, due_letter
from assessments.letters.wording import WordingError, check_wording, fill
from assessments.models import Assignment, Campaign, Delivery, Letters, MailChoice
from assessments.policies import PolicyError
from audit.models import AuditEvent
from background.models import BackgroundJob
from tests.factories.agencies import AgencyFactory, analyst_of, placed_person, root_of
from tests.factories.assessments import close, open_campaign, submitted_attempt
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)  # Monday, 11.00 WIB
BOTH = {"invitation": "Yth. {nama}, mulai: {tautan}", "reminder": "Masih ada waktu: {tautan}"}


def on_day(number):
    return time_machine.travel(START + timedelta(days=number), tick=False)


@pytest.fixture
def agency():
    return AgencyFactory(name="Pemerintah Kabupaten Uji", time_zone="WITA")


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def people(agency):
    return [placed_person(root_of(agency), email=f"pegawai{n}@uji.example") for n in range(3)]


@pytest.fixture
def campaign(agency, version, people):
    """Open from the second of November for thirty days, with letters: two reminders, five days apart."""
    with on_day(0):
        opened = open_campaign(version, agency=agency, people=people, closes_at=START + timedelta(days=30))
    return with_letters(opened)


def with_letters(campaign, **fields):
    values = {**BOTH, "most_reminders": 2, "days_between": 5, "is_automatic": True, **fields}
    actions.set_letters(campaign=campaign, by=None, **values)
    return Campaign.objects.select_related("agency", "letters").get(pk=campaign.pk)


def run():
    call_command("send_campaign_mail", stdout=StringIO())


def addresses():
    return sorted(message.to[0] for message in mail.outbox)


# --- who and how often --------------------------------------------------------------------------------------


def test_everybody_is_invited_once_and_reminded_twice_however_often_the_command_runs(campaign):
    for day in range(29):
        with on_day(day):
            run()
            run()
    days = [
        (number, (sent_at - START).days)
        for number, sent_at in Delivery.objects.order_by("pk").values_list("number", "sent_at")
    ]
    assert days == [(0, 0)] * 3 + [(1, 5)] * 3 + [(2, 10)] * 3
    assert len(mail.outbox) == 9


def test_whoever_has_finished_is_left_alone(campaign, people, version):
    with on_day(1):
        submitted_attempt(people[0], version, campaign=campaign)
        run()
    assert addresses() == ["pegawai1@uji.example", "pegawai2@uji.example"]


def test_whoever_stopped_reminders_is_still_invited_and_not_reminded(campaign, people):
    actions.set_reminders_wanted(person=people[0], wanted=False)
    with on_day(0):
        run()
    assert len(mail.outbox) == 3
    with on_day(6):
        run()
    assert addresses().count("pegawai0@uji.example") == 1
    assert len(mail.outbox) == 5


def test_people_without_an_address_are_counted_and_not_written_to(campaign, people):
    type(people[0]).objects.filter(pk=people[0].pk).update(email="")
    with on_day(0):
        found = recipients_of(campaign, campaign.letters, now=START)
        run()
    assert (found.unfinished, found.without_address, found.invitations) == (3, 1, 2)
    assert len(mail.outbox) == 2


def test_nothing_is_sent_before_the_opening_after_the_deadline_or_after_the_closing(campaign):
    with on_day(-2):
        run()
    with on_day(31):
        run()
    with on_day(3):
        close(campaign)
        run()
    assert mail.outbox == []


def test_the_command_leaves_periods_that_are_sent_by_hand(campaign):
    with_letters(campaign, is_automatic=False)
    with on_day(0):
        run()
    assert mail.outbox == []


def test_the_page_counts_what_the_worker_sends(campaign, people, version):
    actions.set_reminders_wanted(person=people[1], wanted=False)
    for day in (0, 2, 5, 9, 10, 16):
        with on_day(day):
            now = START + timedelta(days=day)
            found = recipients_of(campaign, campaign.letters, now=now)
            due = [letter.number for letter in letters_due(campaign, now=now)]
            assert (found.invitations, found.reminders) == (due.count(0), len(due) - due.count(0)), day
            send_letters(campaign, by=None)


@pytest.mark.parametrize(
    ("latest", "days", "wants", "expected"),
    [
        (None, 0, False, 0),
        (Latest(0, START, True), 4, True, None),
        (Latest(0, START, True), 5, True, 1),
        (Latest(0, START, True), 5, False, None),
        (Latest(2, START, True), 29, True, None),
        (Latest(1, START, False), 1, True, 1),
        (Latest(1, START, False), 1, False, None),
        (Latest(0, START, False), 1, False, 0),
        (Latest(1, START, False), 0, True, None),
    ],
)
def test_which_letter_is_due(latest, days, wants, expected):
    now = START + timedelta(days=days)
    found = due_letter(latest, now=now, most_reminders=2, days_between=5, wants_reminders=wants)
    assert found == expected


# --- dying in the middle ------------------------------------------------------------------------------------


def test_a_letter_of_a_dead_worker_is_sent_by_the_next_one_once(campaign):
    assignment = Assignment.objects.order_by("pk").first()
    Delivery.objects.create(assignment=assignment, number=0, claimed_at=START)
    with on_day(0):
        run()  # it may still be alive
    assert len(mail.outbox) == 2
    with time_machine.travel(START + PATIENCE + timedelta(minutes=1), tick=False):
        run()
        run()
    assert len(mail.outbox) == 3
    assert Delivery.objects.filter(sent_at__isnull=False).count() == 3


def test_a_letter_that_was_refused_is_tried_again_and_logs_no_address(campaign, monkeypatch, caplog):
    def refuse(message):
        raise OSError(f"no such mailbox {message.to[0]}")

    with on_day(0):
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", refuse)
            with pytest.raises(CommandError, match=campaign.code):
                run()
        assert "OSError" in caplog.text
        assert "uji.example" not in caplog.text
        assert not Delivery.objects.exists()
        run()
    assert len(mail.outbox) == 3


def test_a_person_who_finishes_between_the_reading_and_the_claim_gets_nothing(campaign, people, version):
    with on_day(0):
        [first, *_others] = letters_due(campaign, now=START)
        submitted_attempt(first.assignment.person, version, campaign=campaign)
        assert actions.claim_letter(due=first, now=START) is None
    assert not Delivery.objects.exists()


def test_reading_takes_the_same_queries_for_any_number_of_people(campaign, agency, version):
    def queries(period):
        with CaptureQueriesContext(connection) as captured:
            list(letters_due(period, now=START))
        return len(captured)

    first = queries(campaign)
    with on_day(0):
        more = [placed_person(root_of(agency), email=f"lain{n}@uji.example") for n in range(8)]
        larger = with_letters(open_campaign(version, agency=agency, people=more))
    assert queries(larger) == first


# --- what stands in it --------------------------------------------------------------------------------------


def test_a_letter_fills_its_places_and_names_the_sender_and_the_way_out(campaign, people, settings):
    text = "{nama}|{periode}|{instansi}|{batas_waktu}|{menit}|{tautan}"
    campaign = with_letters(campaign, invitation=text)
    with on_day(0):
        send_letters(campaign, by=None)
    message = next(found for found in mail.outbox if found.to == ["pegawai0@uji.example"])
    [person] = [each for each in people if each.email == "pegawai0@uji.example"]
    first_line = message.body.splitlines()[0]
    assert first_line == "|".join(
        [
            person.get_full_name(),
            campaign.title,
            "Pemerintah Kabupaten Uji",
            "2 Desember 2026 pukul 12.00 WITA",
            "3",
            settings.SITE_URL + reverse("home"),
        ]
    )
    assert message.subject == "Cermin ASN: undangan penilaian mandiri"
    assert person.nip not in str(message.message())
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].strip("<>") in message.body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "masih kosong"),
        ("Halo {nip}, {tautan}", "{nip}"),
        ("Halo {nama.password} {tautan}", "tidak dikenal"),
        ("Halo {nama", "tidak berpasangan"),
        ("Halo {nama}", "{tautan}"),
        ("{tautan}" + "x" * 3000, "paling panjang 3000"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused(text, words):
    with pytest.raises(WordingError, match=words.replace("{", r"\{").replace("}", r"\}")):
        check_wording(text)


def test_what_is_filled_in_is_never_read_again():
    assert fill("{nama}: {tautan}", {"nama": "{tautan} {x}", "tautan": "di sini"}) == "{tautan} {x}: di sini"


def test_a_text_with_an_unknown_place_is_not_stored(campaign):
    with pytest.raises(PolicyError, match="tidak dikenal"):
        with_letters(campaign, reminder="{rahasia} {tautan}")
    assert Letters.objects.get().reminder == BOTH["reminder"]


@pytest.mark.parametrize("fields", [{"most_reminders": 6}, {"days_between": 1}, {"days_between": 31}])
def test_writing_more_often_than_anybody_should_is_refused_by_action_and_database(campaign, fields):
    with pytest.raises(PolicyError, match="Paling banyak 5 pengingat"):
        with_letters(campaign, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letters.objects.update(**fields)


@pytest.mark.parametrize(
    "fields",
    [{"number": 0}, {"number": 6}, {"number": 1, "sent_at": START - timedelta(days=1)}],
    ids=["twice", "too many", "sent before it was claimed"],
)
def test_the_database_refuses_an_impossible_delivery(campaign, fields):
    assignment = Assignment.objects.first()
    Delivery.objects.create(assignment=assignment, number=0, claimed_at=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**{"assignment": assignment, "claimed_at": START, **fields})


# --- stopping -----------------------------------------------------------------------------------------------


def test_the_link_asks_first_and_needs_no_account(client, people):
    url = reverse("assessments:stop_letters", args=[stop_token(people[0].pk)])
    page = client.get(url).text
    assert "Hentikan pengingat periode?" in page
    assert people[0].name not in page
    assert not MailChoice.objects.exists()
    assert "sudah berhenti" in client.post(url).text
    assert MailChoice.objects.get().wants_reminders is False
    assert AuditEvent.objects.filter(event="mail.reminders_stopped_by_link").count() == 1
    client.post(url, {"List-Unsubscribe": "One-Click"})
    assert AuditEvent.objects.filter(event="mail.reminders_stopped_by_link").count() == 1
    client.post(url, {"go": "start"})
    assert MailChoice.objects.get().wants_reminders is True


def test_a_link_that_was_altered_opens_nothing(client, people):
    token = stop_token(people[0].pk)
    assert person_of_token(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert client.post(reverse("assessments:stop_letters", args=["lain"])).status_code == 404


# --- the page of the analyst --------------------------------------------------------------------------------


def test_an_analyst_stores_the_texts_sees_the_numbers_and_sends(client, agency, version, people):
    quiet = [placed_person(root_of(agency), email="") for _n in range(9)]
    period = open_campaign(version, agency=agency, people=[*people, *quiet])
    client.force_login(analyst_of(agency))
    url = reverse("assessments:letters", args=[period.public_id])
    assert "Yth. {nama}" in client.get(url).text
    rules = {"most_reminders": "2", "days_between": "5"}
    refused = client.post(url, {**BOTH, **rules, "invitation": "{gaji} {tautan}"})
    assert "Isian ini tidak dikenal: {gaji}." in refused.text
    assert "{gaji} {tautan}" in refused.text
    stored = client.post(url, {**BOTH, **rules}, follow=True)
    assert "Belum ada yang dikirim karenanya." in stored.text
    assert "12 pegawai belum selesai" in stored.text
    sent = client.post(url, {"go": "send"}, follow=True)
    assert "Surel terkirim." in sent.text
    assert len(mail.outbox) == 3
    assert BackgroundJob.objects.get(kind=actions.KIND).agency_id == agency.pk
    client.post(url, {"go": "send"})
    assert len(mail.outbox) == 3
    assert AuditEvent.objects.get(event="campaign.letters_sent").detail == {"sent": 3, "failed": 0}


def test_of_a_handful_of_people_no_number_is_shown(client, campaign, people):
    client.force_login(analyst_of(campaign.agency))
    with on_day(1):
        page = client.get(reverse("assessments:letters", args=[campaign.public_id])).text
    assert "tidak ditampilkan berapa yang belum selesai" in page
    assert "pegawai belum selesai" not in page
    assert "Kirim sekarang" in page


def test_before_the_texts_are_stored_nothing_can_be_sent(client, agency, version, people):
    period = open_campaign(version, agency=agency, people=people)
    client.force_login(analyst_of(agency))
    url = reverse("assessments:letters", args=[period.public_id])
    assert "Simpan dahulu teks undangan" in client.post(url, {"go": "send"}, follow=True).text
    assert mail.outbox == []


def test_a_mail_server_that_refuses_leaves_a_failed_job_with_its_reason(client, campaign, monkeypatch):
    def refuse(message):
        raise OSError("down")

    client.force_login(analyst_of(campaign.agency))
    with on_day(0), monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refuse)
        page = client.post(
            reverse("assessments:letters", args=[campaign.public_id]), {"go": "send"}, follow=True
        )
    assert "Sebagian surel ditolak peladen surel." in page.text
    assert BackgroundJob.objects.get().state == BackgroundJob.State.FAILED


def test_a_closed_period_writes_no_more(client, campaign):
    with on_day(1):
        close(campaign)
    with pytest.raises(PolicyError, match="sudah ditutup"):
        with_letters(campaign)
    client.force_login(analyst_of(campaign.agency))
    assert client.get(reverse("assessments:letters", args=[campaign.public_id])).status_code == 302
