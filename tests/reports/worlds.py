"""A small agency whose people have answered, made by calling the actions."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.models import Attempt
from reports.results import freeze
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, add_unit, analyst_of, placed_person, root_of
from tests.factories.questionnaires import published_version


@dataclass
class World:
    agency: object
    version: object
    campaign: object
    units: dict
    people: dict
    analyst: object

    def close(self):
        self.campaign = campaigns.close(self.campaign)
        return self.campaign


def world(sizes, *, answers=None, silent=None, agency=None, version=None, **fields):
    """An open campaign of one agency.

    Args:
        sizes: unit name to the number of people who answer; ``"besar/utara"`` hangs below ``"besar"``, and ``""``
            stands for people placed in the agency's root.
        answers: unit name to the value that everybody there chooses (default 4).
        silent: unit name to the number of people who are asked but do not answer.
    """
    agency = agency or AgencyFactory(name="Pemerintah Kabupaten Jenawi")
    version = version or published_version()
    units = {"": root_of(agency)}
    named = {*sizes, *(silent or {})}
    for name in sorted((named | {name.rpartition("/")[0] for name in named}) - {""}):
        parent, _slash, own = name.rpartition("/")
        units[name] = add_unit(units[parent], name.replace("/", "-"), f"Dinas {own.capitalize()}")
    people = {name: [placed_person(units[name]) for _n in range(count)] for name, count in sizes.items()}
    quiet = [placed_person(units[name]) for name, count in (silent or {}).items() for _n in range(count)]
    everybody = [person for group in people.values() for person in group] + quiet
    campaign = campaigns.open_campaign(version, agency=agency, people=everybody, **fields)
    for name, group in people.items():
        for person in group:
            campaigns.submitted_attempt(
                person, version, campaign=campaign, default=(answers or {}).get(name, 4)
            )
    return World(agency, version, campaign, units, people, analyst_of(agency))


def attempt_of(world, person):
    return Attempt.objects.get(person=person, assignment__campaign=world.campaign)


def frozen_world(sizes, **fields):
    made = world(sizes, **fields)
    freeze(campaign=made.close(), agency=made.agency, by=made.analyst)
    return made


def second_wave(made, version, answer):
    """The people of the unit "utara" once more, in a later campaign that is closed and frozen."""
    later = campaigns.open_campaign(version, agency=made.agency, people=made.people["utara"])
    for person in made.people["utara"]:
        campaigns.submitted_attempt(person, version, campaign=later, default=answer)
    freeze(campaign=campaigns.close(later), agency=made.agency, by=None)
    made.campaign = later
    return made


def agency_url(made, unit=None):
    if unit is None:
        return reverse("reports:agency", args=[made.campaign.public_id, made.agency.code])
    return reverse("reports:unit", args=[made.campaign.public_id, made.agency.code, made.units[unit].code])


def open_as(client, user, address):
    client.force_login(user)
    return client.get(address)
