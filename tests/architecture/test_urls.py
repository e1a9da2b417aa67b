"""Every address of the product, walked by every role: anonymous to sign-in, no right 403, a stranger 404."""

import hashlib
import re
import uuid
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies import staff_powers
from agencies.models import Placement, RoleGrant, RosterUpload, Unit
from assessments import answers
from assessments.models import (
    Assignment,
    Attempt,
    Audience,
    Campaign,
    Delivery,
    Letters,
    MailChoice,
    ScoreSheet,
)
from audit.models import AuditEvent
from development.models import ActionItem, Goal, GoalStep, PlanSettings
from panels.models import ExpertPanel, PanelInvitation, PanelNote, PanelRating
from questionnaires.document import load_document
from questionnaires.exporting import FORMATS
from reports.models import Export, ExportPart, ReleaseState, ReportLook, ReportShare, ResultCell, SharedPart
from tests.architecture.world import OWN_ACCOUNT, addresses, build_world, product_addresses
from tests.factories.accounts import UserFactory, user_with_password

pytestmark = pytest.mark.django_db

OK, REDIRECT, DENIED, MISSING, NOT_ALLOWED, CONFLICT = 200, 302, 403, 404, 405, 409

# Pages that a person without an account may see, and why.
PUBLIC = {
    "account_login",  # the door
    "account_logout",  # leads to the door
    "account_activate",  # where a code from HR sets a password
    "account_inactive",  # says that an account is closed
    "account_reset_password",  # asks for a link, or says whom to ask
    "account_reset_password_done",  # says to look into the mailbox, whoever asked
    "account_reset_password_from_key",  # the link in that mail
    "account_reset_password_from_key_done",  # leads back to the door
    "openid_connect_login",  # to the sign-on of the agency; 404 where there is none
    "openid_connect_callback",  # back from there
    "socialaccount_login_cancelled",  # says that nothing was changed
    "socialaccount_login_error",  # says what to do instead
    "mfa_authenticate",  # the second step of the door
    "mfa_login_webauthn",  # the door, for whoever has a passkey
    "offline",  # what a browser shows without network
    "service_worker",  # the script that shows it
    "set_language",  # a post without effect but a cookie
    "assessments:stop_letters",  # the link in a letter of a period; tells nothing, and only stops reminders
    "development:stop_reminders",  # the link in a reminder; tells nothing, and only stops reminders
    "panels:enter",  # the secret link of an expert, who has no account; tests/panels walks it
    "panels:unknown_link",  # says that a link opens nothing
    "panels:introduction",  # opens by the cookie that the secret link sets, and by nothing else
    "panels:page",  # as the introduction
    "panels:finish",  # as the introduction
}


@pytest.fixture
def world():
    return build_world()


# Pages of one period, beside those whose names begin with "campaign".
PERIOD_PAGES = {"assessments:discard_campaign", "assessments:extend_campaign", "assessments:letters"}


# Frozen results of one unit, for whoever may open its summary.
UNIT_PAGES = {f"reports:{page}" for page in ("items", "groups", "comparisons", "learning", "exports")}


def expected(name, who):
    """The truth table of the product's own pages: status of a GET."""
    answering = {"owner", "colleague"}
    analysts = {"analyst", "analyst elsewhere", "national"}
    if name in {
        "home",
        "development:plan",
        "development:add",
        "development:plan_calendar",
        "development:plan_pdf",
        "reports:shares",
        "privacy:my_data",
        "privacy:part",
        "privacy:copy_json",
        "privacy:copy_csv",
        "privacy:copy_pdf",
        "privacy:json_schema",
    }:
        return {OK}
    if name == "staff_door":
        return {REDIRECT}  # on to where the person was going, or home
    if name == "leave_staff_rooms":
        return {NOT_ALLOWED}  # a button, never a page
    if name == "assessments:introduction":
        return {OK} if who in answering else {DENIED}
    if name in {
        "assessments:task",
        "assessments:section",
        "assessments:review",
        "reports:personal",
        "reports:personal_pdf",
        "development:goal",
        "development:goal_calendar",
        "development:give_share",
        "reports:share",
    }:
        return {OK} if who == "owner" else {MISSING}
    if name == "development:shared":
        return {OK} if who == "colleague" else {MISSING}  # not even its owner, who has a page with the looks
    if name in {"assessments:resume", "reports:submit"}:
        return {REDIRECT} if who == "owner" else {MISSING}
    if name == "assessments:preview":
        return {OK} if who in {"editor", "approver", "psychometrician"} else {DENIED}
    if name == "agencies:reset_factor":
        return {OK} if who in {"administrator", "administrator elsewhere"} else {DENIED}
    if name == "agencies:template":
        return {OK} if who in {"administrator", "administrator elsewhere"} else {DENIED}
    if name == "agencies:rooms":  # with one agency, straight on to its room
        return {REDIRECT} if who in {"administrator", "administrator elsewhere"} else {DENIED}
    if name in {"agencies:room", "agencies:roster", "agencies:rejected", "agencies:codes", "agencies:roles"}:
        return {OK} if who == "administrator" else {MISSING} if who == "administrator elsewhere" else {DENIED}
    if name == "reports:dashboards":
        return {OK} if who in analysts else {DENIED}
    if name == "reports:national":
        return {OK} if who == "national" else {DENIED}
    if name in {"reports:agency", "reports:unit", *UNIT_PAGES}:
        if who in {"analyst", "national"}:
            return {OK}
        return {MISSING} if who in analysts else {DENIED}
    if name == "reports:export_file":  # for nobody but whoever asked for it
        return {OK} if who == "analyst" else {MISSING} if who in analysts else {DENIED}
    if name == "assessments:campaigns":
        return {OK} if who in {"analyst", "analyst elsewhere"} else {DENIED}
    if name == "assessments:draft_campaign":
        return {NOT_ALLOWED}  # a button, never a page
    if name.startswith("assessments:campaign") or name in PERIOD_PAGES:
        return {OK} if who == "analyst" else {MISSING} if who == "analyst elsewhere" else {DENIED}
    if name in {"reports:technical_reports", "reports:technical", "reports:technical_pdf"}:
        return {OK} if who == "psychometrician" else {DENIED}
    if name == "reports:close":
        return {OK} if who == "analyst" else {MISSING} if who == "analyst elsewhere" else {DENIED}
    if name == "reports:freeze":
        return {NOT_ALLOWED}  # a button, never a page
    if name == "panels:enter":
        return {REDIRECT}  # whoever asks: to the pages of the panel, or to the one that says why not
    if name in {"panels:unknown_link", "panels:introduction", "panels:page", "panels:finish"}:
        return {MISSING}  # no account opens them, only the link
    raise AssertionError(f"{name} has no line in the truth table")


def test_an_anonymous_visitor_is_led_to_the_door_everywhere(client, world):
    for address in addresses(world):
        if address.name in PUBLIC:
            continue
        response = client.get(address.url)
        assert response.status_code == REDIRECT, address
        assert response.headers["Location"].startswith(reverse("account_login")), address


def test_public_pages_answer_an_anonymous_visitor_without_an_error(client, world):
    for address in addresses(world):
        if address.name in PUBLIC:
            assert client.get(address.url).status_code < 500, address


def test_every_role_gets_exactly_what_the_truth_table_says(client, world):
    wrong = []
    for who, person in world.people.items():
        client.force_login(person)
        for address in product_addresses(world):
            allowed = expected(address.name, who)
            status = client.get(address.url).status_code
            if status not in allowed:
                wrong.append(f"{who} {address.name}: {status} instead of {allowed}")
    assert wrong == []


# Pages of one's own account, the same for every role: what somebody gets who has not confirmed lately.
OWN_PAGES = {
    "account_login": REDIRECT,
    "account_logout": OK,
    "account_activate": REDIRECT,  # home: whoever is signed in has a password
    "account_inactive": OK,
    "account_reauthenticate": OK,
    "account_change_password": OK,
    "account_set_password": REDIRECT,
    "account_reset_password": OK,
    "account_reset_password_done": OK,
    "account_reset_password_from_key": OK,
    "account_reset_password_from_key_done": OK,
    "usersessions_list": OK,
    "openid_connect_login": MISSING,  # no sign-on is set up in the suite's settings
    "openid_connect_callback": MISSING,
    "socialaccount_login_cancelled": OK,
    "socialaccount_login_error": OK,
    "mfa_authenticate": REDIRECT,
    "mfa_reauthenticate": REDIRECT,  # to the password, while there is no second factor
    "mfa_login_webauthn": REDIRECT,
    "mfa_reauthenticate_webauthn": REDIRECT,
    "mfa_index": OK,
    "mfa_list_webauthn": REDIRECT,
    "mfa_add_webauthn": REDIRECT,
    "mfa_edit_webauthn": REDIRECT,
    "mfa_remove_webauthn": REDIRECT,
    "mfa_activate_totp": REDIRECT,  # to confirming
    "mfa_deactivate_totp": MISSING,  # there is none
    "mfa_view_recovery_codes": MISSING,
    "mfa_generate_recovery_codes": REDIRECT,
    "mfa_download_recovery_codes": MISSING,
}


def own_pages(world):
    return [address for address in addresses(world) if address.name.startswith(OWN_ACCOUNT)]


def test_the_pages_of_ones_own_account_are_the_same_for_every_role(client, world):
    assert {address.name for address in own_pages(world)} == set(OWN_PAGES)
    for who in ("owner", "analyst", "editor", "nobody"):
        person = user_with_password()
        RoleGrant.objects.filter(user=world.people[who]).update(user=person)
        client.force_login(person)
        for address in own_pages(world):
            assert client.get(address.url).status_code == OWN_PAGES[address.name], (who, address)


def test_nothing_of_an_account_changes_before_the_person_confirms(client, world):
    for address in own_pages(world):
        if not address.name.startswith("mfa_"):
            continue
        client.force_login(user_with_password())
        before = fingerprint(), Authenticator.objects.count()
        assert client.post(address.url, {"code": "123456"}).status_code in {REDIRECT, MISSING, NOT_ALLOWED}, (
            address
        )
        assert (fingerprint(), Authenticator.objects.count()) == before, address


# Pages that respondents have too, or that open for everybody.
NOT_OF_STAFF = {"home", "assessments:introduction", "staff_door", "leave_staff_rooms", "reports:shares"}


def test_before_staff_powers_are_entered_every_staff_page_leads_to_their_door(client, world):
    walked = set()
    for who in set(world.people) - {"owner", "colleague", "nobody"}:
        client.force_login(world.people[who])
        session = client.session
        staff_powers.close_powers(session)
        session.save()
        for address in product_addresses(world):
            if address.name in NOT_OF_STAFF or address.name.startswith(("development:", "privacy:")):
                continue
            if expected(address.name, who) & {OK, REDIRECT} and not address.name.startswith("panels:"):
                response = client.get(address.url)
                walked.add(address.name)
                assert response.status_code == REDIRECT, (who, address)
                assert response.headers["Location"].startswith(reverse("staff_door")), (who, address)
    assert len(walked) > 15


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor", "psychometrician"])
def test_before_staff_powers_are_entered_the_admin_leads_to_their_door(client, world, who):
    client.force_login(world.people[who])
    session = client.session
    staff_powers.close_powers(session)
    session.save()
    response = client.get(reverse("admin:index"))
    assert response.status_code == REDIRECT
    assert response.headers["Location"].startswith(reverse("staff_door"))


def test_closing_what_is_closed_leads_its_analyst_to_the_results(client, world):
    url = reverse("reports:close", args=[world.arguments["campaign_id"]])
    results = [world.arguments["campaign_id"], world.arguments["agency_code"]]
    for who, person in world.people.items():
        client.force_login(person)
        response = client.get(url)
        if who == "analyst":
            assert response.headers["Location"] == reverse("reports:agency", args=results)
        else:
            assert {response.status_code} == expected("reports:close", who), who


# --- posts --------------------------------------------------------------------------------------------------------

# What changes when the person whose page it is posts to it; everything else is for reading only.
EFFECTIVE = {
    "agencies:codes": "administrator",
    "agencies:reset_factor": "administrator",
    "agencies:room": "administrator",
    "agencies:roles": "administrator",
    "agencies:roster": "administrator",
    "assessments:campaign_check": "analyst",
    "assessments:campaign_people": "analyst",
    "assessments:campaign_questionnaires": "analyst",
    "assessments:campaign_times": "analyst",
    "assessments:discard_campaign": "analyst",
    "assessments:draft_campaign": "analyst",
    "assessments:extend_campaign": "analyst",
    "assessments:letters": "analyst",
    "assessments:introduction": "owner",
    "assessments:section": "owner",
    "assessments:task": "owner",
    "development:add": "owner",
    "development:give_share": "owner",
    "development:goal": "owner",
    "development:plan": "owner",
    "reports:close": "analyst",
    "reports:exports": "analyst",
    "reports:freeze": "analyst",
    "reports:share": "owner",
    "reports:submit": "owner",
}
# Whoever may answer begins an attempt of their own, and whoever signs in writes goals and settings of their own.
OWN_ROWS = {
    # An administrator elsewhere gets the page too, but reaches nobody here: tests/agencies/test_factor_reset.py.
    "agencies:reset_factor": {"administrator", "administrator elsewhere"},
    "assessments:draft_campaign": {"analyst", "analyst elsewhere"},
    "assessments:introduction": {"owner", "colleague"},
    "development:add": None,
    "development:plan": None,
    "leave_staff_rooms": None,
    "reports:exports": {"analyst", "national"},
}


def _in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


# What is posted to the pages of a period, drawn from a draft that nobody has edited yet.
PERIOD_BODIES = {
    "assessments:campaign_questionnaires": lambda: {"seen_revision": "0", "title": "Judul lain"},
    "assessments:campaign_people": lambda: {"seen_revision": "0", "base": "whole"},
    "assessments:campaign_times": lambda: {
        "seen_revision": "0",
        "opens_day": _in_days(0),
        "closes_day": _in_days(7),
        "minimum_group_size": "12",
        "participation_target": "75",
    },
    "assessments:campaign_check": lambda: {"seen_revision": "0", "go": "open"},
    "assessments:letters": lambda: {
        "invitation": "Isilah di {tautan}",
        "reminder": "Lanjutkan di {tautan}",
        "most_reminders": "2",
        "days_between": "5",
    },
    "assessments:extend_campaign": lambda: {
        "closes_day": _in_days(60),
        "reason": "Banyak yang bertugas di luar.",
    },
}


def body_of(name, world):
    """What a person posts who means it: with this body the right person changes something."""
    if name == "agencies:room":
        file = SimpleUploadedFile("unit.csv", b"Kode unit,Kode unit induk,Nama unit\nbaru,,Unit baru\n")
        return {"kind": "units", "file": file}
    if name == "agencies:reset_factor":
        reason = "Datang sendiri dengan kartu pegawai."
        return {"nip": world.people["colleague"].nip, "reason": reason, "go": "reset"}
    if name == "agencies:roster":
        return {"go": "apply"}
    if name == "agencies:roles":
        grant = RoleGrant.objects.get(user=world.people["analyst"])
        return {"go": "withdraw", "grant": str(grant.pk), "reason": "Pindah tugas."}
    if name == "agencies:codes":
        return {"go": "print"}
    if name == "development:goal":
        return {"go": "complete"}
    if name == "development:plan":
        return {"go": "assessment", "day": timezone.localdate().isoformat()}
    if name == "development:add":
        words = {"behaviour": "Bertanya", "when_then": "Ketika rapat", "measure": "Tiga kali"}
        return {**words, "due_on": timezone.localdate().isoformat(), "jp": "1", "method": "seminar"}
    if name == "reports:exports":
        return {"form": "csv", "purpose": "Bahan rapat pimpinan", "request_key": str(uuid.uuid4())}
    if name == "reports:close":
        return {"reason": "Semua sudah selesai."}
    if name in PERIOD_BODIES:
        return PERIOD_BODIES[name]()
    if name == "development:give_share":
        colleague = world.people["colleague"]
        person = {"nip": colleague.nip, "name": colleague.name}
        last_day = timezone.localdate() + timedelta(days=30)
        return {**person, "go": "give", "parts": "areas", "last_day": last_day.isoformat()}
    if name == "reports:share":
        return {"go": "revoke"}
    if name == "panels:page":
        return {"B4-left": "3", "B4-right": "4", "base": ""}
    if name != "assessments:section":
        return {}
    attempt = Attempt.objects.get(public_id=world.arguments["public_id"])
    document = load_document(attempt.version_id)
    page, given = document.sections[0], answers.decode(document, attempt.answers)
    base = answers.page_token(page, given)
    return {page.items[0].code: "1", "base": base, "go": "next"}


GUARDED = (
    Audience,
    Letters,
    Delivery,
    MailChoice,
    Assignment,
    Attempt,
    ScoreSheet,
    Campaign,
    ReleaseState,
    ResultCell,
    Export,
    ExportPart,
    ReportShare,
    SharedPart,
    ReportLook,
    Goal,
    ActionItem,
    GoalStep,
    PlanSettings,
    ExpertPanel,
    PanelInvitation,
    PanelRating,
    PanelNote,
    RosterUpload,
    Unit,
    User,
    Placement,
    RoleGrant,
    AuditEvent,
)


def fingerprint():
    """Everything that a post could have changed: for each table the number of rows and a hash of their values."""
    tables = {}
    for model in GUARDED:
        rows = [
            [bytes(value) if isinstance(value, memoryview) else value for value in row]
            for row in model.objects.order_by("pk").values_list(*_fields(model))
        ]
        tables[model.__name__] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    return tables


def _fields(model):
    """All but the moment of signing in, which the test itself changes."""
    return [field.attname for field in model._meta.concrete_fields if field.name != "last_login"]


def is_own_work(name, who):
    return who == EFFECTIVE.get(name) or (
        name in OWN_ROWS and (OWN_ROWS[name] is None or who in OWN_ROWS[name])
    )


def test_a_post_of_a_stranger_is_refused_and_changes_nothing(client, world):
    wrong, before = [], fingerprint()
    for who, person in world.people.items():
        client.force_login(person)
        for address in product_addresses(world):
            if is_own_work(address.name, who):
                continue
            status = client.post(address.url, body_of(address.name, world)).status_code
            if status not in {DENIED, MISSING, NOT_ALLOWED}:
                wrong.append(f"{who} {address.name}: {status}")
            if fingerprint() != before:
                wrong.append(f"{who} {address.name}: changed something")
                before = fingerprint()
    assert wrong == []


def test_an_anonymous_post_leads_to_the_door_and_changes_nothing(client, world):
    before = fingerprint()
    for address in product_addresses(world):
        response = client.post(address.url, body_of(address.name, world))
        if address.name in PUBLIC:
            assert response.status_code in {MISSING, NOT_ALLOWED}, address
            continue
        assert response.status_code == REDIRECT, address
        assert response.headers["Location"].startswith(reverse("account_login")), address
    assert fingerprint() == before


@pytest.mark.parametrize("name", sorted(EFFECTIVE))
def test_the_same_post_of_the_right_person_changes_something(client, world, name):
    """Otherwise the refusals above would prove nothing."""
    url = {address.name: address.url for address in addresses(world)}[name]
    client.force_login(world.people[EFFECTIVE[name]])
    before = fingerprint()
    assert client.post(url, body_of(name, world)).status_code in {OK, REDIRECT}
    assert fingerprint() != before


@pytest.mark.parametrize("who", ["owner", "analyst", "national", "nobody"])
def test_the_admin_is_closed_to_those_without_work_there(client, world, who):
    client.force_login(world.people[who])
    assert client.get(reverse("admin:index"), follow=True).status_code == DENIED


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor", "psychometrician"])
def test_the_admin_opens_for_those_who_work_there(client, world, who):
    client.force_login(world.people[who])
    assert client.get(reverse("admin:index")).status_code == OK


def test_the_admin_leads_a_visitor_to_the_one_door(client):
    assert (
        client.get(reverse("admin:index"), follow=True)
        .redirect_chain[-1][0]
        .startswith(reverse("account_login"))
    )


# Bank files in and out of the editor's room: who gets each page.
BANK_READERS = {"editor", "approver", "psychometrician"}
EXCHANGE_PAGES = {
    "questionnaires_import": {"editor"},
    "questionnaires_import_template": {"editor"},
    "questionnaires_import_schema": {"editor"},
    "questionnaires_import_help": {"editor"},
    "questionnaires_version_export": BANK_READERS,
    **{f"questionnaires_version_export_file {name}": BANK_READERS for name in FORMATS},
}


def exchange_url(page, world):
    name, *arguments = page.split()
    return reverse(
        f"admin:{name}", args=[world.arguments["version_id"], *arguments] if "version" in name else []
    )


def test_bank_files_go_in_by_editors_only_and_out_by_those_who_read_the_bank(client, world):
    before = fingerprint()
    for who, person in world.people.items():
        client.force_login(person)
        for page, allowed in EXCHANGE_PAGES.items():
            status = client.get(exchange_url(page, world), follow=True).status_code
            assert status == (OK if who in allowed else DENIED), f"{who} {page}"
        confirm = reverse("admin:questionnaires_import_confirm")
        assert client.get(confirm, follow=True).status_code in {DENIED, NOT_ALLOWED}, who
        if who != "editor":
            assert client.post(confirm, {"unggahan": "x"}, follow=True).status_code == DENIED, who
            file = SimpleUploadedFile("bank.yaml", b"format: cermin-bank/1")
            url = reverse("admin:questionnaires_import")
            assert client.post(url, {"file": file}, follow=True).status_code == DENIED, who
    assert fingerprint() == before


def test_every_exchange_page_leads_an_anonymous_visitor_to_the_door(client, world):
    pages = [exchange_url(page, world) for page in EXCHANGE_PAGES]
    for url in [*pages, reverse("admin:questionnaires_import_confirm")]:
        assert client.post(url, follow=True).redirect_chain[-1][0].startswith(reverse("account_login")), url


PRIVATE_LISTS = [
    "assessments_attempt",
    "assessments_scoresheet",
    "reports_resultcell",
    "reports_releasestate",
]


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor", "psychometrician"])
@pytest.mark.parametrize("model", PRIVATE_LISTS)
def test_answers_scores_and_cells_are_in_nobodys_admin(client, world, who, model):
    client.force_login(world.people[who])
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == DENIED


@pytest.mark.parametrize("model", [*PRIVATE_LISTS, "audit_auditevent"])
def test_not_even_the_superuser_can_add_or_change_them(client, model):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == OK
    assert client.get(reverse(f"admin:{model}_add")).status_code == DENIED


def test_the_superuser_cannot_edit_an_attempt_by_a_forged_post(client, world):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    attempt = Attempt.objects.get(**world.special["reports:personal"])
    url = reverse("admin:assessments_attempt_change", args=[attempt.pk])
    assert client.get(url).status_code == OK
    assert client.post(url, {"state": "in_progress"}).status_code == DENIED
    assert (
        client.post(
            reverse("admin:assessments_attempt_delete", args=[attempt.pk]), {"post": "yes"}
        ).status_code
        == DENIED
    )


def test_every_list_of_the_admin_opens_for_the_superuser(client, world):
    from django.contrib import admin

    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        # Parts of a version are edited on the version's own page, where their lists lead.
        assert client.get(url, follow=True).status_code == OK, url


INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|application/json))|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("who", ["owner", "analyst", "editor"])
def test_every_page_keeps_the_strict_policy_and_says_its_language(client, world, who, language):
    client.force_login(world.people[who])
    client.cookies["django_language"] = language
    # The offline page is kept by browsers in one copy, so it speaks both languages at once.
    pages = [client.get(address.url) for address in addresses(world) if address.name != "offline"]
    pages = [
        page
        for page in pages
        if page.status_code == OK and page.headers["Content-Type"].startswith("text/html")
    ]
    assert len(pages) >= 3
    for page in pages:
        text = page.content.decode()
        url = page.wsgi_request.path
        assert "default-src 'none'" in page.headers["Content-Security-Policy"], url
        assert "unsafe" not in page.headers["Content-Security-Policy"], url
        assert INLINE.search(text) is None, f"{url}: {INLINE.search(text)}"
        assert ELSEWHERE.search(text) is None, f"{url}: {ELSEWHERE.search(text)}"
        assert f'<html lang="{language}"' in text, url
        assert text.count("<h1") == 1, url
