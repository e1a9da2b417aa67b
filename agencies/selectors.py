"""Reads over agencies and people's places of work."""

from agencies.models import Agency, Placement


def current_placement(user):
    """Where the person works now, with unit and agency loaded; None for somebody without a place."""
    return Placement.objects.filter(person=user, valid_to__isnull=True).select_related("unit__agency").first()


def agency_of(user):
    """The agency whose clock the person lives by: of the place of work, else of the first role grant."""
    placement = current_placement(user)
    if placement:
        return placement.unit.agency
    return Agency.objects.filter(rolegrant__user=user).order_by("rolegrant__pk").first()
