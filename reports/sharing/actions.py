"""Writes to shares of reports. The trail says who gave whom a look, until when and when they looked; never what."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.consents import record_consent
from accounts.models import Consent
from assessments.models import Attempt
from audit.actions import record
from questionnaires.document import load_document
from reports.models import ReportLook, ReportShare, SharedPart
from reports.sharing import policies
from reports.sharing.mail import tell_recipient
from reports.sharing.parts import Choice, Part

# A page loaded again within so many minutes is the same opening: phones reload what they had put aside.
SAME_LOOK = timedelta(minutes=5)
_LAST_MINUTE = time(23, 59)


@transaction.atomic
def give_share(*, attempt, recipient, choice: Choice, last_day, by, note="", wants_mail=False):
    """Gives one person a look at the chosen parts of one's own report, until the end of a day.

    Args:
        attempt: the owner's submitted attempt.
        last_day: a date from tomorrow to 90 days ahead, by the owner's clock (the active time zone).
        by: the owner.
        wants_mail: whether the recipient is told by e-mail, if there is an address.

    Raises:
        SharingRefused: recipient, parts or date do not fit, or the report is shared already.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    # Two tabs must not share with two people: whoever comes first holds the attempt until the share is there.
    stored = Attempt.objects.select_for_update().get(pk=attempt.pk)
    _end_lapsed(ReportShare.objects.filter(attempt=stored), now)
    policies.check_report_can_be_shared(stored, owner=by)
    policies.check_recipient(recipient, owner=by)
    policies.check_choice(load_document(stored.version_id), choice)
    policies.check_last_day(last_day, today=today)
    share = ReportShare.objects.create(
        attempt=stored,
        owner=by,
        recipient=recipient,
        note=note,
        days=(last_day - today).days,
        given_at=now,
        ends_at=datetime.combine(last_day, _LAST_MINUTE, tzinfo=timezone.get_current_timezone()),
    )
    SharedPart.objects.bulk_create(_rows(share, choice))
    record_consent(person=by, purpose=Consent.Purpose.REPORT_SHARE, is_given=True)
    _record("share.given", share, by, recipient_id=recipient.pk, ends_at=share.ends_at.isoformat())
    if wants_mail:
        transaction.on_commit(lambda: tell_recipient(share))
    return share


def _rows(share, choice):
    dimensions = [
        SharedPart(share=share, part=Part.DIMENSION, scale_code=code) for code in sorted(choice.dimensions)
    ]
    return dimensions + [SharedPart(share=share, part=part) for part in Part if part in choice.parts]


@transaction.atomic
def look_at_share(*, share, by) -> ReportLook:
    """Records that the recipient opens the share; the owner sees it at once.

    Returns:
        The look, or the last one if it was so short a time ago that this is the same opening.

    Raises:
        ShareEnded: the share is over; taking back and looking wait for each other, so nothing is seen afterwards.
    """
    now = timezone.now()
    ReportShare.objects.select_for_update().get(pk=share.pk)
    stored = ReportShare.objects.select_related("attempt", "owner", "recipient").get(pk=share.pk)
    policies.check_share_is_open(stored, now=now)
    last = stored.looks.filter(looked_at__gt=now - SAME_LOOK).first()
    if last is not None:
        return last
    look = ReportLook.objects.create(share=stored, looked_at=now)
    _record("share.looked_at", stored, by)
    return look


@transaction.atomic
def revoke_share(*, share, by) -> bool:
    """Takes a share back; the recipient sees nothing from then on.

    Returns:
        Whether it was still open; pressing twice, or after its end, changes nothing.
    """
    now = timezone.now()
    _end_lapsed(ReportShare.objects.filter(pk=share.pk), now)
    still_open = ReportShare.objects.filter(pk=share.pk, ended_at__isnull=True)
    if not still_open.update(ended_at=now, ending=ReportShare.Ending.REVOKED):
        return False
    record_consent(person=share.owner, purpose=Consent.Purpose.REPORT_SHARE, is_given=False)
    _record("share.revoked", share, by)
    return True


def end_lapsed_shares(*, now) -> int:
    """Marks every share that ended by itself: past its date, of an account that is closed, of a reopened report.

    Nobody could look at them any more; marked, they stay over, also if the account comes back.
    """
    ended = 0
    for key in list(ReportShare.objects.lapsed_at(now).values_list("pk", flat=True)):
        with transaction.atomic():
            ended += _end_lapsed(ReportShare.objects.filter(pk=key), now)
    return ended


def _end_lapsed(shares, now) -> int:
    ended = 0
    people = ("attempt__assignment", "owner", "recipient")
    for share in shares.filter(ended_at__isnull=True).select_related(*people):
        ending = policies.ending_of(share, now=now)
        moment = min(now, share.ends_at)
        waiting = ReportShare.objects.filter(pk=share.pk, ended_at__isnull=True)
        if ending and waiting.update(ended_at=moment, ending=ending):
            _record("share.ended", share, None, ending=str(ending))
            ended += 1
    return ended


def _record(event, share, by, **detail):
    assignment = share.attempt.assignment
    agency_id = assignment.agency_id if assignment else None
    record(event=event, by=by, target=share, agency_id=agency_id, detail=detail)
