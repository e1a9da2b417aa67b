"""What stands in ``fixtures/demo/``, as plain values. Pure; knows no database."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


@dataclass(frozen=True)
class UnitPlan:
    """A unit to make. ``parent`` is None right below the root; ``weight`` is its part of the agency's people."""

    code: str
    name: str
    agency: str
    parent: str | None
    weight: int
    head: str
    profile: str


@dataclass(frozen=True)
class AgencyPlan:
    """An agency to make, its units parents first; ``share`` is its part of all people."""

    code: str
    name: str
    kind: str
    time_zone: str
    dpo_contact: str
    share: int
    units: tuple[UnitPlan, ...]


@dataclass(frozen=True)
class Grant:
    """A role beside respondent; without an agency it reaches everywhere."""

    role: str
    agency: str | None


@dataclass(frozen=True)
class ListedPerson:
    """A person whom the sign-in page offers. ``closed`` and ``open`` say what was done in the two campaigns."""

    name: str
    sex: str
    role_label: dict[str, str]
    title_before: str = ""
    title_after: str = ""
    unit: str | None = None
    job_category: str = ""
    job_level: str = ""
    employment_kind: str = "PNS"
    supervises_others: bool = False
    closed: str = "not_started"
    open: str = "not_started"
    has_plan: bool = False
    shares_with: str = ""
    grants: tuple[Grant, ...] = ()
    superuser: bool = False


@dataclass(frozen=True)
class Description:
    """Everything that the demo world is made of."""

    agencies: tuple[AgencyPlan, ...]
    listed: tuple[ListedPerson, ...]
    names: tuple[dict, ...]
    jobs: dict

    @property
    def units(self) -> dict[str, UnitPlan]:
        return {unit.code: unit for agency in self.agencies for unit in agency.units}


@cache
def load_description() -> Description:
    """Reads the files once a process."""
    agencies = tuple(_agency(entry) for entry in _read("agencies.yaml"))
    return Description(
        agencies=agencies,
        listed=load_listed(),
        names=tuple(_read("names.yaml")),
        jobs=_read("jobs.yaml"),
    )


@cache
def load_listed() -> tuple[ListedPerson, ...]:
    """Only the people whom the sign-in page offers; that page reads nothing else."""
    return tuple(_listed(entry) for entry in _read("listed_people.yaml"))


def _read(name):
    return YAML(typ="safe", pure=True).load((FOLDER / name).read_text(encoding="utf-8"))


def _agency(entry):
    units = tuple(_units(entry["units"], agency=entry["code"], parent=None))
    return AgencyPlan(**{**entry, "units": units})


def _units(entries, *, agency, parent):
    for entry in entries:
        fields = {name: value for name, value in entry.items() if name != "units"}
        yield UnitPlan(agency=agency, parent=parent, **fields)
        yield from _units(entry.get("units", ()), agency=agency, parent=entry["code"])


def _listed(entry):
    grants = tuple(Grant(role=g["role"], agency=g.get("agency")) for g in entry.get("grants", ()))
    return ListedPerson(**{**entry, "grants": grants})
