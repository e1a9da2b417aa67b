"""*Data saya*: whole, in three files, of nobody else, and every copy is an event."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from jsonschema import Draft202012Validator

from accounts.models import ActivationCode, User
from accounts.restricting import restrict_processing
from agencies import actions as agency_actions
from agencies.models import Role
from assessments import page_times
from assessments.models import Assignment, Attempt, Audience, Delivery, ListedPerson, MailChoice
from audit.actions import record
from audit.models import AuditEvent
from development import actions as plan_actions
from development.models import Reminder
from privacy.models import IncidentLetter
from privacy.own_data import own_data
from privacy.own_data.as_csv import to_csv
from privacy.own_data.as_json import schema, to_json
from privacy.own_data.as_pdf import to_document
from privacy.own_data.collecting import TABLES
from privacy.own_data.values import Column, Group, Part, Table
from questionnaires.document import load_document
from reports.sharing.actions import look_at_share
from reports.sharing.parts import Part as SharedPart
from tests.factories.accounts import UserFactory, user_with_password
from tests.factories.agencies import AgencyFactory, add_unit, placed_person, root_of
from tests.factories.assessments import (
    answer,
    drafted_period,
    open_campaign,
    started_attempt,
    submitted_attempt,
)
from tests.factories.data_protection import incident_at, request_of
from tests.factories.development import goal_of, set_reminders_of
from tests.factories.questionnaires import published_version
from tests.factories.second_factors import SECRET, with_app
from tests.factories.sharing import EVERYTHING, share_of

pytestmark = pytest.mark.django_db

SCHEMA_FILE = Path("privacy/schemas/my-data-1.schema.json")
PAGE = reverse("privacy:my_data")
COPIES = {form: reverse(f"privacy:copy_{form}") for form in ("json", "csv", "pdf")}


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def agency():
    return AgencyFactory(name="Kabupaten Contoh")


def somebody(agency, version, *, name="Sri Wahyuni", code="dinas", times=1):
    """A person with a row in every table; ``times`` as many where there may be several."""
    unit = add_unit(root_of(agency), code)
    person = placed_person(unit, person=with_app(user_with_password(name=name)))
    for number in range(times):
        fill(person, agency, version, f"{name} {number}")
    now = timezone.now()
    MailChoice.objects.create(person=person, wants_reminders=False)
    set_reminders_of(person)
    request_of(person)
    incident = incident_at(agency)
    IncidentLetter.objects.create(incident=incident, person=person, claimed_at=now, sent_at=now)
    restrict_processing(person=person, by=person)
    ActivationCode.objects.create(
        user=person, digest="d1gest-rahasia", issued_at=now, expires_at=now + timedelta(days=1)
    )
    return person


def fill(person, agency, version, mark):
    """One more row of everything that a person may have several of."""
    now, other = timezone.now(), UserFactory(name=f"Atasan dari {mark}")
    campaign = open_campaign(version, agency=agency, people=[person])
    assignment = Assignment.objects.get(campaign=campaign, person=person)
    Delivery.objects.create(assignment=assignment, number=0, claimed_at=now, sent_at=now)
    attempt = submitted_attempt(person, version, campaign=campaign)
    seconds = page_times.encode(load_document(version.pk), {load_document(version.pk).sections[0].code: 40})
    Attempt.objects.filter(pk=attempt.pk).update(page_seconds=seconds)
    share = share_of(attempt, other, "RAPI", parts=EVERYTHING - {SharedPart.JUDGEMENT}, note=f"Pesan {mark}")
    look_at_share(share=share, by=other)
    theirs = share_of(submitted_attempt(other, version), person)
    look_at_share(share=theirs, by=person)
    goal = goal_of(person, behaviour=f"Sasaran {mark}")
    plan_actions.start_goal(goal=goal, note=f"Mulai {mark}", by=person)
    plan_actions.record_progress(goal=goal, note=f"Catatan {mark}", jp=2, by=person)
    plan_actions.complete_goal(goal=goal, note="", by=person)
    Reminder.objects.create(goal=goal, kind="half", due_on=goal.due_on, claimed_at=now)
    draft = drafted_period(version, agency=agency)
    ListedPerson.objects.create(audience=Audience.objects.get(campaign=draft), person=person)
    UserSession.objects.create(
        user=person, session_key=f"kunci-{mark}", ip="10.0.0.7", user_agent="Firefox/1", data={}
    )
    EmailAddress.objects.create(user=person, email=f"{other.pk}@uji.example", primary=False)
    SocialAccount.objects.create(
        user=person, provider="instansi", uid=f"uid-{mark}", extra_data={"name": mark}
    )
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=other, content_type=about, object_id=str(person.pk), object_repr=mark, action_flag=CHANGE
    )
    record(event="user.deactivated", by=other, target=person)


@pytest.fixture
def person(agency, version):
    return User.objects.get(pk=somebody(agency, version).pk)


# --- whole ----------------------------------------------------------------------------------------------------------


def test_every_table_has_the_rows_of_somebody_who_has_everything(person):
    empty = [part.table.code for part in own_data(person).parts if not part.rows]
    assert empty == []


def test_answers_and_scores_stand_there_in_words(person):
    data = own_data(person)
    answers = data.part("answers").rows
    assert all(row[2] and row[4] for row in answers)
    scores = {row[3]: row for row in data.part("scores").rows}
    assert any(row[4] is not None and row[5] and row[6].words for row in scores.values())


def test_an_attempt_that_is_not_sent_yet_is_there_with_its_answers(agency, version):
    writer = placed_person(root_of(agency))
    answer(started_attempt(writer, version))
    data = own_data(writer)
    assert data.part("attempts").rows[0][4].code == "in_progress"
    assert data.part("answers").rows
    assert not data.part("scores").rows


def test_who_looked_and_when_stands_first(person):
    first = own_data(person).parts[0]
    assert first.table.code == "looks"
    (looked_at, by, _report, parts) = first.rows[0]
    assert looked_at <= timezone.now()
    assert by == "Atasan dari Sri Wahyuni 0"
    assert "Jawaban butir demi butir" in parts


def test_what_others_did_to_me_and_what_i_did_stand_apart(person):
    data = own_data(person)
    about = {(row[1], row[3]) for row in data.part("events_about").rows}
    assert ("Atasan dari Sri Wahyuni 0", "user.deactivated") in about
    assert ("Atasan dari Sri Wahyuni 0", "share.looked_at") in about
    by_me = {row[2] for row in data.part("events_by").rows}
    assert {"attempt.submitted", "share.given", "goal.added"} <= by_me
    assert person.get_full_name() not in {row[1] for row in data.part("events_about").rows}


def test_a_role_says_who_gave_it(agency):
    giver, holder = UserFactory(name="Bu Administrator"), UserFactory()
    agency_actions.grant_role(user=holder, role=Role.AGENCY_ANALYST, agency=agency, by=giver)
    (row,) = own_data(holder).part("roles").rows
    assert (row[0].code, row[1], row[4]) == ("agency_analyst", "Kabupaten Contoh", "Bu Administrator")


def test_nothing_secret_is_in_any_copy(person):
    secrets = [SECRET, "d1gest-rahasia", person.password, "kunci-Sri Wahyuni 0"]
    secrets.append(str(person.plan_settings.unsubscribe_key))
    data = own_data(person)
    for content in (to_json(data).decode(), to_csv(data).decode(), str(to_document(data).as_data())):
        assert [secret for secret in secrets if secret in content] == []


def test_older_events_are_left_to_the_files_where_there_are_many(person):
    cut = own_data(person, newest_events=1).part("events_by")
    assert cut.is_cut
    assert len(cut.rows) == 1
    assert not own_data(person).part("events_by").is_cut


def test_a_row_with_a_cell_too_few_is_a_fault():
    table = Table("x", Group.PERSON, "X", "", (Column("a", "A"), Column("b", "B")))
    with pytest.raises(ValueError, match="2 cells"):
        Part(table, [("satu",)])


def test_the_number_of_queries_does_not_grow_with_what_is_held(agency, version):
    few = somebody(agency, version, name="Sedikit", code="a")
    many = somebody(agency, version, name="Banyak", code="b", times=4)
    counts = []
    for each in (few, many):
        own_data(each)  # versions and rules are in memory then, as in a running process
        with CaptureQueriesContext(
            connection,
        ) as queries:
            own_data(User.objects.get(pk=each.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 40


# --- the three files ------------------------------------------------------------------------------------------------


def test_json_follows_the_published_schema(person):
    content = json.loads(to_json(own_data(person)))
    assert content["format"] == "cermin-data-saya/1"
    assert content["data"]["person"][0]["nip"] == person.nip
    assert list(Draft202012Validator(schema()).iter_errors(content)) == []


def test_the_published_schema_is_the_one_in_force():
    """Whoever changes it knows: a table or column that goes, or means something else, raises the number."""
    with override("id"):
        assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == schema()


def test_the_schema_says_what_every_table_and_column_is():
    with override("en"):
        tables = schema()["properties"]["data"]["properties"]
    assert list(tables) == [table.code for table in TABLES]
    assert all(table["title"] and table["description"] for table in tables.values())


def test_csv_has_a_line_for_every_cell(person):
    data = own_data(person)
    lines = list(csv.reader(io.StringIO(to_csv(data).decode("utf-8-sig")), delimiter=";"))
    cells = sum(len(part.rows) * len(part.table.columns) for part in data.parts)
    assert len(lines) == 1 + cells
    assert ["person", "Data akun", "1", "nip", "NIP", person.nip] in lines


@pytest.mark.parametrize("text", ["=1+1", "+62", "-2", "@SUM(A1)", "\tx", "\uff1dA1"])
def test_nothing_that_somebody_wrote_runs_in_a_spreadsheet(text):
    writer = UserFactory(name=text)
    goal_of(writer, behaviour=text)
    lines = list(csv.reader(io.StringIO(to_csv(own_data(writer)).decode("utf-8-sig")), delimiter=";"))
    assert [line for line in lines if line[5].startswith(("=", "+", "-", "@", "\t", "\uff1d"))] == []
    assert f"'{text}" in {line[5] for line in lines}


def test_pdf_holds_what_people_read_and_no_markup_of_theirs(person, client):
    goal_of(person, behaviour='#read("/etc/passwd") *tebal*')
    client.force_login(person)
    response = client.get(COPIES["pdf"])
    assert response.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in response.content
    printed = str(to_document(own_data(person)).as_data())
    assert "Kabupaten Contoh" in printed
    assert '#read("/etc/passwd") *tebal*' in printed


# --- nobody else ----------------------------------------------------------------------------------------------------


def test_no_copy_or_page_of_somebody_else_holds_what_is_mine(agency, version, client):
    mine = somebody(agency, version, name="Rahasia Pribadi", code="a")
    other = somebody(agency, version, name="Orang Lain", code="b")
    client.force_login(other)
    for url in (PAGE, COPIES["json"], COPIES["csv"]):
        content = client.get(url).content.decode()
        assert "Orang Lain" in content
        assert "Rahasia Pribadi" not in content
        assert mine.nip not in content
        assert str(mine.attempts.first().public_id) not in content
    with override("id"):
        assert "Rahasia Pribadi" not in str(to_document(own_data(other)).as_data())


def test_of_a_report_that_others_share_with_me_only_the_sharing_is_mine(person):
    (row,) = own_data(person).part("shares_received").rows
    assert row[0] == "Atasan dari Sri Wahyuni 0"
    theirs = own_data(person).part("attempts").rows
    assert len(theirs) == 1


@pytest.mark.parametrize("url", [PAGE, *COPIES.values(), reverse("privacy:part", args=["answers"])])
def test_a_visitor_is_asked_to_sign_in(client, url):
    response = client.get(url)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


# --- the page -------------------------------------------------------------------------------------------------------


def test_the_page_shows_every_table_and_says_when_one_is_empty(client):
    client.force_login(UserFactory())
    text = client.get(PAGE).content.decode()
    with override("id"):
        assert [str(table.title) for table in TABLES if str(table.title) not in text] == []
    assert "Tidak ada yang tersimpan." in text


def test_a_long_table_has_pages(client, person):
    client.force_login(person)
    for number in range(60):
        goal_of_many(person, number)
    url = reverse("privacy:part", args=["goals"])
    assert client.get(PAGE).content.decode().count(url) == 1
    first, second = client.get(url), client.get(url, {"page": 2})
    assert "Langkah 59" in first.content.decode()
    assert "Langkah 0<" in second.content.decode()
    assert client.get(reverse("privacy:part", args=["tidak-ada"])).status_code == 404


def goal_of_many(person, number):
    goal = goal_of(person, behaviour=f"Langkah {number}")
    plan_actions.complete_goal(goal=goal, note="", by=person)


def test_the_page_says_how_long_everything_is_kept_and_whom_to_ask(client):
    agency = AgencyFactory(dpo_contact="ppdp@jenawi.example")
    client.force_login(placed_person(root_of(agency)))
    page = client.get(PAGE).text
    assert f"Petugas pelindungan data pribadi {agency.name}: ppdp@jenawi.example" in page
    assert "Pengisian yang tidak dikirim: 90 hari" in page
    assert "Jawaban dengan skor dan laporannya: 24 bulan sesudah dikirim." in page


def test_the_menu_of_the_account_leads_there(client):
    client.force_login(UserFactory())
    assert f'href="{PAGE}"' in client.get(reverse("home")).content.decode()


# --- every copy is an event -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", COPIES)
def test_a_copy_is_an_event_and_its_name_tells_nothing(client, form):
    owner = UserFactory()
    client.force_login(owner)
    response = client.get(COPIES[form])
    event = AuditEvent.objects.get(event="own_data.downloaded")
    assert (event.actor_id, event.target_id, event.detail) == (owner.pk, str(owner.pk), {"form": form})
    assert response.headers["Content-Disposition"] == f'attachment; filename="data-saya.{form}"'
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get(PAGE).content.decode().count("salinan data sendiri diunduh") == 1


def test_somebody_who_fetches_copies_without_end_is_asked_to_wait(client, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "own_data": "1/h/user"}
    client.force_login(UserFactory())
    assert client.get(COPIES["json"]).status_code == 200
    assert client.get(COPIES["csv"]).status_code == 429
    assert AuditEvent.objects.filter(event="own_data.downloaded").count() == 1


def test_shared_parts_are_named_as_the_sharing_page_names_them(person):
    named = own_data(person).part("shares_given").rows[0][2].split(", ")
    assert named[1:] == ["Kekuatan dan area pengembangan", "Jawaban butir demi butir", "Rencana pengembangan"]
