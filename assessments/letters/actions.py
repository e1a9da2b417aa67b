"""Writes around the letters of a period: their texts, who sends which, and who wants no more of them."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.consents import record_consent
from accounts.models import Consent
from assessments import policies
from assessments.letters.timing import FEWEST_DAYS, MOST_DAYS, MOST_REMINDERS, PATIENCE
from assessments.letters.wording import WordingError, check_wording
from assessments.models import Assignment, Campaign, Delivery, Letters, MailChoice, campaign_takes_answers
from audit.actions import record
from background import actions as background

KIND = "campaign.write"


@transaction.atomic
def set_letters(*, campaign, invitation, reminder, most_reminders, days_between, is_automatic, by) -> Letters:
    """Stores what a period writes, at any time until it is closed; letters that were sent stay sent.

    Raises:
        PolicyError: the period is closed, a text cannot be used, or it would write too often.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    policies.check_letters_can_change(campaign)
    for text in (invitation, reminder):
        try:
            check_wording(text)
        except WordingError as error:
            raise policies.PolicyError(_(error.sentence) % error.values) from None
    if not 0 <= most_reminders <= MOST_REMINDERS or not FEWEST_DAYS <= days_between <= MOST_DAYS:
        raise policies.PolicyError(
            _("Paling banyak %(reminders)d pengingat, dengan jarak %(fewest)d sampai %(most)d hari.")
            % {"reminders": MOST_REMINDERS, "fewest": FEWEST_DAYS, "most": MOST_DAYS}
        )
    rules = {"most_reminders": most_reminders, "days_between": days_between, "is_automatic": is_automatic}
    letters, _made = Letters.objects.update_or_create(
        campaign=campaign, defaults={"invitation": invitation, "reminder": reminder, **rules}
    )
    record(event="campaign.letters_set", by=by, target=campaign, agency_id=campaign.agency_id, detail=rules)
    return letters


@transaction.atomic
def ask_to_send(*, campaign, by):
    """Asks a worker to send what is due of a period now; what is being sent already is not asked for again.

    Raises:
        PolicyError: nobody can answer now, or there are no texts.
    """
    campaign = Campaign.objects.get(pk=campaign.pk)
    policies.check_letters_can_be_sent(campaign, now=timezone.now())
    return background.start(kind=KIND, subject_id=campaign.pk, agency_id=campaign.agency_id, by=by)


def claim_letter(*, due, now) -> Delivery | None:
    """Takes the sending of a letter upon this worker; None if another has it, or the person has finished meanwhile."""
    wanted = Assignment.objects.filter(
        campaign_takes_answers(now, path="campaign__"), pk=due.assignment.pk, completed_at__isnull=True
    )
    if not wanted.exists():
        return None
    if (
        due.number > 0
        and MailChoice.objects.filter(person=due.assignment.person_id, wants_reminders=False).exists()
    ):
        return None
    try:
        with transaction.atomic():
            return Delivery.objects.create(assignment=due.assignment, number=due.number, claimed_at=now)
    except IntegrityError:
        return _take_over(due, now)


def _take_over(due, now):
    same = Delivery.objects.filter(assignment=due.assignment, number=due.number)
    if not same.filter(sent_at__isnull=True, claimed_at__lt=now - PATIENCE).update(claimed_at=now):
        return None
    return same.get()


def mark_letter_sent(delivery):
    """Remembers that the mail server has taken the letter."""
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=timezone.now())


def release_letter(delivery):
    """Gives a claim back after the mail server refused, so that the next run tries again."""
    Delivery.objects.filter(pk=delivery.pk, sent_at__isnull=True).delete()


def record_sending(*, campaign, sent, by):
    """One event for a whole run: who got which letter stands in the deliveries."""
    record(
        event="campaign.letters_sent",
        by=by,
        target=campaign,
        agency_id=campaign.agency_id,
        detail={"sent": sent.sent, "failed": sent.failed},
    )


@transaction.atomic
def set_reminders_wanted(*, person, wanted, by=None) -> bool:
    """What somebody says about reminders of periods; returns whether that is new.

    Args:
        by: the person, or None for the holder of a letter's link, who need not be signed in.
    """
    choice, _made = MailChoice.objects.get_or_create(person=person)
    waiting = MailChoice.objects.filter(pk=choice.pk).exclude(wants_reminders=wanted)
    if not waiting.update(wants_reminders=wanted):
        return False
    record_consent(person=person, purpose=Consent.Purpose.PERIOD_REMINDERS, is_given=wanted)
    if by:
        event = "mail.reminders_wanted" if wanted else "mail.reminders_stopped"
    else:
        event = "mail.reminders_wanted_by_link" if wanted else "mail.reminders_stopped_by_link"
    record(event=event, by=by, target=choice)
    return True
