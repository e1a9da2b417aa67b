"""The plan as a printed document, for the talk with the superior. The person decides whether anybody sees it."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from development.methods import method_name
from development.models import Goal
from development.selectors import Plan
from typesetting.blocks import Block, Bullets, Document, Facts, Heading, Note, Section, Text

NEWEST_NOTES = 3


def printed(plan: Plan, *, person: str, language: str) -> Document:
    """Every goal with its newest notes, and the year's lesson hours; in the active language.

    Args:
        person: the name as it stands on the title.
        language: the active language, for screen readers.
    """
    sections = [
        *(_goal(planned, number) for number, planned in enumerate(plan.open_goals, 1)),
        Section(
            _("Sasaran yang sudah selesai"),
            [block for planned in plan.completed_goals for block in _completed(planned)],
        ),
        Section(_hours_title(plan.hours), _hours(plan)),
    ]
    return Document(
        kick=_("Rencana pengembangan"),
        title=_("Rencana pengembangan saya"),
        subtitle=[person, _("Dicetak %(date)s") % {"date": _day(timezone.localdate())}],
        language=language,
        made_at=timezone.now(),
        description=_("Sasaran, ukuran, dan jam pelajaran yang saya rencanakan sendiri"),
        footer=_("Cermin ASN. Rencana ini ditulis oleh pemiliknya dan bukan penilaian."),
        sections=[section for section in sections if section.blocks],
    )


def _day(day):
    return date_format(day, "j F Y")


def _goal(planned, number) -> Section:
    goal = planned.goal
    heading = _("Sasaran %(number)s") % {"number": number}
    return Section(
        f"{heading} · {planned.source}" if planned.source else heading,
        [Heading(goal.behaviour), Text(goal.when_then), Facts(_facts(planned)), *_notes(goal)],
    )


def _facts(planned):
    goal = planned.goal
    found = [(_("Status"), _status(planned)), (_("Ukuran keberhasilan"), goal.measure)]
    if planned.is_completed:
        found.append((_("Selesai pada"), _day(timezone.localtime(goal.completed_at))))
    else:
        found.append((_("Tanggal"), _day(goal.due_on)))
    if goal.method:
        found.append((_("Cara belajar"), method_name(goal.method)))
    hours = _("%(done)s dari %(wanted)s") % {"done": planned.recorded_jp, "wanted": goal.jp}
    found.append((_("JP tercatat dari rencana"), hours))
    if goal.supporter:
        found.append((_("Pendukung"), goal.supporter))
    return found


def _status(planned):
    if planned.is_completed:
        return _("Selesai")
    return {
        Goal.Status.IN_PROGRESS: _("Berjalan"),
        Goal.Status.CHANGED: _("Diubah"),
    }.get(planned.goal.status, _("Belum dimulai"))


def _notes(goal) -> list[Block]:
    notes = list(goal.action_items.all())[:NEWEST_NOTES]
    if not notes:
        return []
    lines = [f"{_day(timezone.localtime(item.noted_at))}: {item.note}" for item in notes]
    return [Text(_("Catatan kemajuan terakhir"), is_quiet=True), Bullets(lines)]


def _completed(planned) -> list[Block]:
    return [Heading(planned.goal.behaviour), Facts(_facts(planned))]


def _hours_title(hours):
    return _("Jam pelajaran %(year)s") % {"year": hours.year}


def _hours(plan) -> list[Block]:
    hours = plan.hours
    rows = [
        (_("Sudah dilakukan"), _("%(jp)s JP") % {"jp": hours.done}),
        (_("Masih direncanakan"), _("%(jp)s JP") % {"jp": hours.planned}),
    ]
    if hours.duty:
        rows.append((_("Belum direncanakan"), _("%(jp)s JP") % {"jp": hours.missing}))
        rows.append((_("Sasaran setahun"), _("%(jp)s JP") % {"jp": hours.duty}))
    return [
        Facts(rows),
        Note([_("Jumlah ini berasal dari catatan Anda sendiri dan bukan catatan resmi.")]),
    ]
