"""Codes that HR makes: for people within the own reach only, who are not more than respondents, on paper or by mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import ActivationCode
from agencies import activation
from agencies.actions import place_person
from agencies.models import EmploymentKind, JobCategory, Role
from agencies.policies import PolicyError
from audit.models import AuditEvent
from background import actions as background
from background.models import BackgroundJob
from tests.factories.accounts import UserFactory, user_with_password
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def health(agency):
    return add_unit(root_of(agency), "dinkes", "Dinas Kesehatan")


@pytest.fixture
def administrator(agency):
    return person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)


def newcomer(unit, **fields):
    """Somebody who was imported: with a place and without a password."""
    person = UserFactory(**fields)
    person.set_unusable_password()
    person.save()
    return placed_person(unit, person=person)


def ask(client, who, agency, **body):
    client.force_login(who)
    return client.post(reverse("agencies:codes", args=[agency.code]), body)


def sheet(agency, by, *, unit=None, numbers=(), is_again=False):
    return activation.issue_sheet(
        agency=agency, unit=unit, numbers=list(numbers), is_again=is_again, by=by, language="id"
    )


def names_on(document):
    return [section.title for section in document.sections]


def codes_on(document):
    return CODE.findall(repr(document))


def test_the_sheet_is_a_pdf_and_the_code_on_it_opens_the_account(client, agency, health, administrator):
    person = newcomer(health)
    response = ask(client, administrator, agency, go="print")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response.headers["Cache-Control"]
    assert person.nip not in response.headers["Content-Disposition"]
    code = codes_on(sheet(agency, administrator, is_again=True))[0]
    user = accounts.set_password_with_code(nip=person.nip, code=code, password="kolam ikan di teras")
    assert user == person


def test_the_sheet_shows_no_whole_number(agency, health, administrator):
    person = newcomer(health)
    text = repr(sheet(agency, administrator))
    assert person.nip not in text
    assert person.nip[-3:] in text


def test_each_code_stands_in_the_trail_of_the_agency_without_itself(agency, health, administrator):
    person = newcomer(health)
    code = codes_on(sheet(agency, administrator))[0]
    event = AuditEvent.objects.get(event="user.code_issued")
    assert (event.actor_id, event.target_id, event.agency_id) == (
        administrator.pk,
        str(person.pk),
        agency.pk,
    )
    assert code not in repr(list(AuditEvent.objects.values()))


def test_whoever_holds_a_code_is_left_alone_unless_asked_for(agency, health, administrator):
    first = newcomer(health, name="Ani")
    sheet(agency, administrator)
    kept = ActivationCode.objects.get(user=first).digest
    newcomer(health, name="Budi")
    assert names_on(sheet(agency, administrator)) == ["Budi"]
    assert ActivationCode.objects.get(user=first).digest == kept
    assert names_on(sheet(agency, administrator, is_again=True)) == ["Ani", "Budi"]
    assert names_on(sheet(agency, administrator, numbers=[first.nip])) == ["Ani"]
    assert ActivationCode.objects.get(user=first).digest != kept


def test_a_code_that_has_run_out_is_as_none(agency, health, administrator):
    newcomer(health)
    sheet(agency, administrator)
    issued = timezone.now() - timedelta(days=40)
    ActivationCode.objects.update(issued_at=issued, expires_at=issued + timedelta(days=30))
    assert len(codes_on(sheet(agency, administrator))) == 1


def test_a_unit_brings_those_below_it_and_nobody_who_worked_there_before(agency, health, administrator):
    ward = add_unit(health, "puskesmas")
    newcomer(ward, name="Ani")
    moved = newcomer(health, name="Budi")
    place_person(
        person=moved,
        unit=add_unit(root_of(agency), "disdik"),
        job_category=JobCategory.OPERATIVE,
        employment_kind=EmploymentKind.PERMANENT,
        by=None,
    )
    assert names_on(sheet(agency, administrator, unit=health)) == ["Ani"]


def test_an_administrator_of_a_unit_makes_codes_for_that_unit_only(agency, health):
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=health)
    newcomer(health, name="Ani")
    outside = newcomer(add_unit(root_of(agency), "disdik"), name="Budi")
    with pytest.raises(PolicyError, match="1 NIP bukan pegawai dalam jangkauan"):
        sheet(agency, by, numbers=[outside.nip])
    assert not ActivationCode.objects.exists()
    assert names_on(sheet(agency, by)) == ["Ani"]


def test_the_hr_of_another_agency_neither_sees_the_page_nor_gets_a_code(client, agency, health):
    person = newcomer(health)
    other = AgencyFactory()
    stranger = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=other)
    assert ask(client, stranger, agency, go="print").status_code == 404
    for body in (
        {"go": "print", "numbers": person.nip},
        {"go": "forgotten", "nip": person.nip, "reason": "x"},
    ):
        assert ask(client, stranger, other, **body).status_code == 422
    assert not ActivationCode.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENCY_ANALYST, Role.AGENCY_ADMINISTRATOR])
def test_nobody_with_a_role_is_let_in_by_paper(agency, health, administrator, role):
    person = newcomer(health)
    person_with_role(role, agency=agency, person=person)
    with pytest.raises(PolicyError, match="1 NIP bukan"):
        sheet(agency, administrator, numbers=[person.nip])


def test_nobody_without_need_gets_a_code(agency, health, administrator):
    placed_person(health, person=user_with_password())
    newcomer(health, is_active=False)
    with pytest.raises(PolicyError, match="Tidak ada pegawai"):
        sheet(agency, administrator)


def test_too_many_for_one_sheet_are_refused_before_any_code_is_made(
    monkeypatch, agency, health, administrator
):
    monkeypatch.setattr(activation, "MOST_CODES", 1)
    newcomer(health)
    newcomer(health)
    with pytest.raises(PolicyError, match="Lebih dari 1 pegawai"):
        sheet(agency, administrator)
    assert not ActivationCode.objects.exists()


def test_the_page_counts_and_needs_no_more_queries_for_more_people(client, agency, health, administrator):
    client.force_login(administrator)
    url = reverse("agencies:codes", args=[agency.code])
    counts = []
    for _round in range(2):
        for _each in range(3):
            newcomer(health, email="ada@uji.example")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert page.context["waiting"] == activation.Waiting(people=6, with_code=0, to_mail=6)


# --- by mail --------------------------------------------------------------------------------------------------------


def test_codes_are_mailed_once_to_those_who_have_an_address(
    client, agency, health, administrator, django_capture_on_commit_callbacks
):
    person = newcomer(health, email="ada@uji.example")
    newcomer(health, email="")
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(client, administrator, agency, go="mail").status_code == 302
    assert BackgroundJob.objects.get(kind=activation.MAIL).state == BackgroundJob.State.DONE
    (message,) = mail.outbox
    assert message.to == ["ada@uji.example"]
    assert person.nip not in message.body + message.subject
    assert not CODE.search(message.subject)
    code = CODE.search(message.body).group()
    assert ask(client, administrator, agency, go="mail").status_code == 422
    assert len(mail.outbox) == 1
    accounts.set_password_with_code(nip=person.nip, code=code, password="kolam ikan di teras")


def test_a_mail_server_that_fails_leaves_no_code_behind(monkeypatch, client, agency, health, administrator):
    newcomer(health, email="ada@uji.example")

    def fail(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    ask(client, administrator, agency, go="mail")
    job = BackgroundJob.objects.get(kind=activation.MAIL)
    assert job.state == BackgroundJob.State.FAILED
    assert "Peladen surel" in job.reason
    assert not ActivationCode.objects.exists()


def test_whoever_lost_the_reach_meanwhile_mails_nothing(agency, health, administrator):
    newcomer(health, email="ada@uji.example")
    administrator.role_grants.all().delete()
    background.start(kind=activation.MAIL, subject_id=health.pk, agency_id=agency.pk, by=administrator)
    assert BackgroundJob.objects.get(kind=activation.MAIL).state == BackgroundJob.State.FAILED
    assert mail.outbox == []


# --- forgotten passwords --------------------------------------------------------------------------------------------


def test_a_forgotten_password_gets_a_slip_for_a_day_and_its_owner_is_told(
    client, agency, health, administrator
):
    person = placed_person(health, person=user_with_password(email="ada@uji.example"))
    response = ask(client, administrator, agency, go="forgotten", nip=person.nip, reason="Menunjukkan KTP")
    assert response.content.startswith(b"%PDF")
    kept = ActivationCode.objects.get(user=person)
    assert kept.is_for_forgotten
    assert kept.expires_at - kept.issued_at == timedelta(days=1)
    event = AuditEvent.objects.get(event="user.forgotten_code_issued")
    assert (event.actor_id, event.detail) == (administrator.pk, {"reason": "Menunjukkan KTP"})
    assert "Bila Anda tidak memintanya" in mail.outbox[0].body
    assert not CODE.search(mail.outbox[0].body)


def test_no_slip_without_a_reason(client, agency, health, administrator):
    person = placed_person(health, person=user_with_password())
    assert ask(client, administrator, agency, go="forgotten", nip=person.nip, reason=" ").status_code == 422
    assert not ActivationCode.objects.exists()


def slip(agency, by, person):
    return activation.issue_slip(agency=agency, number=person.nip, reason="datang", by=by, language="id")


def test_no_slip_for_a_role_holder_for_oneself_or_for_people_elsewhere(agency, health, administrator):
    analyst = placed_person(health, person=user_with_password())
    person_with_role(Role.AGENCY_ANALYST, agency=agency, person=analyst)
    own = user_with_password()
    person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency, person=placed_person(health, person=own))
    elsewhere = placed_person(root_of(AgencyFactory()), person=user_with_password())
    for person, sentence in ((analyst, "peran lain"), (own, "akun Anda sendiri"), (elsewhere, "jangkauan")):
        with pytest.raises(PolicyError, match=sentence):
            slip(agency, own, person)
    assert not ActivationCode.objects.exists()


def test_a_step_that_nobody_knows_makes_nothing(client, agency, health, administrator):
    newcomer(health)
    assert ask(client, administrator, agency, go="everything").status_code == 422
    assert not ActivationCode.objects.exists()
