"""What the demo person with a plan shares with the superior: one report taken back, one open and looked at."""

from datetime import timedelta

from django.utils import timezone

from assessments.models import Attempt
from questionnaires.document import load_document
from reports.sharing.actions import give_share, look_at_share, revoke_share
from reports.sharing.parts import USUAL_DAYS, Choice, Part
from reports.sharing.policies import has_judgement

_NOTE = "Bu, mari kita bahas dua dimensi ini minggu depan. Saya ingin masukan Ibu tentang sasaran saya."
_DIMENSIONS = 2


def share_reports(person, recipient) -> None:
    """The two newest reports of the person, as somebody shares who first tries it out."""
    sent = Attempt.objects.of(person).filter(state=Attempt.State.SUBMITTED)
    taken_back, kept = sent.select_related("person", "assignment__agency")[:2]
    # By the clock of the person, as on the page.
    with timezone.override(kept.assignment.agency.zone):
        revoke_share(share=_give(taken_back, recipient), by=person)
        look_at_share(share=_give(kept, recipient, note=_NOTE), by=recipient)


def _give(attempt, recipient, *, note=""):
    document = load_document(attempt.version_id)
    dimensions = frozenset(scale.code for scale in document.dimensions[:_DIMENSIONS])
    parts = {Part.AREAS, Part.PLAN} | ({Part.JUDGEMENT} if has_judgement(document) else set())
    return give_share(
        attempt=attempt,
        recipient=recipient,
        choice=Choice(dimensions, frozenset(parts)),
        last_day=timezone.localdate() + timedelta(days=USUAL_DAYS),
        note=note,
        by=attempt.person,
    )
