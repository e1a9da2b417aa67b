"""What the trail knows: what others did to the person's records, and what the person did."""

from collections import defaultdict

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.models import AuditEvent
from audit.presenters import actor_of, what_happened
from privacy.own_data.values import Column, Group, Kind, Part, Table

_EVENT = (
    Column("event", _("Kode peristiwa"), is_technical=True),
    Column("target", _("Terhadap")),
    Column("target_id", _("Nomor catatan"), is_technical=True),
    Column("detail", _("Rincian")),
)
ABOUT = Table(
    "events_about",
    Group.TRAIL,
    _("Yang terjadi pada data saya"),
    _("Apa yang dilakukan orang lain atau sistem terhadap catatan Anda: siapa, apa, dan kapan."),
    (Column("at", _("Waktu"), Kind.MOMENT), Column("by", _("Oleh")), Column("what", _("Apa")), *_EVENT),
)
BY = Table(
    "events_by",
    Group.TRAIL,
    _("Yang saya lakukan"),
    _("Perbuatan Anda sendiri di sini, termasuk setiap unduhan salinan data ini."),
    (Column("at", _("Waktu"), Kind.MOMENT), Column("what", _("Apa")), *_EVENT),
)
ADMIN_LOG = Table(
    "admin_log",
    Group.TRAIL,
    _("Catatan ruang admin"),
    _("Perubahan lewat ruang admin, oleh Anda atau terhadap akun Anda."),
    (
        Column("at", _("Waktu"), Kind.MOMENT),
        Column("by", _("Oleh")),
        Column("what", _("Apa")),
        Column("change", _("Perubahan"), is_technical=True),
    ),
)
TABLES = (ABOUT, BY, ADMIN_LOG)


def parts_of(user, records, *, newest):
    """The tables of this room.

    Args:
        records: the person's own rows of all rooms; what happened to them happened to the person.
        newest: how many events of each table are read; None for all.
    """
    events = AuditEvent.objects.order_by("-id")
    about = events.filter(_concerning(records)).exclude(actor_id=user.pk)
    log = LogEntry.objects.filter(
        Q(user=user)
        | Q(content_type__app_label="accounts", content_type__model="user", object_id=str(user.pk))
    )
    log = log.select_related("user", "content_type").order_by("-pk")
    return (
        _cut(
            ABOUT,
            about,
            newest,
            lambda row: (row.at, actor_of(row), what_happened(row.event), *_event(row)),
        ),
        _cut(
            BY,
            events.filter(actor_id=user.pk),
            newest,
            lambda row: (row.at, what_happened(row.event), *_event(row)),
        ),
        _cut(ADMIN_LOG, log, newest, _entry),
    )


def _concerning(records):
    """Lists of ids, so that PostgreSQL reads the index of targets for each model."""
    ids = defaultdict(list)
    for record in records:
        ids[record._meta.label_lower].append(str(record.pk))
    condition = Q(pk__in=[])
    for model, numbers in ids.items():
        condition |= Q(target_model=model, target_id__in=numbers)
    return condition


def _cut(table, rows, newest, line):
    found = list(rows if newest is None else rows[: newest + 1])
    is_cut = newest is not None and len(found) > newest
    return Part(table, [line(row) for row in found[:newest]], is_cut=is_cut)


def _event(row):
    detail = "; ".join(f"{name}: {value}" for name, value in row.detail.items())
    return (row.event, _record_name(row.target_model), row.target_id, detail or None)


def _record_name(label):
    """What a record is called; its label where the model is gone by now."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


def _entry(row):
    return (row.action_time, row.user.get_full_name(), str(row), row.change_message)
