"""Where a goal may come from: the growth areas of the person's own reports, and the tips of one dimension."""

from dataclasses import dataclass

from django.http import Http404

from assessments import sheets
from assessments.models import Attempt, ScoreSheet
from questionnaires.document import load_document
from questionnaires.version_document import Scale, Tip
from reports.personal import Growth, personal_report
from scoring.selectors import plan_of

# Of so many reports, the newest first, the growth areas are offered; older ones are still there on their own pages.
MOST_REPORTS = 3


@dataclass(frozen=True)
class GrowthOffer:
    """The growth areas of one of the user's reports."""

    attempt: Attempt
    title: str
    areas: tuple[Growth, ...]


def growth_offers(user) -> tuple[GrowthOffer, ...]:
    """The growth areas of the user's newest reports; a report in which nothing stands out is left out."""
    attempts = (
        Attempt.objects.of(user)
        .filter(state=Attempt.State.SUBMITTED)
        .select_related("assignment__campaign", "person")
        .order_by("-submitted_at")[:MOST_REPORTS]
    )
    offers = []
    for attempt in attempts:
        report = personal_report(attempt)
        if report.growth:
            offers.append(GrowthOffer(attempt, report.head.title, report.growth))
    return tuple(offers)


@dataclass(frozen=True)
class ReportSource:
    """A dimension of the user's own report, with the tips of the band it fell into; none if it was not scored."""

    attempt: Attempt
    scale: Scale
    tips: tuple[Tip, ...]


def report_source(user, public_id, scale_code: str) -> ReportSource:
    """Where a goal may come from.

    Raises:
        Http404: not the user's own submitted attempt, or no such dimension.
    """
    attempt = Attempt.objects.of(user).filter(public_id=public_id, state=Attempt.State.SUBMITTED).first()
    if attempt is None:
        raise Http404
    document = load_document(attempt.version_id)
    scale = next((s for s in document.dimensions if s.code == scale_code), None)
    if scale is None:
        raise Http404
    band = _band_of(attempt, scale_code)
    feedback = scale.feedback.get(band) if band else None
    return ReportSource(attempt, scale, feedback.tips if feedback else ())


def _band_of(attempt, scale_code):
    sheet = attempt.score_sheets.filter(number=ScoreSheet.TOLD).first()
    if sheet is None:
        return None
    table = sheets.unpack(plan_of(sheet.rule_id), [sheet.scores])
    return table.person(0)[scale_code].band
