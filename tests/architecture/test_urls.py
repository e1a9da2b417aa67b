"""Every address of the product, walked by every role: anonymous to sign-in, no right 403, a stranger 404."""

import re
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies.models import Role
from reports.results import freeze
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of
from tests.factories.assessments import close, open_campaign, started_attempt, submitted_attempt
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

OK, REDIRECT, DENIED, MISSING, NOT_ALLOWED, CONFLICT = 200, 302, 403, 404, 405, 409

# Pages that a person without an account may see, and why.
PUBLIC = {
    "account_login",  # the door
    "account_logout",  # leads to the door
    "account_inactive",  # says that an account is closed
    "account_reset_password",  # says whom to ask
    "set_language",  # a post without effect but a cookie
}


@dataclass(frozen=True)
class Address:
    name: str
    url: str


@dataclass
class World:
    """One agency with a campaign that is open and one that is closed, and one person for every part."""

    people: dict
    arguments: dict


@pytest.fixture
def world():
    agency, other = AgencyFactory(), AgencyFactory()
    unit = add_unit(root_of(agency), "dinas")
    version = published_version()
    owner = placed_person(unit)
    campaign = open_campaign(version, agency=agency, people=[owner])
    closed = open_campaign(version, agency=agency, people=[owner])
    sent = submitted_attempt(owner, version, campaign=closed)
    freeze(campaign=close(closed), agency=agency, by=None)
    begun = started_attempt(owner, version, campaign=campaign)
    people = {
        "owner": owner,
        "colleague": placed_person(unit),
        "analyst": person_with_role(Role.AGENCY_ANALYST, agency=agency),
        "analyst elsewhere": person_with_role(Role.AGENCY_ANALYST, agency=other),
        "administrator": person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency),
        "editor": person_with_role(Role.BANK_EDITOR),
        "approver": person_with_role(Role.BANK_APPROVER),
        "national": person_with_role(Role.NATIONAL_ANALYST),
        "auditor": person_with_role(Role.AUDITOR),
        "nobody": UserFactory(),
    }
    arguments = {
        "public_id": begun.public_id,
        "sent_id": sent.public_id,
        "assignment_id": begun.assignment.public_id,
        "code": version.questionnaire.code,
        "number": 1,
        "campaign_id": closed.public_id,
        "agency_code": agency.code,
        "unit_code": unit.code,
    }
    return World(people, arguments)


def patterns(resolver=None, namespaces=()):
    """``(full name, pattern)`` of every address, the admin's left to its own walk below."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                below = (*namespaces, entry.namespace) if entry.namespace else namespaces
                yield from patterns(entry, below)
        elif isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name]), entry


def addresses(world):
    for name, pattern in patterns():
        wanted = pattern.pattern.converters or pattern.pattern.regex.groupindex
        values = dict(world.arguments)
        if name == "reports:personal":
            values["public_id"] = values["sent_id"]
        if name == "development:goal":
            values["public_id"] = values["sent_id"]  # nobody's goal
        yield Address(name, reverse(name, kwargs={key: values[key] for key in wanted}))


def expected(name, who):
    """The truth table of the product's own pages: status of a GET."""
    answering = {"owner", "colleague"}
    analysts = {"analyst", "analyst elsewhere", "national"}
    if name in {"home", "development:plan", "development:add"}:
        return {OK}
    if name == "development:goal":
        return {MISSING}
    if name == "assessments:introduction":
        return {OK} if who in answering else {DENIED}
    if name in {"assessments:task", "assessments:section", "assessments:review", "reports:personal"}:
        return {OK} if who == "owner" else {MISSING}
    if name in {"assessments:resume", "reports:submit"}:
        return {REDIRECT} if who == "owner" else {MISSING}
    if name == "reports:dashboards":
        return {OK} if who in analysts else {DENIED}
    if name in {"reports:agency", "reports:unit"}:
        if who in {"analyst", "national"}:
            return {OK}
        return {MISSING} if who in analysts else {DENIED}
    if name in {"reports:close", "reports:freeze"}:
        return None  # walked in tests/reports: the answer depends on the campaign's state
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
        for address in addresses(world):
            if address.name.startswith("account_") or address.name == "set_language":
                continue
            allowed = expected(address.name, who)
            status = client.get(address.url).status_code
            if allowed is not None and status not in allowed:
                wrong.append(f"{who} {address.name}: {status} instead of {allowed}")
    assert wrong == []


def test_no_address_holds_a_nip(world):
    nips = {person.nip for person in world.people.values()}
    assert not any(nip in address.url for address in addresses(world) for nip in nips)


@pytest.mark.parametrize("who", ["owner", "analyst", "national", "nobody"])
def test_the_admin_is_closed_to_those_without_work_there(client, world, who):
    client.force_login(world.people[who])
    assert client.get(reverse("admin:index"), follow=True).status_code == DENIED


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor"])
def test_the_admin_opens_for_those_who_work_there(client, world, who):
    client.force_login(world.people[who])
    assert client.get(reverse("admin:index")).status_code == OK


def test_the_admin_leads_a_visitor_to_the_one_door(client):
    assert (
        client.get(reverse("admin:index"), follow=True)
        .redirect_chain[-1][0]
        .startswith(reverse("account_login"))
    )


PRIVATE_LISTS = [
    "assessments_attempt",
    "assessments_scoresheet",
    "reports_resultcell",
    "reports_releasestate",
]


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor"])
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
    from assessments.models import Attempt

    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    attempt = Attempt.objects.get(public_id=world.arguments["sent_id"])
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
    pages = [client.get(address.url) for address in addresses(world)]
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
