"""Reads about requests and choices: the user's own, or what lies within an administrator's reach."""

from dataclasses import dataclass

from django.db.models import F
from django.http import Http404
from django.utils import timezone

from accounts.consents import NAMES, WORDINGS, latest_consents
from accounts.models import Consent, ProcessingRestriction
from agencies.selectors import agencies_looked_after_wholly
from assessments.models import MailChoice
from development.models import PlanSettings
from privacy.models import DataRequest, Incident
from reports.models import ReportShare


@dataclass(frozen=True)
class Choice:
    """One extra: what it asks, whether it is in force, and the last choice that was made about it, if any."""

    purpose: str
    name: str
    wording: str
    is_given: bool
    latest: Consent | None


@dataclass(frozen=True)
class TimedRequest:
    """A request with its clock at a moment."""

    request: DataRequest
    now: object

    @property
    def is_open(self) -> bool:
        return self.request.state == DataRequest.State.OPEN

    @property
    def hours_left(self) -> int:
        """Whole hours until it is due, counted towards zero; below zero once it is late."""
        return int((self.request.due_at - self.now).total_seconds() / 3600)

    @property
    def is_late(self) -> bool:
        return (self.now if self.is_open else self.request.decided_at) > self.request.due_at


def choices_of(user) -> tuple[Choice, ...]:
    """Every extra with its present state."""
    given = {
        Consent.Purpose.PERIOD_REMINDERS: not MailChoice.objects.filter(
            person=user, wants_reminders=False
        ).exists(),
        Consent.Purpose.PLAN_REMINDERS: PlanSettings.objects.filter(
            person=user, wants_reminders=True
        ).exists(),
        Consent.Purpose.REPORT_SHARE: ReportShare.objects.filter(owner=user).open_at(timezone.now()).exists(),
    }
    latest = latest_consents(user)
    return tuple(
        Choice(str(purpose), str(NAMES[purpose]), str(text), given[purpose], latest.get(purpose))
        for purpose, (_number, text) in WORDINGS.items()
    )


def restriction_of(user) -> ProcessingRestriction | None:
    return ProcessingRestriction.objects.filter(person=user).first()


def requests_of(user) -> tuple[TimedRequest, ...]:
    """Everything the person has asked, the newest first."""
    now = timezone.now()
    return tuple(
        TimedRequest(request, now)
        for request in DataRequest.objects.filter(person=user).select_related("decided_by", "agency")
    )


def protected_agency(user, code):
    """An agency whose requests and incidents are the person's business.

    Raises:
        Http404: it is not, or there is none of that code.
    """
    agency = agencies_looked_after_wholly(user).filter(code=code).first()
    if agency is None:
        raise Http404
    return agency


def requests_at(agency):
    """Requests to an agency that wait, the most urgent first, and then those that were answered.

    What took effect at once asks nothing of an administrator.
    """
    requests = DataRequest.objects.filter(agency=agency).exclude(kind__in=DataRequest.AT_ONCE)
    return requests.select_related("person").order_by(F("decided_at").desc(nulls_first=True), "due_at", "pk")


def request_at(agency, public_id) -> DataRequest:
    """One request to the agency.

    Raises:
        Http404: it asks another agency, or there is none.
    """
    request = (
        DataRequest.objects.select_related("person", "agency", "decided_by")
        .exclude(kind__in=DataRequest.AT_ONCE)
        .filter(agency=agency, public_id=public_id)
        .first()
    )
    if request is None:
        raise Http404
    return request


def incidents_at(agency):
    return Incident.objects.filter(agency=agency)
