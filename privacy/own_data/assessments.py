"""What was asked of the person, by which periods and letters; the answers themselves stand in ``answers``."""

from django.utils.translation import gettext_lazy as _

from assessments.models import ListedPerson, MailChoice
from privacy.own_data.choices import chosen
from privacy.own_data.values import Column, Group, Kind, Part, Table

ASSIGNMENTS = Table(
    "assignments",
    Group.ASSESSMENTS,
    _("Tugas"),
    _(
        "Periode yang meminta jawaban Anda, dengan tempat kerja sebagaimana tercatat waktu itu. Analis SDM melihat "
        "jumlah yang sudah selesai di tiap unit, bukan siapa orangnya."
    ),
    (
        Column("campaign", _("Periode")),
        Column("agency", _("Instansi")),
        Column("unit", _("Unit kerja")),
        Column("unit_path", _("Jalur unit"), is_technical=True),
        Column("job_category", _("Jenis jabatan"), Kind.CODED),
        Column("employment_kind", _("Jenis kepegawaian"), Kind.CODED),
        Column("supervises_others", _("Membawahi pegawai lain"), Kind.YES_NO),
        Column("legal_basis", _("Dasar hukum")),
        Column("notice_version", _("Pemberitahuan privasi")),
        Column("completed_at", _("Selesai pada"), Kind.MOMENT),
        Column("public_id", _("Id"), is_technical=True),
    ),
)
LETTERS = Table(
    "letters",
    Group.ASSESSMENTS,
    _("Surel periode"),
    _("Undangan dan pengingat yang dikirim kepada Anda."),
    (
        Column("campaign", _("Periode")),
        Column("number", _("Nomor (0 = undangan)"), Kind.NUMBER),
        Column("claimed_at", _("Disiapkan"), Kind.MOMENT),
        Column("sent_at", _("Dikirim"), Kind.MOMENT),
    ),
)
MAIL_CHOICE = Table(
    "mail_choice",
    Group.ASSESSMENTS,
    _("Pilihan surel"),
    _("Apakah Anda menerima pengingat periode. Tanpa pilihan: ya, sampai Anda menghentikannya."),
    (Column("wants_reminders", _("Menerima pengingat periode"), Kind.YES_NO),),
)
LISTED = Table(
    "listed",
    Group.ASSESSMENTS,
    _("Daftar draf periode"),
    _(
        "Draf periode yang daftarnya memuat Anda; daftar itu hilang ketika periode dibuka atau drafnya dihapus."
    ),
    (Column("campaign", _("Periode")), Column("agency", _("Instansi"))),
)
TABLES = (ASSIGNMENTS, LETTERS, MAIL_CHOICE, LISTED)


def parts_of(user):
    """``(parts, records)``: the tables of this room, and the rows that events of the trail may be about."""
    assignments = list(
        user.assignments.select_related("campaign", "agency", "unit")
        .prefetch_related("deliveries")
        .order_by("-pk")
    )
    choices = list(MailChoice.objects.filter(person=user))
    listed = ListedPerson.objects.filter(person=user).select_related("audience__campaign__agency")
    parts = (
        Part(ASSIGNMENTS, [_assignment(row) for row in assignments]),
        Part(LETTERS, [_letter(row, each) for row in assignments for each in row.deliveries.all()]),
        Part(MAIL_CHOICE, [(row.wants_reminders,) for row in choices]),
        Part(LISTED, [_listed(row.audience.campaign) for row in listed.order_by("-pk")]),
    )
    return parts, [*assignments, *choices]


def _assignment(row):
    return (
        row.campaign.title,
        row.agency.name,
        row.unit.name,
        row.unit_path,
        chosen(row, "job_category"),
        chosen(row, "employment_kind"),
        row.supervises_others,
        row.campaign.legal_basis,
        row.campaign.notice_version,
        row.completed_at,
        str(row.public_id),
    )


def _letter(assignment, delivery):
    return (assignment.campaign.title, delivery.number, delivery.claimed_at, delivery.sent_at)


def _listed(campaign):
    return (campaign.title, campaign.agency.name if campaign.agency else None)
