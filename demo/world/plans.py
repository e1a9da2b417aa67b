"""A development plan for the demo person who has read a report."""

from datetime import timedelta

from django.utils import timezone

from development.actions import add_goal, record_progress
from development.models import Goal

_BEHAVIOUR = "Menanyakan kepada setiap pemohon apa yang paling mereka butuhkan sebelum memeriksa berkasnya."
_WHEN_THEN = "Ketika pemohon duduk di loket, saya akan bertanya satu hal dahulu sebelum meminta berkas."
_MEASURE = "Tercatat pada sepuluh pemohon dalam dua minggu."
_NOTE = "Sudah saya coba pada empat pemohon; dua di antaranya ternyata mencari layanan lain."


def make_plan(person) -> None:
    """One goal under way, with a note of progress."""
    goal = add_goal(
        person=person,
        behaviour=_BEHAVIOUR,
        when_then=_WHEN_THEN,
        measure=_MEASURE,
        method=Goal.Method.SELF_STUDY,
        supporter="Rekan satu loket",
        due_on=timezone.localdate() + timedelta(days=30),
        jp=4,
        by=person,
    )
    record_progress(goal=goal, note=_NOTE, jp=1, by=person)
