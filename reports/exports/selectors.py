"""Exports for their owner: what has been asked for, how far it is, and until when its file may be fetched."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from background.models import BackgroundJob
from reports.exports.actions import EXPORT
from reports.exports.models import Export
from reports.models import ReleaseState
from reports.pages.reading import OpenedUnit
from reports.reach import OutOfReach, frozen_reach, reach_of

EXPORTS_PER_PAGE = 20


@dataclass(frozen=True)
class Entry:
    """One export as its owner sees it. ``job``: the work, as long as the file has not been made."""

    export: Export
    job: BackgroundJob | None
    now: datetime

    @property
    def is_ready(self) -> bool:
        return self.export.made_at is not None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return self.export.removed_at is not None or (
            self.export.expires_at is not None and self.export.expires_at <= self.now
        )

    @property
    def has_failed(self) -> bool:
        return self.export.made_at is None and (
            self.job is None or self.job.state == BackgroundJob.State.FAILED
        )

    @property
    def is_under_way(self) -> bool:
        return self.export.made_at is None and not self.has_failed


@dataclass(frozen=True, eq=False)
class ExportsPage:
    """The exports of one person from one release, newest first."""

    opened: OpenedUnit
    entries: tuple[Entry, ...]
    page: object

    @property
    def headline(self) -> str:
        return _("Bawa hasil %(unit)s sebagai berkas") % {"unit": self.opened.unit.name}

    @property
    def is_busy(self) -> bool:
        return any(entry.is_under_way for entry in self.entries)


def exports_page(user, opened: OpenedUnit, *, number, now: datetime) -> ExportsPage:
    """The number of queries does not depend on how many exports there are."""
    exports = Export.objects.filter(asked_by=user, release=opened.release).select_related("unit")
    page = Paginator(exports, EXPORTS_PER_PAGE).get_page(number)
    unmade = [export.pk for export in page if export.made_at is None]
    jobs = BackgroundJob.objects.filter(
        kind=EXPORT, subject_id__in=unmade, agency_id=opened.release.agency_id
    )
    job_of = {job.subject_id: job for job in jobs.order_by("pk")}
    entries = tuple(Entry(export, job_of.get(export.pk), now) for export in page)
    return ExportsPage(opened=opened, entries=entries, page=page)


def export_of(user, export_id) -> Export:
    """An export that the person asked for, and whose figures they still reach.

    Raises:
        ObjectDoesNotExist: somebody else's, or out of reach by now.
        PermissionDenied: the person may see no group results at all any more.
    """
    reach = reach_of(user)
    exports = Export.objects.select_related("release__agency", "release__campaign", "unit")
    export = exports.get(public_id=export_id, asked_by=user)
    check_within_reach(reach, export.release, export.unit_path)
    return export


def check_within_reach(reach, release: ReleaseState, unit_path: str):
    """Raises OutOfReach unless the person reaches the unit where it stood in the release."""
    if not frozen_reach(reach, release).covers(unit_path):
        raise OutOfReach
