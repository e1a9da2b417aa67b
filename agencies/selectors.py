"""Reads over agencies and people's places of work."""

from agencies.authorization import Permission, scope_of
from agencies.models import Agency, Placement, RosterUpload
from background.models import BackgroundJob


def current_placement(user):
    """Where the person works now, with unit and agency loaded; None for somebody without a place."""
    return Placement.objects.filter(person=user, valid_to__isnull=True).select_related("unit__agency").first()


def agency_of(user):
    """The agency whose clock the person lives by: of the place of work, else of the first role grant."""
    placement = current_placement(user)
    if placement:
        return placement.unit.agency
    return Agency.objects.filter(rolegrant__user=user).order_by("rolegrant__pk").first()


def agencies_of_administrator(user):
    """Agencies whose people the person looks after, wholly or in part."""
    scope = scope_of(user, Permission.MANAGE_PEOPLE)
    if scope.is_everywhere:
        return Agency.objects.all()
    return Agency.objects.filter(pk__in=scope.agency_ids | {agency_id for agency_id, _path in scope.subtrees})


def agencies_looked_after_wholly(user):
    """Agencies all of whose people the person looks after; their requests and incidents concern the whole agency."""
    scope = scope_of(user, Permission.MANAGE_PEOPLE)
    return Agency.objects.all() if scope.is_everywhere else Agency.objects.filter(pk__in=scope.agency_ids)


def roster_uploads(user, agency):
    """Files brought for the agency, newest first: all for whoever looks after the whole, else one's own."""
    uploads = RosterUpload.objects.filter(agency=agency).defer("preview").select_related("uploaded_by")
    if scope_of(user, Permission.MANAGE_PEOPLE).covers(agency.pk):
        return uploads
    return uploads.filter(uploaded_by=user)


def roster_upload(user, public_id):
    """One file, if the person may see it; raises RosterUpload.DoesNotExist."""
    upload = RosterUpload.objects.select_related("agency").get(public_id=public_id)
    scope = scope_of(user, Permission.MANAGE_PEOPLE)
    is_own = upload.uploaded_by_id == user.pk and scope.touches_agency(upload.agency_id)
    if not (is_own or scope.covers(upload.agency_id)):
        raise RosterUpload.DoesNotExist
    return upload


def last_job(upload):
    """The newest piece of work about a file; None before there was any."""
    kinds = ["roster.read", "roster.apply"]
    return BackgroundJob.objects.filter(
        kind__in=kinds, subject_id=upload.pk, agency_id=upload.agency_id
    ).first()
