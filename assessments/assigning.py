"""Making assignments in bulk: people's places of work are read and copied block by block, however many there are."""

from django.db.models import Exists, OuterRef

from agencies.models import Placement
from assessments.models import Assignment, Campaign

_BLOCK = 10_000  # placements read at once: some megabytes
# Rows in one INSERT; SQLite allows 32,766 variables in a statement and an assignment has eleven.
_ROWS = 2000
_COLUMNS = (
    "pk",
    "person_id",
    "unit__agency_id",
    "unit_id",
    "unit__path",
    "job_category",
    "employment_kind",
    "supervises_others",
)


def add_assignments(campaign: Campaign, placements, *, progress=None) -> int:
    """Asks everybody who has one of the current placements and was not asked before; the caller holds the campaign.

    Args:
        placements: a queryset of placements.
        progress: told after each block how many have been added.

    Returns:
        how many people were added.
    """
    asked = Assignment.objects.filter(campaign=campaign, person=OuterRef("person_id"))
    waiting = placements.filter(~Exists(asked), valid_to__isnull=True)
    rows = waiting.order_by("pk").values_list(*_COLUMNS)
    added, after = 0, 0
    while block := list(rows.filter(pk__gt=after)[:_BLOCK]):
        Assignment.objects.bulk_create([_assignment(campaign, row) for row in block], batch_size=_ROWS)
        added, after = added + len(block), block[-1][0]
        if progress:
            progress(added)
    return added


def _assignment(campaign, row):
    _pk, person, agency, unit, path, job_category, employment_kind, supervises_others = row
    return Assignment(
        campaign=campaign,
        person_id=person,
        agency_id=agency,
        unit_id=unit,
        unit_path=path,
        job_category=job_category,
        employment_kind=employment_kind,
        supervises_others=supervises_others,
    )


def current_placements(*, people):
    """The current placements of a queryset of users."""
    return Placement.objects.filter(person__in=people, valid_to__isnull=True)
