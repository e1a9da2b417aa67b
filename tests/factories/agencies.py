from datetime import date

import factory

from agencies import actions
from agencies.models import Agency, EmploymentKind, JobCategory, Role, Unit
from tests.factories.accounts import UserFactory


class AgencyFactory(factory.django.DjangoModelFactory):
    """An agency with the root of its unit tree, made by the action."""

    class Meta:
        model = Agency

    code = factory.Sequence(lambda n: f"instansi-{n}")
    name = factory.Sequence(lambda n: f"Pemerintah Kabupaten Uji {n}")
    kind = Agency.Kind.REGENCY
    time_zone = Agency.TimeZone.WEST
    dpo_contact = "ppdp@uji.example"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.setdefault("valid_from", date(2020, 1, 1))
        return actions.create_agency(by=None, **kwargs)


def root_of(agency):
    return Unit.objects.get(agency=agency, parent=None)


def add_unit(parent, code, name=None):
    return actions.add_unit(parent=parent, code=code, name=name or f"Unit {code}", by=None)


def placed_person(
    unit, *, person=None, supervises_others=False, job_category=JobCategory.OPERATIVE, **fields
):
    """A person who works in the unit, and so may answer."""
    person = person or UserFactory(**fields)
    actions.place_person(
        person=person,
        unit=unit,
        job_category=job_category,
        employment_kind=EmploymentKind.PERMANENT,
        supervises_others=supervises_others,
        valid_from=date(2021, 1, 1),
        by=None,
    )
    return person


def person_with_role(role, *, agency=None, unit=None, person=None):
    """A person who holds one role and nothing else."""
    person = person or UserFactory()
    actions.grant_role(user=person, role=role, agency=agency, unit=unit, by=None)
    return person


def analyst_of(agency):
    return person_with_role(Role.AGENCY_ANALYST, agency=agency)
