"""The history of a goal in words: which status it came to when, why, and what a rewrite replaced."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from development.methods import method_name
from development.models import Goal


@dataclass(frozen=True)
class Replaced:
    """One field that was rewritten: its label and what stood there before."""

    label: str
    value: str


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime
    sentence: str
    note: str
    replaced: tuple[Replaced, ...]


def history_of(goal: Goal) -> tuple[Entry, ...]:
    """Everything that happened to a goal, the newest first; its making is the last line."""
    sentences = {
        Goal.Status.IN_PROGRESS: _("Mulai dijalankan"),
        Goal.Status.CHANGED: _("Diubah"),
        Goal.Status.COMPLETED: _("Ditandai selesai"),
    }
    steps = [
        Entry(step.taken_at, sentences[step.status], step.note, _replaced(step.replaced))
        for step in goal.steps.all()
    ]
    return (*steps, Entry(goal.created_at, _("Sasaran dibuat"), "", ()))


def _replaced(values):
    labels = {
        "behaviour": _("Perilaku atau langkah"),
        "when_then": _("Ketika …, saya akan …"),
        "measure": _("Ukuran keberhasilan"),
        "method": _("Cara belajar"),
        "due_on": _("Tanggal"),
        "jp": _("Jam pelajaran (JP)"),
        "supporter": _("Siapa yang mendukung"),
    }
    return tuple(Replaced(labels[name], _in_words(name, values[name])) for name in labels if name in values)


def _in_words(name, value):
    if name == "due_on":
        return date_format(date.fromisoformat(value), "j F Y")
    if name == "method":
        return method_name(value) or _("belum dipilih")
    return str(value) if value != "" else _("kosong")
