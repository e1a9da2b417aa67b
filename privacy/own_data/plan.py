"""The person's development plan: goals with their notes and history, and how the plan reaches the person."""

from django.utils.translation import gettext_lazy as _

from development.methods import method_name
from development.models import PlanSettings
from privacy.own_data.choices import chosen
from privacy.own_data.values import Coded, Column, Group, Kind, Part, Table

_NUMBER = Column("goal", _("Sasaran nomor"), Kind.NUMBER)

GOALS = Table(
    "goals",
    Group.PLAN,
    _("Sasaran"),
    _(
        "Rencana pengembangan yang Anda tulis sendiri; tidak dapat dibuka orang lain, kecuali Anda membagikannya."
    ),
    (
        Column("goal", _("Nomor"), Kind.NUMBER),
        Column("behaviour", _("Perilaku atau langkah")),
        Column("when_then", _("Ketika …, saya akan …")),
        Column("measure", _("Ukuran keberhasilan")),
        Column("method", _("Cara belajar"), Kind.CODED),
        Column("supporter", _("Siapa yang mendukung")),
        Column("scale", _("Kode skala"), is_technical=True),
        Column("runs_from", _("Berjalan sejak"), Kind.DAY),
        Column("due_on", _("Tanggal"), Kind.DAY),
        Column("jp", _("JP"), Kind.NUMBER),
        Column("status", _("Status"), Kind.CODED),
        Column("created_at", _("Dibuat"), Kind.MOMENT),
        Column("completed_at", _("Selesai pada"), Kind.MOMENT),
        Column("from_attempt", _("Dari laporan"), is_technical=True),
        Column("public_id", _("Id"), is_technical=True),
    ),
)
NOTES = Table(
    "goal_notes",
    Group.PLAN,
    _("Catatan kemajuan"),
    _("Catatan Anda pada sasaran, dengan jam pelajarannya."),
    (
        _NUMBER,
        Column("note", _("Catatan")),
        Column("jp", _("JP"), Kind.NUMBER),
        Column("noted_at", _("Dicatat"), Kind.MOMENT),
    ),
)
STEPS = Table(
    "goal_steps",
    Group.PLAN,
    _("Riwayat sasaran"),
    _("Perubahan status sasaran, dan isi lama yang digantikan."),
    (
        _NUMBER,
        Column("status", _("Status"), Kind.CODED),
        Column("note", _("Catatan")),
        Column("replaced", _("Yang digantikan")),
        Column("taken_at", _("Pada"), Kind.MOMENT),
    ),
)
REMINDERS = Table(
    "goal_reminders",
    Group.PLAN,
    _("Pengingat sasaran"),
    _("Surel pengingat yang dikirim atas permintaan Anda."),
    (
        _NUMBER,
        Column("kind", _("Jenis"), Kind.CODED),
        Column("due_on", _("Tanggal sasaran"), Kind.DAY),
        Column("claimed_at", _("Disiapkan"), Kind.MOMENT),
        Column("sent_at", _("Dikirim"), Kind.MOMENT),
    ),
)
SETTINGS = Table(
    "plan_settings",
    Group.PLAN,
    _("Pengaturan rencana"),
    _("Pengingat, bahasanya, dan kapan Anda ingin menilai diri lagi."),
    (
        Column("wants_reminders", _("Pengingat lewat surel"), Kind.YES_NO),
        Column("language", _("Bahasa")),
        Column("next_assessment_on", _("Penilaian berikutnya"), Kind.DAY),
    ),
)
TABLES = (GOALS, NOTES, STEPS, REMINDERS, SETTINGS)


def parts_of(user):
    """``(parts, records)``: the tables of this room, and the rows that events of the trail may be about."""
    goals = list(
        user.goals.select_related("attempt")
        .prefetch_related("action_items", "steps", "reminders")
        .order_by("-created_at", "-pk")
    )
    settings = list(PlanSettings.objects.filter(person=user))
    numbered = list(enumerate(goals, start=1))
    parts = (
        Part(GOALS, [_goal(number, goal) for number, goal in numbered]),
        Part(NOTES, [_note(number, note) for number, goal in numbered for note in goal.action_items.all()]),
        Part(STEPS, [_step(number, step) for number, goal in numbered for step in goal.steps.all()]),
        Part(
            REMINDERS, [_reminder(number, row) for number, goal in numbered for row in goal.reminders.all()]
        ),
        Part(SETTINGS, [(row.wants_reminders, row.language, row.next_assessment_on) for row in settings]),
    )
    return parts, [*goals, *settings]


def _goal(number, goal):
    return (
        number,
        goal.behaviour,
        goal.when_then,
        goal.measure,
        Coded(goal.method, str(method_name(goal.method))) if goal.method else None,
        goal.supporter,
        goal.scale_code,
        goal.runs_from,
        goal.due_on,
        goal.jp,
        chosen(goal, "status"),
        goal.created_at,
        goal.completed_at,
        str(goal.attempt.public_id) if goal.attempt else None,
        str(goal.public_id),
    )


def _note(number, note):
    return (number, note.note, note.jp, note.noted_at)


def _step(number, step):
    replaced = "; ".join(f"{name}: {value}" for name, value in step.replaced.items())
    return (number, chosen(step, "status"), step.note, replaced or None, step.taken_at)


def _reminder(number, row):
    return (number, chosen(row, "kind"), row.due_on, row.claimed_at, row.sent_at)
