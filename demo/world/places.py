"""Builds agencies, unit trees and people by calling the actions."""

from datetime import date

from django.utils.text import slugify

from accounts.actions import create_user
from accounts.models import User
from accounts.second_factor import add_app, has_second_factor
from agencies.actions import add_unit, create_agency, grant_role, place_person
from agencies.authorization import holds_staff_role
from agencies.models import Agency, Unit
from audit.actions import record
from demo.world.description import Description
from demo.world.population import PersonPlan

PASSWORD = "cermin-demo-2026"  # noqa: S105 (known to everybody on purpose; the demo runs on one's own machine only)
# What an authenticator app of the demo's role-holders is fed with; as public as the password.
APP_SECRET = "CERMINCONTOHDEMOCERMINCONTOHDEMO"  # noqa: S105

_AGENCIES_SINCE = date(2018, 1, 1)


def make_agencies(description: Description, *, by) -> dict[str, Unit]:
    """Makes the agencies with their trees; returns every unit by code, roots included."""
    units = {}
    for plan in description.agencies:
        agency = create_agency(
            code=plan.code,
            name=plan.name,
            kind=plan.kind,
            time_zone=plan.time_zone,
            dpo_contact=plan.dpo_contact,
            valid_from=_AGENCIES_SINCE,
            by=by,
        )
        units[plan.code] = Unit.objects.select_related("agency").get(agency=agency, parent=None)
        for unit in plan.units:
            parent = units[unit.parent or plan.code]
            units[unit.code] = add_unit(parent=parent, code=unit.code, name=unit.name, by=by)
            # Placing people reads the agency of every unit; one object serves them all.
            units[unit.code].agency = agency
    return units


def make_person(plan: PersonPlan, units: dict[str, Unit], *, by) -> User:
    """Makes one person at their place of work. Only listed people get a password and an e-mail address."""
    person = create_user(
        nip=plan.nip,
        name=plan.name,
        title_before=plan.title_before,
        title_after=plan.title_after,
        password=PASSWORD if plan.listed else None,
        # A name under which nobody will ever receive mail (RFC 2606).
        email=f"{slugify(plan.name)}@demo.example" if plan.listed else "",
        by=by,
    )
    if plan.unit is not None:
        place_person(
            person=person,
            unit=units[plan.unit],
            job_category=plan.job_category,
            job_level=plan.job_level,
            employment_kind=plan.employment_kind,
            supervises_others=plan.supervises_others,
            valid_from=plan.since,
            by=by,
        )
    if plan.listed:
        _give_roles(person, plan.listed, by=by)
    return person


def _give_roles(person, listed, *, by):
    for grant in listed.grants:
        agency = Agency.objects.get(code=grant.agency) if grant.agency else None
        grant_role(user=person, role=grant.role, agency=agency, by=by)
    if listed.superuser:
        # The product has no action for this: a superuser is made on the machine (manage.py createsuperuser).
        User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
        record(event="user.made_superuser", by=by, target=person)
    give_second_factor(User.objects.get(pk=person.pk))


def give_second_factor(person):
    """The demo's authenticator app for somebody whose role makes it compulsory; nothing for others."""
    if holds_staff_role(person) and not has_second_factor(person):
        add_app(user=person, secret=APP_SECRET)


def unit_chain(description: Description, unit_code: str) -> tuple[str, ...]:
    """Codes from the agency down to the unit: everything that leaves its mark on a person's answers."""
    unit = description.units[unit_code]
    chain = [unit.code]
    while unit.parent is not None:
        unit = description.units[unit.parent]
        chain.append(unit.code)
    return (unit.agency, *reversed(chain))
