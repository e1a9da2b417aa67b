"""Writes to uploads of rosters: bringing one, reading it again, applying it, throwing it away."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import RosterUpload
from agencies.policies import PolicyError
from agencies.roster.files import keep_rows
from audit.actions import record
from background import actions as background

READ, APPLY = "roster.read", "roster.apply"
# A file that nobody applied is thrown away with everything in it.
KEPT_FOR = timedelta(days=7)

State = RosterUpload.State


@transaction.atomic
def bring(*, agency, kind, header, rows, is_complete, by):
    """Keeps the rows of a file and asks for them to be read. Of people and units nothing is written."""
    _throw_away_old(agency)
    upload = RosterUpload.objects.create(
        agency=agency,
        kind=kind,
        is_complete=is_complete and kind == RosterUpload.Kind.PEOPLE,
        uploaded_by=by,
        uploaded_at=timezone.now(),
        columns=list(header.positions),
        ignored=list(header.ignored),
    )
    upload.row_count = keep_rows(upload, rows)
    if not upload.row_count:
        raise PolicyError(_("Berkas ini hanya berisi nama kolom. Isi barisnya, lalu unggah lagi."))
    upload.save(update_fields=["row_count"])
    record(
        event="roster.uploaded", by=by, target=upload, agency_id=agency.pk, detail={"rows": upload.row_count}
    )
    background.start(kind=READ, subject_id=upload.pk, agency_id=agency.pk, by=by)
    upload.refresh_from_db()
    return upload


@transaction.atomic
def read_again(*, upload, by):
    """Asks for the differences anew, say because people have changed since."""
    upload = _held(upload)
    _check_open(upload)
    upload.state, upload.preview, upload.digest = State.READING, {}, ""
    upload.save(update_fields=["state", "preview", "digest"])
    background.start(kind=READ, subject_id=upload.pk, agency_id=upload.agency_id, by=by)


@transaction.atomic
def ask_to_apply(*, upload, by):
    """Asks for what was shown to be written. Pressing twice asks once."""
    upload = _held(upload)
    if upload.state == State.READING:
        raise PolicyError(_("Berkas ini masih dibaca. Tunggu pratinjaunya."))
    _check_open(upload)
    return background.start(kind=APPLY, subject_id=upload.pk, agency_id=upload.agency_id, by=by)


@transaction.atomic
def discard(*, upload, by):
    """Throws the file away, and what was read from it."""
    upload = _held(upload)
    _check_open(upload)
    _empty(upload, State.DISCARDED)
    record(event="roster.discarded", by=by, target=upload, agency_id=upload.agency_id)


def conclude(*, upload, counts, by):
    """Called within the transaction that writes a roster: says so, and forgets the file."""
    upload.applied_at = timezone.now()
    _empty(upload, State.APPLIED)
    record(event="roster.applied", by=by, target=upload, agency_id=upload.agency_id, detail=counts)


def _held(upload):
    return RosterUpload.objects.select_for_update().get(pk=upload.pk)


def _check_open(upload):
    if upload.state in {State.APPLIED, State.DISCARDED}:
        raise PolicyError(_("Berkas ini sudah diterapkan atau dibuang. Tidak ada yang diubah."))


def _empty(upload, state):
    upload.state = state
    upload.preview = {"counts": upload.preview.get("counts", {})}
    upload.save(update_fields=["state", "preview", "applied_at"])
    upload.parts.all().delete()


def _throw_away_old(agency):
    old = RosterUpload.objects.filter(
        agency=agency, state__in=[State.READING, State.READY], uploaded_at__lt=timezone.now() - KEPT_FOR
    )
    for upload in old:
        _empty(upload, State.DISCARDED)
