"""Requests about one's own data, from asking to the answer, with the clock of the law."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent, User
from agencies.models import Role
from assessments.models import MailChoice
from audit.models import AuditEvent
from privacy import requests
from privacy.models import DataRequest
from privacy.requests import RequestRefused
from privacy.selectors import TimedRequest
from reports.models import ReportShare
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of
from tests.factories.assessments import submitted_attempt
from tests.factories.data_protection import request_of
from tests.factories.development import set_reminders_of
from tests.factories.questionnaires import published_version
from tests.factories.sharing import share_of

pytestmark = pytest.mark.django_db

Kind, State = DataRequest.Kind, DataRequest.State
RIGHTS = reverse("privacy:rights")


@pytest.fixture
def agency():
    return AgencyFactory(name="Kabupaten Contoh")


@pytest.fixture
def person(agency):
    return placed_person(root_of(agency), name="Sri Wahyuni", email="sri@uji.example")


@pytest.fixture
def administrator(agency):
    role = Role.AGENCY_ADMINISTRATOR
    return person_with_role(role, agency=agency, person=UserFactory(email="admin@uji.example"))


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def page_of(request):
    return reverse("privacy:request", args=[request.agency.code, request.public_id])


# --- asking ---------------------------------------------------------------------------------------------------------


def test_a_request_has_three_times_twenty_four_hours(person, agency):
    asked = request_of(person)
    assert asked.due_at - asked.asked_at == timedelta(hours=72)
    assert (asked.agency, asked.state) == (agency, State.OPEN)
    event = AuditEvent.objects.get(event="data_request.asked")
    assert (event.agency_id, event.detail) == (agency.pk, {"kind": "correction"})


def test_the_clock_says_hours_left_and_late():
    now = timezone.now()
    waiting = DataRequest(state=State.OPEN, due_at=now + timedelta(hours=5, minutes=59))
    assert (TimedRequest(waiting, now).hours_left, TimedRequest(waiting, now).is_late) == (5, False)
    late = DataRequest(state=State.OPEN, due_at=now - timedelta(minutes=1))
    assert TimedRequest(late, now).is_late
    done = DataRequest(state=State.DONE, due_at=now, decided_at=now - timedelta(hours=1))
    assert not TimedRequest(done, now + timedelta(days=9)).is_late


def test_the_same_is_not_asked_twice_while_it_waits(person):
    request_of(person)
    with pytest.raises(RequestRefused):
        request_of(person)
    request_of(person, Kind.QUESTION)
    assert DataRequest.objects.count() == 2


def test_words_are_needed_and_an_agency(person):
    with pytest.raises(RequestRefused):
        request_of(person, text="  ")
    with pytest.raises(RequestRefused):
        request_of(UserFactory())
    with pytest.raises(RequestRefused):
        request_of(person, Kind.RESTRICTION)
    assert not DataRequest.objects.exists()


def test_administrators_of_the_whole_agency_are_told_without_a_name(
    person, administrator, agency, mailoutbox, django_capture_on_commit_callbacks
):
    part = add_unit(root_of(agency), "dinas")
    below = UserFactory(email="bawah@uji.example")
    person_with_role(Role.AGENCY_ADMINISTRATOR, unit=part, person=below)
    elsewhere = UserFactory(email="lain@uji.example")
    person_with_role(Role.AGENCY_ADMINISTRATOR, agency=AgencyFactory(), person=elsewhere)
    with django_capture_on_commit_callbacks(execute=True):
        request_of(person, text="Gelar saya sekarang S.E.")
    [mail] = mailoutbox
    assert mail.to == ["admin@uji.example"]
    assert "Sri" not in mail.body + mail.subject
    assert "S.E." not in mail.body
    assert "/pelindungan-data/permintaan/" in mail.body


def test_asking_by_the_page(member, person):
    answer = member.post(
        RIGHTS, {"go": "ask", "kind": "question", "text": "Untuk apa skor saya?"}, follow=True
    )
    page = answer.content.decode()
    assert "72 jam" in page
    assert "Untuk apa skor saya?" in page
    assert "sisa 71 jam" in page


def test_erasure_is_asked_only_by_whoever_is_sure(member):
    answer = member.post(RIGHTS, {"go": "ask", "kind": "erasure"})
    assert answer.status_code == 422
    assert not DataRequest.objects.exists()
    member.post(RIGHTS, {"go": "ask", "kind": "erasure", "is_sure": "on"})
    assert DataRequest.objects.get().kind == Kind.ERASURE


# --- at once --------------------------------------------------------------------------------------------------------


def test_restricting_takes_effect_at_once_and_ends_open_shares(
    member, person, mailoutbox, django_capture_on_commit_callbacks
):
    share = share_of(submitted_attempt(person, published_version()), UserFactory(), "RAPI")
    with django_capture_on_commit_callbacks(execute=True):
        member.post(RIGHTS, {"go": "restrict"})
        member.post(RIGHTS, {"go": "restrict"})
    assert ReportShare.objects.get(pk=share.pk).ending == ReportShare.Ending.REVOKED
    request = DataRequest.objects.get()
    assert (request.kind, request.state, request.decided_by) == (Kind.RESTRICTION, State.DONE, person)
    assert request.decided_at - request.asked_at < timedelta(seconds=5)
    assert [mail.to for mail in mailoutbox] == [["sri@uji.example"]]  # the proof
    assert "Cabut pembatasan" in member.get(RIGHTS).content.decode()
    member.post(RIGHTS, {"go": "lift"})
    assert "Batasi sekarang" in member.get(RIGHTS).content.decode()


def test_withdrawing_a_consent_takes_effect_at_once(member, person):
    set_reminders_of(person)
    assert "Pengingat rencana lewat surel" in member.get(RIGHTS).content.decode()
    for purpose in ("plan_reminders", "period_reminders"):
        member.post(RIGHTS, {"go": "choose", "purpose": purpose, "wanted": "0"})
        member.post(RIGHTS, {"go": "choose", "purpose": purpose, "wanted": "0"})
    person.refresh_from_db()
    assert not person.plan_settings.wants_reminders
    assert not MailChoice.objects.get(person=person).wants_reminders
    withdrawn = Consent.objects.filter(person=person, is_given=False)
    assert set(withdrawn.values_list("purpose", flat=True)) == {"plan_reminders", "period_reminders"}
    assert DataRequest.objects.filter(kind=Kind.WITHDRAWAL, state=State.DONE).count() == 2
    assert AuditEvent.objects.filter(event="mail.reminders_stopped", actor_id=person.pk).count() == 1


def test_consent_can_be_given_again_and_a_share_only_at_the_report(member, person):
    member.post(RIGHTS, {"go": "choose", "purpose": "plan_reminders", "wanted": "1"})
    assert person.plan_settings.wants_reminders
    answer = member.post(
        RIGHTS, {"go": "choose", "purpose": "report_share", "wanted": "1"}, follow=True
    ).content.decode()
    assert "dari halaman laporannya" in answer
    assert not DataRequest.objects.exists()


def test_taking_back_a_share_is_a_withdrawn_consent(person):
    share = share_of(submitted_attempt(person, published_version()), UserFactory(), "RAPI")
    requests.choose(person=person, purpose=Consent.Purpose.REPORT_SHARE, wanted=False)
    share.refresh_from_db()
    assert share.ended_at
    choices = Consent.objects.filter(person=person, purpose="report_share").order_by("pk")
    assert [choice.is_given for choice in choices] == [True, False]


@pytest.mark.parametrize("body", [{"go": "x"}, {"go": "choose", "purpose": "lain", "wanted": "0"}])
def test_what_nobody_can_press_is_not_found(member, body):
    assert member.post(RIGHTS, body).status_code == 404


# --- answering ------------------------------------------------------------------------------------------------------


def test_a_correction_is_made_and_told(
    client, person, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    asked = request_of(person)
    client.force_login(administrator)
    room = client.get(reverse("privacy:protection", args=[asked.agency.code])).content.decode()
    assert "Sri Wahyuni" in room
    body = {"go": "correct", "name": "Sri Wahyuni", "title_after": "S.E.", "email": person.email}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page_of(asked), body | {"answer": "Sudah diperbaiki."}).status_code == 302
    person.refresh_from_db()
    assert person.get_full_name() == "Sri Wahyuni, S.E."
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.answer) == (State.DONE, administrator, "Sudah diperbaiki.")
    event = AuditEvent.objects.get(event="user.changed")
    assert event.detail == {"fields": ["title_after"]}  # never what it said
    [mail] = mailoutbox
    assert mail.to == ["sri@uji.example"]
    client.force_login(person)
    assert "Sudah diperbaiki." in client.get(RIGHTS).content.decode()


def test_declining_needs_a_reason_without_a_nip(client, person, administrator):
    asked = request_of(person)
    client.force_login(administrator)
    for words in ("", f"NIP {person.nip} sudah benar"):
        assert client.post(page_of(asked), {"go": "decline", "answer": words}).status_code == 422
    asked.refresh_from_db()
    assert asked.state == State.OPEN
    client.post(page_of(asked), {"go": "decline", "answer": "Data itu sudah benar."})
    asked.refresh_from_db()
    assert asked.state == State.DECLINED


def test_the_second_answer_changes_nothing(person, administrator):
    asked = request_of(person)
    requests.answer(request=asked, by=administrator, answer="Sudah.")
    with pytest.raises(RequestRefused):
        requests.decline(request=asked, by=administrator, answer="Tidak.")
    asked.refresh_from_db()
    assert asked.answer == "Sudah."


def test_nobody_answers_the_own_request(administrator):
    asked = request_of(administrator)
    with pytest.raises(RequestRefused):
        requests.answer(request=asked, by=administrator, answer="Ya.")


def test_erasure_on_request_is_real_and_told_to_the_old_address(
    client, person, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    submitted_attempt(person, published_version())
    asked = request_of(person, Kind.ERASURE, text="")
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page_of(asked), {"go": "erase"}).status_code == 302
    erased = User.objects.get(pk=person.pk)
    assert (erased.nip, erased.email, erased.attempts.count()) == (None, "", 0)
    assert not DataRequest.objects.exists()
    event = AuditEvent.objects.get(event="person.erased")
    assert str(asked.public_id) in event.detail["reason"]
    assert [mail.to for mail in mailoutbox] == [["sri@uji.example"]]


def test_nobody_is_erased_who_did_not_ask(client, person, administrator):
    asked = request_of(person, Kind.QUESTION)
    client.force_login(administrator)
    assert client.post(page_of(asked), {"go": "erase"}).status_code == 422
    assert User.objects.get(pk=person.pk).nip == person.nip
    with pytest.raises(RequestRefused):
        requests.answer(
            request=request_of(person, Kind.ERASURE, text=""), by=administrator, answer="Sudah dihapus."
        )


def test_whoever_looks_after_a_part_or_another_agency_finds_nothing(client, person, agency):
    asked = request_of(person)
    part = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=add_unit(root_of(agency), "dinas"))
    elsewhere = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=AgencyFactory())
    for somebody in (part, elsewhere):
        client.force_login(somebody)
        for address in (page_of(asked), reverse("privacy:protection", args=[agency.code])):
            assert client.get(address).status_code == 404
    other = elsewhere.role_grants.get().agency
    client.force_login(elsewhere)
    through = reverse("privacy:request", args=[other.code, asked.public_id])
    assert client.get(through).status_code == 404


def test_the_database_keeps_state_and_times_together(person):
    asked = request_of(person)
    for fields in ({"state": "done"}, {"due_at": asked.asked_at}, {"decided_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DataRequest.objects.filter(pk=asked.pk).update(**fields)
