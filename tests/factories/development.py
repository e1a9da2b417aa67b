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


def set_reminders_of(person, *, wanted=True, language="id"):
    """The person's settings after asking for reminders, with an address to send them to."""
    if not person.email:
        person.email = f"pegawai{person.pk}@uji.example"
        person.save(update_fields=["email"])
    return actions.set_reminders(person=person, wanted=wanted, language=language, by=person)
