"""Erasing a person: rows that are the person's go, the account stays as a number that office acts point to.

Frozen results stay as they are: they hold nobody (measurement.md 5.5; UU 27/2022 art. 15), and are never made again.
The trail keeps what was done and when, without the name. What others did with the person, such as a report that was
shared with the person, stays theirs and names nobody any more.
"""

from collections import Counter
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts.models import User
from accounts.sessions import end_sessions
from audit import actions as audit

ERASED_NAME = "Pegawai yang datanya dihapus"
# Rows of others in which the person only stands: the record of an act in the admin, and a report shared by its owner.
KEPT = {"admin.LogEntry.user", "reports.ReportShare.recipient"}


class StillNeeded(ValueError):
    """The person cannot be erased yet; the message says why and what to do."""


@dataclass(frozen=True)
class Erasure:
    """``rows``: how many were removed, by the name of their model. ``events``: of the trail that lost a name."""

    rows: dict[str, int]
    events: int

    @property
    def removed(self) -> int:
        return sum(self.rows.values())


@transaction.atomic
def erase_person(*, person, reason: str, by) -> Erasure:
    """Removes everything that is the person's, for good.

    Args:
        reason: the request or the rule it is done for, without a name; it stands in the trail.

    Raises:
        StillNeeded: the person is a technical superuser; such an account is closed first.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_superuser:
        raise StillNeeded("Akun ini operator teknis. Cabut dahulu haknya; tidak ada yang dihapus.")
    # Its event names the person; so it comes before names are taken out.
    end_sessions(user=person, by=by)
    rows: Counter[str] = Counter()
    for relation in relations_of_a_person():
        _number, removed = relation.related_model.objects.filter(**{relation.field.name: person}).delete()
        rows.update(removed)
    person.groups.clear()
    person.user_permissions.clear()
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=about, object_id=str(person.pk)).update(
        object_repr="", change_message=""
    )
    person.nip, person.name, person.title_before, person.title_after, person.email = (
        None,
        ERASED_NAME,
        "",
        "",
        "",
    )
    person.is_active = person.is_staff = False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    events = audit.erase_person(person=person, by=by)
    audit.record(
        event="person.erased",
        by=by,
        target=person,
        detail={"reason": reason, "rows": sum(rows.values())},
    )
    return Erasure(dict(rows), events)


def relations_of_a_person() -> list[models.ManyToOneRel]:
    """Relations whose rows would go with the account: those are the person's, whoever adds one."""
    # Those without a name of their own on the user are hidden, and as much the person's as the others.
    return [
        relation
        for relation in User._meta.get_fields(include_hidden=True)
        if getattr(relation, "on_delete", None) is models.CASCADE
        and relation.auto_created
        and f"{relation.related_model._meta.label}.{relation.field.name}" not in KEPT
    ]
