"""Writes to how a plan reaches its person."""

from django.db import transaction
from django.utils import timezone

from accounts.consents import record_consent
from accounts.models import Consent
from audit.actions import record
from development import policies
from development.models import PlanSettings


@transaction.atomic
def set_reminders(*, person, wanted, language, by):
    """Turns reminders by e-mail on or off; pressing twice is the same as once.

    The choice is kept with its language and wording: consent that can be shown and withdrawn (UU 27/2022).

    Raises:
        PolicyError: they are wanted, but the account has no e-mail address.
    """
    if wanted:
        policies.check_person_can_be_reminded(person)
    settings, _made = PlanSettings.objects.get_or_create(person=person)
    changed = PlanSettings.objects.filter(pk=settings.pk).exclude(wants_reminders=wanted, language=language)
    if changed.update(wants_reminders=wanted, language=language):
        _note_choice(person, is_given=wanted, language=language)
        event = "plan.reminders_turned_on" if wanted else "plan.reminders_turned_off"
        record(event=event, by=by, target=settings, detail={"language": language})
    settings.refresh_from_db()
    return settings


@transaction.atomic
def stop_reminders(*, settings):
    """Turns reminders off for whoever holds the link of a reminder; nobody needs to be signed in for that."""
    if PlanSettings.objects.filter(pk=settings.pk, wants_reminders=True).update(wants_reminders=False):
        _note_choice(settings.person, is_given=False, language=settings.language)
        record(event="plan.reminders_stopped_by_link", by=None, target=settings)


def _note_choice(person, *, is_given, language):
    record_consent(
        person=person, purpose=Consent.Purpose.PLAN_REMINDERS, is_given=is_given, language=language
    )


@transaction.atomic
def set_next_assessment(*, person, day, by):
    """Remembers when the person wants to look in the mirror again; None forgets it.

    Raises:
        PolicyError: the day has passed or lies more than two years ahead.
    """
    if day is not None:
        policies.check_next_assessment(day, today=timezone.localdate())
    settings, _made = PlanSettings.objects.get_or_create(person=person)
    PlanSettings.objects.filter(pk=settings.pk).update(next_assessment_on=day)
    record(event="plan.next_assessment_set", by=by, target=settings)
    settings.refresh_from_db()
    return settings
