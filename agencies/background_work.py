"""What workers do for people and units: read a file and show its differences, write them, and mail codes."""

import logging
from collections import Counter
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts import actions as accounts
from accounts.models import User
from accounts.nip import mask
from agencies import activation
from agencies.activation_mail import code_mail
from agencies.authorization import Permission, scope_of
from agencies.models import RosterUpload, Unit
from agencies.roster import actions, applying
from agencies.roster.files import keep_rows
from agencies.roster.reading import PeopleReader, digest_of_units, read_units
from background.kinds import background_work
from background.running import WorkRefused

logger = logging.getLogger(__name__)

EXAMPLES = 25  # of each kind of change
PROBLEMS_SHOWN = 300

_GONE = gettext_noop("Berkas ini sudah diterapkan atau dibuang. Tidak ada yang diubah.")
_NO_REACH = gettext_noop("Hak Anda atas pegawai instansi ini sudah dicabut. Tidak ada yang diubah.")
_CHANGED = gettext_noop(
    "Data pegawai atau unit berubah sejak pratinjau dibuat, jadi tidak ada yang diterapkan. Baca ulang berkasnya dan "
    "periksa pratinjau yang baru."
)
_MAIL_STOPPED = gettext_noop(
    "Peladen surel menolak atau tidak menjawab. Yang sudah terkirim tetap berlaku; minta lagi pengirimannya, dan hanya "
    "yang belum mendapat kode yang dikirimi."
)


@background_work(actions.READ, label=_("Membaca berkas unit atau pegawai"))
def read_roster(run):
    """Finds the differences of an upload; only the upload itself is written."""
    upload, scope, today = _begin(run)
    if upload.state != RosterUpload.State.READING:
        return
    preview, digest, rejected = (
        _preview_units(upload, scope)
        if upload.kind == RosterUpload.Kind.UNITS
        else _preview_people(run, upload, scope, today)
    )
    with run.concluding():
        upload.parts.filter(is_rejected=True).delete()
        keep_rows(upload, rejected, is_rejected=True)
        upload.preview, upload.digest, upload.state = preview, digest, RosterUpload.State.READY
        upload.save(update_fields=["preview", "digest", "state"])


@background_work(actions.APPLY, label=_("Menerapkan berkas unit atau pegawai"))
def apply_roster(run):
    """Writes what was shown, in one transaction, or nothing."""
    with run.concluding():
        upload, scope, today = _begin(run)
        agency = applying.hold_agency(upload.agency_id)
        if upload.state != RosterUpload.State.READY:
            raise WorkRefused(_GONE)
        if upload.kind == RosterUpload.Kind.UNITS:
            plan, _chunk = read_units(upload, scope)
            digest = digest_of_units(plan)
            applying.write_units(plan, agency=agency, by=run.by)
        else:
            digest = _write_people(run, upload, scope, agency, today)
        if digest != upload.digest:
            raise WorkRefused(_CHANGED)
        actions.conclude(upload=upload, counts=upload.preview["counts"], by=run.by)


@background_work(activation.MAIL, label=_("Mengirim kode aktivasi lewat surel"))
def mail_codes(run):
    """Makes and mails one code at a time; whoever holds one was mailed it by an earlier try, and is passed over.

    The mail goes out before the code is committed: a code that was not mailed is never left behind.
    """
    unit = Unit.objects.select_related("agency").get(pk=run.subject_id)
    if run.by is None or not scope_of(run.by, Permission.MANAGE_PEOPLE).touches_agency(unit.agency_id):
        raise WorkRefused(_NO_REACH)
    places = list(activation.places_to_mail(run.by, unit.agency, unit))
    try:
        with get_connection() as connection:
            for number, place in enumerate(places, start=1):
                _mail_code(run, place.person, unit.agency, connection)
                run.progress(number, len(places))
    except (OSError, SMTPException):
        raise WorkRefused(_MAIL_STOPPED) from None


def _mail_code(run, person, agency, connection):
    try:
        with run.writing():
            codes = accounts.issue_codes(users=[person], by=run.by, agency_id=agency.pk)
            expires_at = timezone.now() + accounts.CODE_LASTS
            for code in codes.values():  # none for somebody who has become active meanwhile
                code_mail(
                    person=person, agency=agency, code=code, expires_at=expires_at, connection=connection
                ).send()
    except SMTPRecipientsRefused:
        # An address that does not exist: this person is still without a code, the others go on.
        logger.warning("person %s: the mail server knows no such address", person.pk)


def _begin(run):
    upload = RosterUpload.objects.select_related("agency").get(pk=run.subject_id)
    if run.by is None:
        raise WorkRefused(_NO_REACH)
    scope = scope_of(run.by, Permission.MANAGE_PEOPLE)
    if not scope.touches_agency(upload.agency_id):
        raise WorkRefused(_NO_REACH)
    return upload, scope, timezone.localdate(timezone=upload.agency.zone)


def _write_people(run, upload, scope, agency, today):
    reader, rows = PeopleReader(upload, scope, today=today), 0
    for chunk in reader.chunks():
        rows += chunk.rows_read
        applying.write_people(
            [change for change in chunk.changes if change.kind != "same"],
            agency=agency,
            by=run.by,
            today=today,
        )
        run.progress(rows, upload.row_count)
    leavers = reader.leavers if upload.preview["leavers_end"] else set()
    applying.end_places(leavers, agency=agency, by=run.by, today=today)
    return reader.digest(leavers)


def _preview_people(run, upload, scope, today):
    reader, counts = PeopleReader(upload, scope, today=today), Counter()
    examples, problems, kinds, rejected, rows = {}, [], Counter(), [], 0
    names = dict(Unit.objects.filter(agency=upload.agency_id).values_list("pk", "name"))
    for chunk in reader.chunks():
        rows += chunk.rows_read
        for change in chunk.changes:
            counts[change.kind] += 1
            shown = examples.setdefault(change.kind, [])
            if change.kind != "same" and len(shown) < EXAMPLES:
                shown.append(_example(change, names))
        _note_problems(chunk, problems, kinds, rejected)
        run.progress(rows, upload.row_count)
    leaves = upload.is_complete and not rejected
    leavers = reader.leavers if upload.is_complete else set()
    counts["left"] = len(leavers)
    counts["rejected"] = len(rejected)
    some = User.objects.filter(pk__in=sorted(leavers)[:EXAMPLES]).order_by("name")
    examples["left"] = [{"name": person.get_full_name(), "nip": mask(person.nip or "")} for person in some]
    preview = {
        "counts": counts, "examples": examples, "problems": problems, "leavers_end": leaves,
        "kinds": kinds.most_common(),
    }  # fmt: skip
    return preview, reader.digest(leavers if leaves else ()), rejected


def _preview_units(upload, scope):
    plan, chunk = read_units(upload, scope)
    problems, kinds, rejected = [], Counter(), []
    _note_problems(chunk, problems, kinds, rejected)
    counts = Counter(change.kind for change in plan.changes)
    counts["same"] = chunk.rows_read - len(rejected) - len(plan.changes)
    counts["rejected"], counts["absent"] = len(rejected), len(plan.absent)
    examples = {}
    for change in plan.changes:
        shown = examples.setdefault(change.kind, [])
        if len(shown) < EXAMPLES:
            shown.append(
                {
                    "row": change.row.row,
                    "name": change.row.name,
                    "nip": change.row.code,
                    "to": change.row.parent,
                }
            )
    preview = {
        "counts": counts, "examples": examples, "problems": problems, "leavers_end": False, "kinds": kinds.most_common()
    }  # fmt: skip
    return preview, digest_of_units(plan), rejected


def _note_problems(chunk, problems, kinds, rejected):
    by_row = {}
    for problem in chunk.problems:
        kinds[problem.sentence] += 1
        by_row.setdefault(problem.row, []).append(f"{problem.column}: {problem}")
        if len(problems) < PROBLEMS_SHOWN:
            problems.append(problem.as_json())
    rejected += [(number, [*cells, " ".join(by_row[number])]) for number, cells in chunk.rejected]


def _example(change, names):
    before = change.known.place if change.known else None
    return {
        "row": change.row.row,
        "name": change.row.name,
        "nip": mask(change.row.nip),
        "from": names.get(before.unit_id, "") if before else "",
        "to": names.get(change.place.unit_id, "") if change.place else "",
        "fields": sorted(change.account) if change.known else [],
    }
