"""Restricting what somebody's data are used for (UU 27/2022): the answers stay, and nothing new is made of them."""

from django.db import models, transaction
from django.utils import timezone

from accounts.models import ProcessingRestriction
from audit.actions import record


@transaction.atomic
def restrict_processing(*, person, by) -> bool:
    """Restricts from this moment on; returns whether it was not restricted before."""
    restriction, is_new = ProcessingRestriction.objects.get_or_create(
        person=person, defaults={"since": timezone.now()}
    )
    if is_new:
        record(event="processing.restricted", by=by, target=restriction)
    return is_new


@transaction.atomic
def lift_restriction(*, person, by) -> bool:
    """Ends it; returns whether there was one."""
    restriction = ProcessingRestriction.objects.select_for_update().filter(person=person).first()
    if restriction is None:
        return False
    record(event="processing.restriction_lifted", by=by, target=restriction)
    restriction.delete()
    return True


def usable(rows: models.QuerySet, *, person: str) -> models.QuerySet:
    """The rows without those of people who restricted what their data are used for.

    Args:
        person: the lookup from a row to its person.
    """
    return rows.exclude(**{f"{person}__in": ProcessingRestriction.objects.values("person")})
