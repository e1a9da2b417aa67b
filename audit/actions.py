"""Writing the trail. Every action of the product ends with one call of :func:`record`."""

from django.db import transaction
from django.utils import timezone

from audit.models import AuditEvent, AuditLink
from audit.sealing import seal

SYSTEM = "sistem"


def record(*, event, by, target, agency_id=None, detail=None):
    """Adds one event.

    Args:
        event: what happened, as ``noun.verb`` in lower case, for example ``campaign.opened``.
        by: the user who did it, or None for the system itself.
        target: the saved model instance it was done to.
        agency_id: the agency whose trail it belongs to, if any.
        detail: JSON values that help to understand it later; never answers, scores or a NIP.
    """
    event = _event(event, by, target, agency_id, detail)
    event.save()
    return event


def record_each(*, event, by, targets, agency_id=None, detail=None):
    """Adds one event for each of many targets, with the same detail; for what is done to thousands in one step."""
    events = [_event(event, by, target, agency_id, detail) for target in targets]
    AuditEvent.objects.bulk_create(events, batch_size=2_000)


def _event(event, by, target, agency_id, detail):
    return AuditEvent(
        at=timezone.now(),
        event=event,
        actor_id=by.pk if by else None,
        actor_label=by.get_full_name() if by else SYSTEM,
        agency_id=agency_id,
        target_model=target._meta.label_lower,
        target_id=str(target.pk),
        detail=detail or {},
    )


@transaction.atomic
def erase_person(*, person, by):
    """Takes a person's name out of everything that the person did; the chain holds all the same.

    What was done, when and to what stays: the law asks the agency to be able to show it. Returns how many events named
    the person.
    """
    seal()  # an event without a link would lose its name before anything vouches for it
    named = AuditEvent.objects.filter(actor_id=person.pk).exclude(actor_label="")
    AuditLink.objects.filter(event_id__in=named.values("pk")).update(salt=b"")
    number = named.update(actor_label="")
    record(event="audit.names_erased", by=by, target=person, detail={"events": number})
    return number
