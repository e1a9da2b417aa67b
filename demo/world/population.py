"""Who works where: people spread over the units, with jobs, kinds of employment, names and numbers. Pure.

Shares follow domain.md 1.4 and 1.6: 63 % functional, 31 % operative, 6 % structural; 64 % PNS; 56 % women.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from demo.world.description import Description, ListedPerson
from demo.world.identities import Names, nip

# The newest year of appointment; fixed, so that the same people come out in every year.
LAST_YEAR = 2025
FEWEST_PEOPLE = 40

_PPPK_SHARE, _PART_TIME_SHARE = 0.38, 0.22
_WOMEN_SHARE = 0.56
_TEAM_LEADER_SHARE = 0.08
_SMALLEST_UNIT_WITH_HEAD = 3
_LEVELS = {
    "JFK": (("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"), (52, 33, 14, 1)),
    "JFT": (("Pemula", "Terampil", "Mahir", "Penyelia"), (8, 47, 30, 15)),
}


@dataclass(frozen=True)
class PersonPlan:
    """A person to make. ``unit`` is None for the technical account only."""

    counter: int
    name: str
    sex: str
    title_before: str
    title_after: str
    nip: str
    unit: str | None
    job_category: str
    job_level: str
    employment_kind: str
    supervises_others: bool
    since: date
    listed: ListedPerson | None = None


def plan_people(description: Description, *, people: int, seed: str) -> list[PersonPlan]:
    """Everybody, the listed people first; ``people`` counts those who have a place of work.

    The same description, number and seed give the same people.
    """
    listed = plan_listed(description.listed, seed=seed)
    names = Names(description.names, taken={person.name for person in listed})
    placed = sum(1 for person in listed if person.unit)
    staff = staff_of_units(description, people - placed)
    plans = list(listed)
    for unit_code, size in staff.items():
        for place in range(size):
            is_head = place == 0 and size >= _SMALLEST_UNIT_WITH_HEAD
            rng = Random(f"{seed}:{unit_code}:{place}")
            plans.append(_plan(description, unit_code, is_head, len(plans), names, rng))
    return plans


def plan_listed(people: Iterable[ListedPerson], *, seed: str) -> list[PersonPlan]:
    """The listed people; their numbers depend on nothing but their place in the list."""
    return [_listed_plan(person, number, seed) for number, person in enumerate(people)]


def staff_of_units(description: Description, people: int) -> dict[str, int]:
    """Direct staff of every unit, by share and weight; what is left over goes to the largest remainders."""
    total_share = sum(agency.share for agency in description.agencies)
    wanted = {}
    for agency in description.agencies:
        total_weight = sum(unit.weight for unit in agency.units)
        for unit in agency.units:
            wanted[unit.code] = people * agency.share / total_share * unit.weight / total_weight
    staff = Counter({code: int(number) for code, number in wanted.items()})
    by_remainder = sorted(wanted, key=lambda code: (int(wanted[code]) - wanted[code], code))
    for code in by_remainder[: people - staff.total()]:
        staff[code] += 1
    return dict(staff)


def _plan(description, unit_code, is_head, counter, names, rng):
    unit = description.units[unit_code]
    sex = "female" if rng.random() < _WOMEN_SHARE else "male"
    category = unit.head if is_head else _category(description.jobs[unit.profile], rng)
    is_contract = not is_head and rng.random() < _PPPK_SHARE
    titles = description.jobs["heads"][category] if is_head else description.jobs[unit.profile][category]
    birth_year, appointment_year = _years(rng, is_contract, is_head)
    return PersonPlan(
        counter=counter,
        name=names.draw(rng, sex),
        sex=sex,
        title_before="",
        title_after=rng.choice(titles["titles"]),
        nip=nip(
            counter,
            birth_year=birth_year,
            appointment_year=appointment_year,
            is_contract=is_contract,
            sex=sex,
        ),
        unit=unit_code,
        job_category=category,
        job_level=_level(category, rng),
        employment_kind=_employment_kind(is_contract, rng),
        supervises_others=is_head or (category == "JFK" and rng.random() < _TEAM_LEADER_SHARE),
        since=_since(appointment_year, rng),
    )


def _category(profile, rng):
    return rng.choices(list(profile), weights=[job["share"] for job in profile.values()])[0]


def _level(category, rng):
    if category not in _LEVELS:
        return ""
    levels, weights = _LEVELS[category]
    return rng.choices(levels, weights=weights)[0]


def _employment_kind(is_contract, rng):
    if not is_contract:
        return "PNS"
    return "PPPK_PW" if rng.random() < _PART_TIME_SHARE else "PPPK"


def _years(rng, is_contract, is_head):
    """Birth and appointment; contracts exist since 2019, heads have served for a while."""
    if is_contract:
        return LAST_YEAR - rng.randint(23, 48), rng.randint(2019, LAST_YEAR)
    age = rng.randint(38, 57) if is_head else round(rng.triangular(24, 57, 36))
    birth_year = LAST_YEAR - age
    oldest_start = min(33, age - (10 if is_head else 0))
    return birth_year, birth_year + rng.randint(22, max(22, oldest_start))


def _since(appointment_year, rng):
    return date(rng.randint(max(2020, appointment_year), LAST_YEAR), rng.randint(1, 12), 1)


def _listed_plan(person, counter, seed):
    rng = Random(f"{seed}:listed:{counter}")
    is_contract = person.employment_kind != "PNS"
    birth_year, appointment_year = _years(rng, is_contract, person.supervises_others)
    return PersonPlan(
        counter=counter,
        name=person.name,
        sex=person.sex,
        title_before=person.title_before,
        title_after=person.title_after,
        nip=nip(
            counter,
            birth_year=birth_year,
            appointment_year=appointment_year,
            is_contract=is_contract,
            sex=person.sex,
        ),
        unit=person.unit,
        job_category=person.job_category,
        job_level=person.job_level,
        employment_kind=person.employment_kind,
        supervises_others=person.supervises_others,
        since=_since(appointment_year, rng),
        listed=person,
    )
