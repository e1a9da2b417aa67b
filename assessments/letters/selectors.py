"""To whom a period still has to write, whoever asks: for workers, and as numbers for the page of the analyst."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BooleanField, Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.restricting import usable
from assessments.letters.timing import PATIENCE, Latest, due_letter
from assessments.models import Assignment, Delivery, MailChoice, campaign_takes_answers

# People looked at in one query.
_BLOCK = 500


@dataclass(frozen=True)
class DueLetter:
    """One letter to one person: the assignment with its person loaded, and the number of the letter."""

    assignment: Assignment
    number: int


def unfinished(campaign, *, now):
    """Those who can still answer and have not finished, with their latest letter; nobody outside the opening times."""
    latest = Delivery.objects.filter(assignment=OuterRef("pk")).order_by("-number")
    choice = MailChoice.objects.filter(person=OuterRef("person_id")).values("wants_reminders")[:1]
    asked = Assignment.objects.filter(
        campaign_takes_answers(now, path="campaign__"),
        campaign=campaign,
        completed_at__isnull=True,
        person__is_active=True,
    )
    return usable(asked, person="person").annotate(
        latest_number=Subquery(latest.values("number")[:1]),
        latest_claimed_at=Subquery(latest.values("claimed_at")[:1]),
        latest_sent_at=Subquery(latest.values("sent_at")[:1]),
        wants_reminders=Coalesce(Subquery(choice), Value(True), output_field=BooleanField()),
    )


def letters_due(campaign, *, now) -> Iterator[DueLetter]:
    """Every letter of a period that is due now. A claim decides in the end who sends."""
    rules = campaign.letters
    people = unfinished(campaign, now=now).exclude(person__email="").select_related("person").order_by("pk")
    after = 0
    while block := list(people.filter(pk__gt=after)[:_BLOCK]):
        for assignment in block:
            number = due_letter(
                _latest(assignment),
                now=now,
                most_reminders=rules.most_reminders,
                days_between=rules.days_between,
                wants_reminders=assignment.wants_reminders,
            )
            if number is not None:
                yield DueLetter(assignment, number)
        after = block[-1].pk


def _latest(assignment):
    if assignment.latest_number is None:
        return None
    return Latest(
        assignment.latest_number, assignment.latest_claimed_at, assignment.latest_sent_at is not None
    )


@dataclass(frozen=True)
class Recipients:
    """People who have not finished: how many, how many of them cannot be written to, and how many are written to now.

    ``stopped``: want no reminders. ``invitations`` and ``reminders``: due now.
    """

    unfinished: int
    without_address: int
    stopped: int
    invitations: int
    reminders: int


def recipients_of(campaign, letters, *, now) -> Recipients:
    """The numbers in one query; they follow the same rules as :func:`letters_due`."""
    has_address = ~Q(person__email="")
    dead = Q(latest_sent_at__isnull=True, latest_claimed_at__lt=now - PATIENCE)
    rested = Q(
        latest_sent_at__isnull=False,
        latest_number__lt=letters.most_reminders,
        latest_claimed_at__lte=now - timedelta(days=letters.days_between),
    )
    to_invite = Q(latest_number__isnull=True) | Q(latest_number=0) & dead
    to_remind = Q(wants_reminders=True) & (rested | Q(latest_number__gt=0) & dead)
    counted = unfinished(campaign, now=now).aggregate(
        unfinished=Count("pk"),
        without_address=Count("pk", filter=~has_address),
        stopped=Count("pk", filter=has_address & Q(wants_reminders=False)),
        invitations=Count("pk", filter=has_address & to_invite),
        reminders=Count("pk", filter=has_address & to_remind),
    )
    return Recipients(**counted)
