"""How long each class of data is kept (domain.md 4.1), and what has outlived its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ActivationCode, User
from agencies.models import Placement, Role, RoleGrant
from assessments.models import Attempt, Campaign
from audit.actions import record
from development.models import Goal
from privacy.erasing import erase_person
from privacy.models import RetentionRun
from reports.models import ReleaseState

DAY, MONTH = timedelta(days=1), timedelta(days=30.4375)
SENT, SAVED, DUE = (
    _("sesudah dikirim"),
    _("sesudah terakhir disimpan, bila periodenya sudah ditutup"),
    _("sesudah tenggatnya"),
)
EXPIRED, LEFT = _("sesudah kedaluwarsa"), _("sesudah tidak bertugas di mana pun")
_AT_ONCE = 500


@dataclass(frozen=True)
class RetentionRule:
    """``since``: what the time is counted from, in words. ``remove``: takes the rows of one batch."""

    code: str
    label: str
    kept: timedelta
    since: str
    outlived: Callable[[datetime], QuerySet]
    remove: Callable[[QuerySet], None]

    @property
    def months(self) -> int | None:
        """None for a time that is counted in days."""
        return round(self.kept / MONTH) if self.kept % MONTH == timedelta() else None


@dataclass(frozen=True)
class Outcome:
    rule: RetentionRule
    count: int


def due(now: datetime | None = None) -> list[Outcome]:
    """How many rows of each class have outlived their time; nothing is changed."""
    now = now or timezone.now()
    return [Outcome(rule, rule.outlived(now - rule.kept).count()) for rule in RULES]


def apply(now: datetime | None = None) -> list[Outcome]:
    """Removes them, a batch at a time; may be interrupted and run again at any time.

    How many went is noted with every batch; the event of the trail tells of a class when it is done.
    """
    now = now or timezone.now()
    return [Outcome(rule, _apply(rule, now)) for rule in RULES]


def _apply(rule, now) -> int:
    run = RetentionRun(applied_at=now, rule=rule.code, removed=0)
    while _batch(rule, run):
        pass
    if run.removed:
        detail = {"rule": rule.code, "removed": run.removed}
        record(event="retention.applied", by=None, target=run, detail=detail)
    return run.removed


@transaction.atomic
def _batch(rule, run) -> int:
    rows = rule.outlived(run.applied_at - rule.kept)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    if ids:
        rule.remove(rows.model.objects.filter(pk__in=ids))
        run.removed += len(ids)
        run.save()
    return len(ids)


_UNASKED = Q(assignment__isnull=True)
_OF_A_CLOSED_CAMPAIGN = Q(assignment__campaign__state=Campaign.State.CLOSED)


def _drafts(before):
    rows = Attempt.objects.filter(state=Attempt.State.IN_PROGRESS, saved_at__lt=before)
    return rows.filter(_UNASKED | _OF_A_CLOSED_CAMPAIGN)


def _assessments(before):
    """Never what the results of a campaign are still to be made from."""
    frozen = ReleaseState.objects.filter(
        campaign=OuterRef("assignment__campaign"), agency=OuterRef("assignment__agency")
    )
    rows = Attempt.objects.filter(state=Attempt.State.SUBMITTED, submitted_at__lt=before)
    return rows.filter(_UNASKED | Exists(frozen))


def _goals(before):
    return Goal.objects.filter(due_on__lt=before.date()).filter(
        Q(completed_at__isnull=True) | Q(completed_at__lt=before)
    )


def _codes(before):
    return ActivationCode.objects.filter(expires_at__lt=before)


def _accounts(before):
    """People who left everywhere long ago, hold no office and have not signed in since."""
    here = Placement.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=before.date()))
    return (
        User.objects.filter(is_superuser=False, nip__isnull=False, created_at__lt=before)
        .filter(Q(last_login__isnull=True) | Q(last_login__lt=before))
        .exclude(pk__in=here.values("person"))
        .exclude(pk__in=RoleGrant.objects.exclude(role=Role.RESPONDENT).values("user"))
    )


def _delete(rows):
    rows.delete()


def _erase(people):
    for person in people:
        erase_person(person=person, reason="masa simpan", by=None)


RULES = (
    RetentionRule("drafts", _("pengisian yang tidak dikirim"), 90 * DAY, SAVED, _drafts, _delete),
    RetentionRule(
        "assessments", _("jawaban dengan skor dan laporannya"), 24 * MONTH, SENT, _assessments, _delete
    ),
    RetentionRule("goals", _("sasaran rencana pengembangan"), 36 * MONTH, DUE, _goals, _delete),
    RetentionRule("activation_codes", _("kode aktivasi kedaluwarsa"), 30 * DAY, EXPIRED, _codes, _delete),
    RetentionRule("accounts", _("akun orang yang sudah tidak bertugas"), 36 * MONTH, LEFT, _accounts, _erase),
)
