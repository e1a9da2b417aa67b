"""What the person decided about the data, asked of the agency, and was told of incidents."""

from django.utils.translation import gettext_lazy as _

from accounts.consents import NAMES
from accounts.models import ProcessingRestriction
from privacy.own_data.choices import chosen
from privacy.own_data.values import Coded, Column, Group, Kind, Part, Table

CONSENTS = Table(
    "consents",
    Group.RIGHTS,
    _("Persetujuan"),
    _("Setiap kali Anda menyetujui atau menarik sesuatu: untuk apa, dengan kalimat yang mana, dan kapan."),
    (
        Column("decided_at", _("Waktu"), Kind.MOMENT),
        Column("purpose", _("Untuk apa"), Kind.CODED),
        Column("is_given", _("Disetujui"), Kind.YES_NO),
        Column("wording", _("Nomor kalimat"), Kind.NUMBER),
        Column("language", _("Bahasa")),
    ),
)
RESTRICTION = Table(
    "restriction",
    Group.RIGHTS,
    _("Pembatasan pemakaian"),
    _("Ada selama Anda membatasi pemakaian data Anda."),
    (Column("since", _("Sejak"), Kind.MOMENT),),
)
REQUESTS = Table(
    "requests",
    Group.RIGHTS,
    _("Permintaan"),
    _("Yang Anda minta tentang data Anda, batas waktunya, dan jawabannya."),
    (
        Column("public_id", _("Nomor permintaan"), is_technical=True),
        Column("kind", _("Permintaan"), Kind.CODED),
        Column("agency", _("Instansi")),
        Column("asked_at", _("Diminta"), Kind.MOMENT),
        Column("due_at", _("Batas waktu"), Kind.MOMENT),
        Column("state", _("Status"), Kind.CODED),
        Column("decided_at", _("Dijawab"), Kind.MOMENT),
        Column("decided_by", _("Dijawab oleh")),
        Column("text", _("Uraian")),
        Column("answer", _("Jawaban")),
    ),
)
INCIDENTS = Table(
    "incident_letters",
    Group.RIGHTS,
    _("Surat insiden"),
    _("Bila data Anda pernah terbuka bagi pihak yang tidak berhak: surat yang dikirim kepada Anda."),
    (
        Column("incident", _("Insiden")),
        Column("claimed_at", _("Disiapkan"), Kind.MOMENT),
        Column("sent_at", _("Terkirim"), Kind.MOMENT),
    ),
)
TABLES = (CONSENTS, RESTRICTION, REQUESTS, INCIDENTS)


def parts_of(user):
    """``(parts, records)``: the tables of this room, and the rows that events of the trail may be about."""
    consents = list(user.consents.all())
    restrictions = list(ProcessingRestriction.objects.filter(person=user))
    requests = list(user.data_requests.select_related("agency", "decided_by"))
    letters = list(user.incident_letters.select_related("incident").order_by("-pk"))
    parts = (
        Part(CONSENTS, [_consent(row) for row in consents]),
        Part(RESTRICTION, [(row.since,) for row in restrictions]),
        Part(REQUESTS, [_request(row) for row in requests]),
        Part(INCIDENTS, [(row.incident.title, row.claimed_at, row.sent_at) for row in letters]),
    )
    return parts, [*restrictions, *requests]


def _consent(row):
    return (
        row.decided_at,
        Coded(row.purpose, str(NAMES[row.purpose])),
        row.is_given,
        row.wording,
        row.language,
    )


def _request(row):
    return (
        str(row.public_id),
        chosen(row, "kind"),
        row.agency.name if row.agency else None,
        row.asked_at,
        row.due_at,
        chosen(row, "state"),
        row.decided_at,
        row.decided_by.get_full_name() if row.decided_by else None,
        row.text,
        row.answer,
    )
