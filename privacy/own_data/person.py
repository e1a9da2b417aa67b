"""Who the person is to the product: the account's own record, places of work, roles."""

from django.utils.translation import gettext_lazy as _

from privacy.own_data.choices import chosen
from privacy.own_data.values import Column, Group, Kind, Part, Table

PERSON = Table(
    "person",
    Group.PERSON,
    _("Data akun"),
    _(
        "Berasal dari daftar pegawai instansi; dipakai agar Anda dapat masuk, disapa dengan benar, dan disurati."
    ),
    (
        Column("nip", _("NIP")),
        Column("name", _("Nama")),
        Column("title_before", _("Gelar depan")),
        Column("title_after", _("Gelar belakang")),
        Column("email", _("Surel")),
        Column("is_active", _("Akun aktif"), Kind.YES_NO),
        Column("is_staff", _("Staf teknis"), Kind.YES_NO),
        Column("is_superuser", _("Operator teknis"), Kind.YES_NO),
        Column("has_password", _("Kata sandi terpasang"), Kind.YES_NO),
        Column("created_at", _("Akun dibuat"), Kind.MOMENT),
        Column("last_login", _("Terakhir masuk"), Kind.MOMENT),
    ),
)
PLACEMENTS = Table(
    "placements",
    Group.PERSON,
    _("Penempatan"),
    _(
        "Tempat Anda bekerja; menentukan periode yang ditujukan kepada Anda dan unit tempat jawaban Anda dihitung."
    ),
    (
        Column("agency", _("Instansi")),
        Column("unit", _("Unit kerja")),
        Column("job_category", _("Jenis jabatan"), Kind.CODED),
        Column("job_level", _("Jenjang jabatan")),
        Column("employment_kind", _("Jenis kepegawaian"), Kind.CODED),
        Column("supervises_others", _("Membawahi pegawai lain"), Kind.YES_NO),
        Column("valid_from", _("Sejak"), Kind.DAY),
        Column("valid_to", _("Sampai"), Kind.DAY),
    ),
)
ROLES = Table(
    "roles",
    Group.PERSON,
    _("Peran"),
    _("Apa yang boleh Anda lakukan di sini, dan siapa yang memberikannya."),
    (
        Column("role", _("Peran"), Kind.CODED),
        Column("agency", _("Instansi")),
        Column("unit", _("Unit kerja")),
        Column("granted_at", _("Diberikan pada"), Kind.MOMENT),
        Column("granted_by", _("Diberikan oleh")),
    ),
)
TABLES = (PERSON, PLACEMENTS, ROLES)


def parts_of(user):
    """``(parts, records)``: the tables of this room, and the rows that events of the trail may be about."""
    placements = list(user.placements.select_related("unit__agency").order_by("-valid_from", "-pk"))
    grants = list(
        user.role_grants.select_related("agency", "unit", "granted_by").order_by("-granted_at", "-pk")
    )
    parts = (
        Part(PERSON, [_person(user)]),
        Part(PLACEMENTS, [_placement(row) for row in placements]),
        Part(ROLES, [_role(row) for row in grants]),
    )
    return parts, [user, *placements, *grants]


def _person(user):
    return (
        user.nip,
        user.name,
        user.title_before,
        user.title_after,
        user.email,
        user.is_active,
        user.is_staff,
        user.is_superuser,
        user.has_usable_password(),
        user.created_at,
        user.last_login,
    )


def _placement(row):
    return (
        row.unit.agency.name,
        row.unit.name,
        chosen(row, "job_category"),
        row.job_level,
        chosen(row, "employment_kind"),
        row.supervises_others,
        row.valid_from,
        row.valid_to,
    )


def _role(row):
    return (
        chosen(row, "role"),
        row.agency.name if row.agency else None,
        row.unit.name if row.unit else None,
        row.granted_at,
        row.granted_by.get_full_name() if row.granted_by else None,
    )
