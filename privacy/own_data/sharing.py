"""Who was given a look at the person's reports and looked when; and what others gave to the person."""

from django.utils.translation import gettext_lazy as _

from privacy.own_data.choices import chosen
from privacy.own_data.values import Coded, Column, Group, Kind, Part, Table
from questionnaires.document import load_document
from reports.models import ReportShare
from reports.sharing.parts import Part as SharedPart

LOOKS = Table(
    "looks",
    Group.LOOKS,
    _("Siapa yang membuka laporan saya"),
    _(
        "Setiap pembukaan oleh orang yang Anda beri. Analis SDM, atasan, dan administrator tidak mempunyai jalan lain."
    ),
    (
        Column("looked_at", _("Dibuka pada"), Kind.MOMENT),
        Column("by", _("Oleh")),
        Column("report", _("Laporan")),
        Column("parts", _("Bagian yang dibagikan")),
    ),
)
_SHARE = (
    Column("note", _("Pesan")),
    Column("given_at", _("Dibagikan pada"), Kind.MOMENT),
    Column("days", _("Lama (hari)"), Kind.NUMBER),
    Column("ends_at", _("Sampai"), Kind.MOMENT),
    Column("ended_at", _("Berakhir pada"), Kind.MOMENT),
    Column("ending", _("Cara berakhir"), Kind.CODED),
    Column("public_id", _("Id"), is_technical=True),
)
GIVEN = Table(
    "shares_given",
    Group.SHARING,
    _("Laporan yang saya bagikan"),
    _("Kepada siapa, bagian mana, sampai kapan."),
    (
        Column("to", _("Kepada")),
        Column("report", _("Laporan")),
        Column("parts", _("Bagian yang dibagikan")),
        *_SHARE,
    ),
)
RECEIVED = Table(
    "shares_received",
    Group.SHARING,
    _("Laporan yang dibagikan kepada saya"),
    _("Oleh siapa dan sampai kapan; isinya milik yang membagikan."),
    (Column("from", _("Dari")), Column("report", _("Laporan")), *_SHARE),
)
OWN_LOOKS = Table(
    "own_looks",
    Group.SHARING,
    _("Laporan orang lain yang saya buka"),
    _("Pemiliknya melihat catatan yang sama."),
    (
        Column("looked_at", _("Dibuka pada"), Kind.MOMENT),
        Column("of", _("Milik")),
        Column("report", _("Laporan")),
    ),
)
TABLES = (LOOKS, GIVEN, RECEIVED, OWN_LOOKS)

_PARTS = {
    SharedPart.AREAS: _("Kekuatan dan area pengembangan"),
    SharedPart.JUDGEMENT: _("Pertimbangan situasional"),
    SharedPart.ANSWERS: _("Jawaban butir demi butir"),
    SharedPart.PLAN: _("Rencana pengembangan"),
}
_ENDINGS = {
    ReportShare.Ending.LEFT: _("akun tidak aktif lagi"),
    ReportShare.Ending.CHANGED: _("laporan dibuka kembali"),
}


def parts_of(user, *, language):
    """``(parts, records)``: the tables of this room, and the rows that events of the trail may be about."""
    shares = ReportShare.objects.select_related("owner", "recipient", "attempt")
    given = list(shares.filter(owner=user).prefetch_related("parts", "looks"))
    received = list(shares.filter(recipient=user).prefetch_related("looks"))
    titles = {each.pk: _title(each, language) for each in (*given, *received)}
    looks = [
        (look.looked_at, each.recipient.get_full_name(), titles[each.pk], _parts(each, language))
        for each in given
        for look in each.looks.all()
    ]
    own_looks = [
        (look.looked_at, each.owner.get_full_name(), titles[each.pk])
        for each in received
        for look in each.looks.all()
    ]
    given_rows = [
        (each.recipient.get_full_name(), titles[each.pk], _parts(each, language), *_share(each))
        for each in given
    ]
    received_rows = [(each.owner.get_full_name(), titles[each.pk], *_share(each)) for each in received]
    parts = (
        Part(LOOKS, sorted(looks, reverse=True)),
        Part(GIVEN, given_rows),
        Part(RECEIVED, received_rows),
        Part(OWN_LOOKS, sorted(own_looks, reverse=True)),
    )
    return parts, [*given, *received]


def _title(share, language):
    return load_document(share.attempt.version_id).title.in_language(language)


def _parts(share, language):
    scales = load_document(share.attempt.version_id).scale_by_code
    rows = share.parts.all()
    names = [
        scales[row.scale_code].name.in_language(language) for row in rows if row.part == SharedPart.DIMENSION
    ]
    return ", ".join([*names, *(str(_PARTS[row.part]) for row in rows if row.part in _PARTS)])


def _share(share):
    ending = chosen(share, "ending")
    if share.ending in _ENDINGS:
        # What the list of shares says too.
        ending = Coded(share.ending, str(_ENDINGS[share.ending]))
    return (
        share.note,
        share.given_at,
        share.days,
        share.ends_at,
        share.ended_at,
        ending,
        str(share.public_id),
    )
