"""The administration rooms of people, units and roles, and the trail: who sees what, and what a page costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies import actions
from agencies.admin_paging import LookaheadPaginator
from agencies.models import EmploymentKind, JobCategory, Role, RoleGrant
from audit.actions import record
from audit.models import AuditEvent
from background.models import BackgroundJob
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of

pytestmark = pytest.mark.django_db

LISTS = {
    "accounts_user",
    "agencies_agency",
    "agencies_unit",
    "agencies_placement",
    "agencies_rolegrant",
    "audit_auditevent",
    "background_backgroundjob",
}


def list_page(client, user, name, **query):
    client.force_login(user)
    return client.get(reverse(f"admin:{name}_changelist"), query)


def rows(client, user, name, **query):
    return list(list_page(client, user, name, **query).context["cl"].result_list)


def move_to(unit, person):
    actions.place_person(
        person=person,
        unit=unit,
        job_category=JobCategory.OPERATIVE,
        employment_kind=EmploymentKind.PERMANENT,
        by=None,
    )


@pytest.fixture
def operator():
    return UserFactory(is_superuser=True, is_staff=True)


def failed_job(agency, *, subject_id=1, reason="Berkasnya sudah tidak ada. Unggah sekali lagi."):
    now = timezone.now()
    return BackgroundJob.objects.create(
        kind="tests.gone",
        subject_id=subject_id,
        agency_id=agency.pk,
        state=BackgroundJob.State.FAILED,
        reason=reason,
        asked_at=now,
        finished_at=now,
    )


# --- who sees what ----------------------------------------------------------------------------------------


def test_a_former_agency_no_longer_reads_the_person_and_the_new_one_does(client):
    old, new = AgencyFactory(), AgencyFactory()
    person = placed_person(root_of(old))
    move_to(root_of(new), person)
    assert rows(client, person_with_role(Role.AGENCY_ADMINISTRATOR, agency=old), "accounts_user") == []
    assert rows(client, person_with_role(Role.AGENCY_ADMINISTRATOR, agency=new), "accounts_user") == [person]


def test_a_person_who_moved_within_the_agency_stands_in_the_list_once(client):
    agency = AgencyFactory()
    person = placed_person(root_of(agency))
    move_to(add_unit(root_of(agency), "dinas"), person)
    administrator = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)
    assert rows(client, administrator, "accounts_user") == [person]


def test_an_administrator_of_a_unit_sees_the_unit_and_what_is_below_it_only(client):
    agency = AgencyFactory()
    health, education = add_unit(root_of(agency), "dinkes"), add_unit(root_of(agency), "disdik")
    clinic = add_unit(health, "puskesmas")
    nurse, _teacher = placed_person(clinic), placed_person(education)
    # The same path in another agency is another unit.
    other = add_unit(root_of(AgencyFactory()), "dinkes")
    placed_person(other)
    assert other.path == health.path
    person = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency, unit=health)
    own_grant = RoleGrant.objects.get(user=person)
    person_with_role(Role.AGENCY_ANALYST, agency=agency, unit=education)
    assert rows(client, person, "accounts_user") == [nurse]
    assert rows(client, person, "agencies_unit") == [health, clinic]
    assert [place.person for place in rows(client, person, "agencies_placement")] == [nurse]
    assert rows(client, person, "agencies_rolegrant") == [own_grant]
    assert rows(client, person, "agencies_agency") == []


def test_an_auditor_of_an_agency_reads_its_trail_and_one_of_a_unit_reads_none(client):
    agency, unit = AgencyFactory(), add_unit(root_of(AgencyFactory()), "dinas")
    auditor = person_with_role(Role.AUDITOR, agency=agency)
    assert {event.agency_id for event in rows(client, auditor, "audit_auditevent")} == {agency.pk}
    of_unit = person_with_role(Role.AUDITOR, unit=unit)
    assert rows(client, of_unit, "audit_auditevent") == []


def test_failed_jobs_are_read_by_the_administrators_of_their_agency_with_the_reason(client):
    agency = AgencyFactory()
    job = failed_job(agency)
    own = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)
    assert rows(client, own, "background_backgroundjob") == [job]
    assert job.reason in list_page(client, own, "background_backgroundjob").content.decode()
    page = client.get(reverse("admin:background_backgroundjob_change", args=[job.pk]))
    assert job.reason in page.content.decode()
    elsewhere = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=AgencyFactory())
    assert rows(client, elsewhere, "background_backgroundjob") == []


# --- giving a role ----------------------------------------------------------------------------------------


def give(client, operator, **fields):
    client.force_login(operator)
    values = {name: getattr(value, "pk", value) for name, value in fields.items()}
    return client.post(reverse("admin:agencies_rolegrant_add"), values)


def sentences(response):
    errors = response.context["adminform"].form.errors
    return [sentence for field in errors.values() for sentence in field]


def test_the_operator_gives_a_role_and_the_trail_knows(client, operator):
    person, unit = UserFactory(), add_unit(root_of(AgencyFactory()), "dinas")
    response = give(client, operator, user=person, role=Role.AGENCY_ANALYST, unit=unit)
    assert response.status_code == 302
    grant = RoleGrant.objects.get(user=person)
    assert (grant.unit, grant.agency, grant.granted_by) == (unit, unit.agency, operator)
    assert AuditEvent.objects.get(event="role.granted").actor_id == operator.pk


def test_an_impossible_role_comes_back_with_one_sentence(client, operator):
    person, agency = UserFactory(), AgencyFactory()
    foreign = root_of(AgencyFactory())
    for fields, words in [
        ({"role": Role.BANK_EDITOR, "agency": agency}, "semua instansi"),
        ({"role": Role.AGENCY_ANALYST}, "Pilih instansinya"),
        ({"role": Role.AGENCY_ANALYST, "agency": agency, "unit": foreign}, "bukan milik instansi"),
    ]:
        response = give(client, operator, user=person, **fields)
        assert response.status_code == 200
        [sentence] = sentences(response)
        assert words in sentence
    assert not RoleGrant.objects.exists()


@pytest.mark.parametrize("reach", ["everywhere", "agency", "unit"])
def test_a_role_given_before_comes_back_with_a_sentence(client, operator, reach):
    agency, person = AgencyFactory(), UserFactory()
    fields = {
        "everywhere": {"role": Role.BANK_EDITOR},
        "agency": {"role": Role.AUDITOR, "agency": agency},
        "unit": {"role": Role.AUDITOR, "agency": agency, "unit": root_of(agency)},
    }[reach]
    actions.grant_role(user=person, by=None, **fields)
    assert sentences(give(client, operator, user=person, **fields)) == ["Peran ini sudah diberikan."]


# --- the trail --------------------------------------------------------------------------------------------


def test_the_trail_is_filtered_by_the_known_kinds_of_event(client, operator):
    agency = AgencyFactory()
    add_unit(root_of(agency), "dinas")
    shown = rows(client, operator, "audit_auditevent", event="unit.added")
    assert [event.event for event in shown] == ["unit.added"]
    assert "unit kerja ditambahkan" in list_page(client, operator, "audit_auditevent").content.decode()


def test_no_page_of_the_trail_counts_or_searches_all_of_it(client, operator):
    AgencyFactory()
    with CaptureQueriesContext(connection) as queries:
        page = list_page(client, operator, "audit_auditevent", event="agency.created")
    asked = [query["sql"] for query in queries if "audit_auditevent" in query["sql"]]
    # The rows, how many pages of them, and how many events wait for their place in the chain.
    assert len(asked) == 3
    assert all("LIMIT 1100" in sql or "LIMIT 1001" in sql or "COUNT" not in sql for sql in asked)
    assert not any("DISTINCT" in sql or "MIN(" in sql for sql in asked)
    assert "1 jejak" not in page.content.decode()


def test_every_page_of_the_trail_can_be_reached(client, operator):
    for number in range(1, 1303):
        record(event="user.created", by=None, target=operator, detail={"number": number})
    first = list_page(client, operator, "audit_auditevent").context["cl"]
    assert (first.paginator.num_pages, first.result_list[0].detail["number"]) == (11, 1302)
    assert list_page(client, operator, "audit_auditevent", p=11).context["cl"].paginator.num_pages == 14
    last = rows(client, operator, "audit_auditevent", p=14)
    assert [event.detail["number"] for event in last] == [2, 1]


@pytest.mark.parametrize("asked", ["0", "-1", "x", "", "9" * 30, "9" * 5000])
def test_a_page_number_without_sense_counts_as_the_first(asked):
    assert LookaheadPaginator(AuditEvent.objects.all(), 100, page_asked=asked).horizon <= 1100


# --- what a list costs ------------------------------------------------------------------------------------


def fill(agency, *, start, count):
    """So many units, each with a person who works there and holds a role; all of it in the trail."""
    for number in range(start, start + count):
        unit = add_unit(root_of(agency), f"unit-{number}")
        person = placed_person(unit)
        person_with_role(Role.AGENCY_ANALYST, unit=unit, person=person)
        failed_job(agency, subject_id=number)
        AgencyFactory()


def cost_of(client, name):
    """How many queries the page asks, and how many rows it shows."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(f"admin:{name}_changelist"))
    return len(queries), len(response.context["cl"].result_list)


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("who", ["operator", "agency", "unit"])
def test_no_list_asks_more_of_the_database_when_it_is_longer(client, operator, name, who):
    agency = AgencyFactory()
    unit = root_of(agency) if who == "unit" else None
    user = operator
    if who != "operator":
        user = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency, unit=unit)
        person_with_role(Role.AUDITOR, agency=agency, unit=unit, person=user)
    fill(agency, start=0, count=2)
    list_page(client, user, name)  # the first page of a session also looks up the person's clock
    few, few_rows = cost_of(client, name)
    fill(agency, start=2, count=8)
    many, many_rows = cost_of(client, name)
    assert many == few
    assert many_rows > few_rows or who != "operator"
