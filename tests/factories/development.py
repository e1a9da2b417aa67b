"""Goals of development plans, made by the action."""

from datetime import timedelta

from django.utils import timezone

from development import actions


def goal_of(person, **fields):
    """A goal of the person, due in two weeks."""
    values = {
        "behaviour": "Meminta pendapat sebelum memutuskan",
        "when_then": "Ketika rapat dimulai, saya akan bertanya dahulu",
        "measure": "Tiga rapat berturut-turut",
        "due_on": timezone.localdate() + timedelta(days=14),
        **fields,
    }
    return actions.add_goal(person=person, by=person, **values)
