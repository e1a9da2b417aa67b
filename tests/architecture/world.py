"""One small world with a person for every part, and every address of the product filled in with it."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies.models import Role
from assessments.letters.sending import stop_token
from reports.results import freeze
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of
from tests.factories.assessments import (
    answer,
    close,
    drafted_period,
    open_campaign,
    started_attempt,
    submitted_attempt,
)
from tests.factories.data_protection import incident_at, request_of
from tests.factories.development import goal_of, set_reminders_of
from tests.factories.exports import export_of
from tests.factories.panels import invited, open_panel
from tests.factories.questionnaires import published_version
from tests.factories.rosters import brought_roster
from tests.factories.second_factors import with_app
from tests.factories.sharing import share_of


@dataclass(frozen=True)
class Address:
    name: str
    url: str


@dataclass
class World:
    """One agency with a campaign that is open and two that are closed, and one person for every part.

    ``arguments`` are those of every address; ``special`` those of single addresses that need others.
    """

    people: dict
    arguments: dict
    special: dict


def build_world() -> World:
    """Makes the world by calling the actions."""
    agency, other = AgencyFactory(), AgencyFactory()
    unit = add_unit(root_of(agency), "dinas")
    version = published_version()
    owner = placed_person(unit)
    campaign = open_campaign(version, agency=agency, people=[owner])
    closed = open_campaign(version, agency=agency, people=[owner])
    sent = submitted_attempt(owner, version, campaign=closed)
    release = freeze(campaign=close(closed), agency=agency, by=None)
    waiting = open_campaign(version, agency=agency, people=[owner])
    unfrozen = close(open_campaign(version, agency=agency, people=[owner]))
    goal = {"public_id": goal_of(owner).public_id}
    begun = answer(started_attempt(owner, version, campaign=campaign))
    panel = open_panel(version=version)
    invited(panel)
    colleague = placed_person(unit)
    private = submitted_attempt(owner, version)
    share = {"share_id": share_of(sent, colleague, "RAPI").public_id}
    administrator = person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)
    analyst = person_with_role(Role.AGENCY_ANALYST, agency=agency)
    upload = brought_roster(agency, by=administrator)
    people = {
        "owner": owner,
        "colleague": colleague,
        "analyst": analyst,
        "analyst elsewhere": person_with_role(Role.AGENCY_ANALYST, agency=other),
        "administrator": administrator,
        "administrator elsewhere": person_with_role(Role.AGENCY_ADMINISTRATOR, agency=other),
        "editor": person_with_role(Role.BANK_EDITOR),
        "approver": person_with_role(Role.BANK_APPROVER),
        "national": person_with_role(Role.NATIONAL_ANALYST),
        "auditor": person_with_role(Role.AUDITOR),
        "psychometrician": person_with_role(Role.PSYCHOMETRICIAN),
        "nobody": UserFactory(),
    }
    with_app(colleague)
    arguments = {
        "uidb36": "1",
        "key": "tidak-berlaku",
        "provider_id": "instansi",
        "public_id": begun.public_id,
        "code": version.questionnaire.code,
        "number": 1,
        "version_id": version.pk,
        "panel_id": panel.public_id,
        "token": "tidak-dikenal",
        "campaign_id": closed.public_id,
        "agency_code": agency.code,
        "unit_code": unit.code,
        "upload_id": upload.public_id,
        "export_id": export_of(release, unit, by=analyst).public_id,
        "file_name": "pegawai-csv",
        "part": "answers",
        "version": "baku-1",
        "request_id": request_of(owner).public_id,
        "incident_id": incident_at(agency, by=administrator).public_id,
    }
    draft = {"public_id": drafted_period(version, agency=agency).public_id}
    special = {
        "assessments:campaign": {"public_id": campaign.public_id},
        "assessments:letters": {"public_id": campaign.public_id},
        "assessments:stop_letters": {"token": stop_token(owner.pk)},
        "assessments:extend_campaign": {"public_id": campaign.public_id},
        "assessments:discard_campaign": draft,
        **{f"assessments:campaign_{step}": draft for step in ("questionnaires", "people", "times", "check")},
        "assessments:task": {"assignment_id": waiting.assignments.get().public_id},
        "reports:personal": {"public_id": sent.public_id},
        "reports:personal_pdf": {"public_id": sent.public_id},
        "reports:share": share,
        "development:shared": share,
        "development:give_share": {"public_id": private.public_id},
        "development:goal": goal,
        "development:goal_calendar": goal,
        "development:stop_reminders": {"key": set_reminders_of(owner).unsubscribe_key},
        "mfa_edit_webauthn": {"pk": 1},
        "mfa_remove_webauthn": {"pk": 1},
        "reports:close": {"campaign_id": campaign.public_id},
        "reports:freeze": {"campaign_id": unfrozen.public_id},
    }
    return World(people, arguments, special)


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
        values = world.arguments | world.special.get(name, {})
        yield Address(name, reverse(name, kwargs={key: values[key] for key in wanted}))


# The pages of one's own account: django-allauth's names.
OWN_ACCOUNT = ("account_", "mfa_", "usersessions_", "openid_connect_", "socialaccount_")

# Addresses that are everybody's own or that need no account.
EVERYBODYS = {
    "offline",
    "service_worker",
    "set_language",
    "development:stop_reminders",
    "assessments:stop_letters",
}


def product_addresses(world):
    """The addresses of the truth table: all but those that are everybody's own or that need no account."""
    return [
        address
        for address in addresses(world)
        if not address.name.startswith(OWN_ACCOUNT) and address.name not in EVERYBODYS
    ]
