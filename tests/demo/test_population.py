"""The invented people: right in number, possible as civil servants, recognisably made up."""

from collections import Counter
from datetime import date

import pytest

from accounts.nip import NipKind, parse_nip
from agencies.models import Agency, EmploymentKind, JobCategory, Role
from demo.world.description import load_description
from demo.world.population import plan_listed, plan_people, staff_of_units

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def description():
    return load_description()


@pytest.fixture(scope="module")
def people(description):
    return plan_people(description, people=600, seed="uji")


@pytest.mark.parametrize("number", [40, 41, 60, 601, 5000])
def test_every_wish_gives_exactly_that_many_placed_people(description, number):
    plans = plan_people(description, people=number, seed="uji")
    assert sum(1 for plan in plans if plan.unit) == number
    assert len({plan.nip for plan in plans}) == len(plans)


def test_the_same_seed_gives_the_same_people(description, people):
    assert plan_people(description, people=600, seed="uji") == people
    assert plan_people(description, people=600, seed="lain") != people


def test_every_number_is_possible_and_fits_the_person(people):
    for plan in people:
        number = parse_nip(plan.nip, today=TODAY)
        is_contract = plan.employment_kind != EmploymentKind.PERMANENT
        assert (number.kind == NipKind.PPPK) is is_contract
        assert number.sex_digit == (1 if plan.sex == "male" else 2)
        # Real serials are 001 unless the rest collides.
        assert number.serial >= 900


def test_units_get_people_by_weight_and_nobody_is_lost(description):
    staff = staff_of_units(description, 590)
    assert sum(staff.values()) == 590
    assert staff["jnw-smpn-1"] > staff["jnw-hukum"]
    # weight 0 does not occur; every unit has a place
    assert set(staff) == set(description.units)


def test_some_units_are_smaller_than_ten_and_some_larger(description):
    staff = staff_of_units(description, 590)
    assert sum(1 for number in staff.values() if number < 10) >= 10
    assert sum(1 for number in staff.values() if number >= 15) >= 5


def test_shares_are_near_those_of_the_civil_service(people):
    placed = [plan for plan in people if plan.unit]
    categories = Counter(plan.job_category for plan in placed)
    functional = (categories["JFK"] + categories["JFT"]) / len(placed)
    permanent = sum(1 for plan in placed if plan.employment_kind == "PNS") / len(placed)
    women = sum(1 for plan in placed if plan.sex == "female") / len(placed)
    assert 0.55 <= functional <= 0.71  # 63 % in November 2025
    assert 0.57 <= permanent <= 0.72  # 64 %
    assert 0.48 <= women <= 0.64  # 56 %


def test_there_are_mononyms_titles_and_hardly_any_namesakes(people):
    assert any(" " not in plan.name for plan in people)
    assert any(plan.title_after for plan in people)
    assert len({plan.name for plan in people}) == len(people)


def test_the_files_speak_the_words_of_the_models(description):
    assert {agency.time_zone for agency in description.agencies} == set(Agency.TimeZone.values)
    assert len({agency.kind for agency in description.agencies}) == 4
    assert {agency.kind for agency in description.agencies} <= set(Agency.Kind.values)
    assert {unit.head for unit in description.units.values()} <= set(JobCategory.values)
    assert {grant.role for person in description.listed for grant in person.grants} <= set(Role.values)
    assert len(description.units) == sum(len(agency.units) for agency in description.agencies)


def test_every_role_is_offered_to_try(description):
    roles = {grant.role for person in description.listed for grant in person.grants}
    assert roles == set(Role.values) - {Role.RESPONDENT}
    assert {person.open for person in description.listed} == {"not_started", "in_progress", "submitted"}
    assert sum(1 for person in description.listed if person.superuser) == 1


def test_listed_people_keep_their_numbers_whatever_the_size_of_the_world(description):
    listed = plan_listed(description.listed, seed="uji")
    for number in (40, 600):
        assert plan_people(description, people=number, seed="uji")[: len(listed)] == listed
