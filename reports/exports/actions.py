"""Writes to exports: asking for one, keeping its file, noting a download, removing files that have expired."""

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from background import actions as background
from reports.exports.files import keep_file
from reports.exports.models import Export, ExportPart
from reports.exports.policies import KEPT_FOR, check_can_ask, check_has_file, checked_purpose

EXPORT = "results.export"  # the kind of background work


@transaction.atomic
def ask(*, release, unit, unit_path, form, language, purpose, request_key, by) -> Export:
    """Asks a worker for a file of a unit's frozen results and of all below it. The same form sent twice asks once.

    Args:
        unit_path: where the unit stood in the release; the caller has checked that the person reaches it.
        purpose: what the person says the file is for.
        request_key: of the form that was sent.

    Raises:
        PolicyError: no purpose, or too many files kept already.
    """
    now, purpose = timezone.now(), checked_purpose(purpose)
    remove_expired(now=now)
    asked = Export.objects.filter(asked_by=by, request_key=request_key).first()
    if asked is None:
        check_can_ask(by, now=now)
    export, is_new = Export.objects.get_or_create(
        asked_by=by,
        request_key=request_key,
        defaults={
            "release": release,
            "unit": unit,
            "unit_path": unit_path,
            "form": form,
            "language": language,
            "purpose": purpose,
            "asked_at": now,
        },
    )
    if is_new:
        detail = {"form": form, "unit": unit.code, "purpose": purpose}
        record(event="export.asked", by=by, target=export, agency_id=release.agency_id, detail=detail)
        background.start(kind=EXPORT, subject_id=export.pk, agency_id=release.agency_id, by=by)
        export.refresh_from_db()  # without workers it has been made by now
    return export


@transaction.atomic
def keep(*, export, path, line_count, by):
    """The file is made: keeps it and says until when. A file that another worker has kept meanwhile stays."""
    export = Export.objects.select_for_update(of=("self",)).select_related("release").get(pk=export.pk)
    if export.made_at is not None:
        return
    export.size, export.line_count = keep_file(export, path), line_count
    export.made_at = timezone.now()
    export.expires_at = export.made_at + KEPT_FOR
    export.save(update_fields=["size", "line_count", "made_at", "expires_at"])
    detail = {"lines": line_count, "bytes": export.size}
    record(event="export.made", by=by, target=export, agency_id=export.release.agency_id, detail=detail)


@transaction.atomic
def note_download(*, export, by):
    """Says in the trail that the person is given the file.

    Raises:
        PolicyError: it is not there yet, or no longer.
    """
    check_has_file(export, now=timezone.now())
    record(event="export.downloaded", by=by, target=export, agency_id=export.release.agency_id)


@transaction.atomic
def remove_expired(*, now) -> int:
    """Removes the files that have expired; the records of them stay. How many there were."""
    expired = list(Export.objects.expired_at(now).select_for_update(of=("self",)).select_related("release"))
    ExportPart.objects.filter(export__in=expired).delete()
    for export in expired:
        export.removed_at = now
        export.save(update_fields=["removed_at"])
        record(event="export.removed", by=None, target=export, agency_id=export.release.agency_id)
    return len(expired)
