"""Writes to periods by an agency's HR staff: the draft in its steps, opening, extending."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import tree
from agencies.data_protection import current_version
from assessments import policies
from assessments.assigning import add_assignments
from assessments.models import Audience, Campaign, CampaignInstrument, ListedPerson
from assessments.periods.audience import Sizes, placements_in_reach, placements_of, sizes_of
from assessments.periods.checking import find_problems
from assessments.periods.nip_lists import NOT_FOUND, ListedRow
from audit.actions import record
from background import actions as background
from background.models import BackgroundJob
from scoring.actions import rule_in_force

OPENING = "campaign.open"  # the kind of background work
# Opening for so many takes some seconds; a request may not take longer.
PEOPLE_AT_ONCE = 20_000
# Rejected rows of a list that are kept to be shown; whoever has more mends the file first.
MOST_PROBLEMS = 500
# Numbers looked up at once; SQLite allows 32,766 variables in a statement.
_LOOKED_UP = 5000


class DraftMoved(policies.PolicyError):
    """A colleague saved in between; nothing is written, and what was typed is still on the page."""


@transaction.atomic
def draft_period(*, agency, title, by, unit=None) -> Campaign:
    """Begins a period for an agency, or for one unit of it and what is below.

    The legal basis is that of the agency's last period, because it seldom changes, and the privacy notice the newest;
    the impact assessment is asked for anew.
    """
    latest = Campaign.objects.filter(agency=agency).order_by("-pk").first()
    public_id = uuid.uuid4()
    campaign = Campaign.objects.create(
        public_id=public_id,
        code=f"{agency.code}-{public_id.hex[:12]}",
        title=title,
        agency=agency,
        unit=unit,
        legal_basis=latest.legal_basis if latest else "",
        notice_version=current_version(agency),
        edited_at=timezone.now(),
        edited_by=by,
    )
    Audience.objects.create(campaign=campaign)
    record(event="campaign.created", by=by, target=campaign, agency_id=agency.pk)
    return campaign


@transaction.atomic
def choose_questionnaires(*, campaign, title, versions, seen_revision, by):
    """Step 1: what the period is called and which published versions it asks, in this order.

    Raises:
        DraftMoved: a colleague saved since ``seen_revision``.
        PolicyError: the period is open, or a version is not published.
    """
    campaign = _hold_draft(campaign, seen_revision)
    for version in versions:
        policies.check_version_can_be_asked(version)
    campaign.instruments.exclude(version__in=versions).delete()
    for position, version in enumerate(versions, start=1):
        CampaignInstrument.objects.update_or_create(
            campaign=campaign,
            version=version,
            defaults={"position": position, "rule": rule_in_force(version=version, by=by)},
        )
    return _save_draft(campaign, by, step="questionnaires", title=title)


@transaction.atomic
def choose_people(*, campaign, base, units, job_categories, employment_kinds, seen_revision, by):
    """Step 2: whom the period asks. A unit below another chosen one is left out, being asked already.

    Raises:
        DraftMoved, PolicyError: as in :func:`choose_questionnaires`, or a unit lies outside the period's reach.
    """
    campaign = _hold_draft(campaign, seen_revision)
    top = campaign.unit.path if campaign.unit_id else ""
    if any(unit.agency_id != campaign.agency_id or not tree.is_within(unit.path, top) for unit in units):
        raise policies.PolicyError(_("Unit kerja itu berada di luar lingkup periode ini."))
    audience = campaign.audience
    audience.base = base
    audience.job_categories, audience.employment_kinds = list(job_categories), list(employment_kinds)
    audience.save(update_fields=["base", "job_categories", "employment_kinds"])
    audience.units.set(_highest(units))
    return _save_draft(campaign, by, step="people")


def _highest(units):
    paths = {unit.path for unit in units}
    return [unit for unit in units if not paths.intersection(tree.ancestor_paths(unit.path)[:-1])]


@transaction.atomic
def replace_list(*, campaign, rows: Iterable[ListedRow], seen_revision, by):
    """Takes an uploaded list in place of the last one: whoever is found within reach, and why the other rows are not.

    Raises:
        DraftMoved, PolicyError: as in :func:`choose_questionnaires`.
        UnreadableTable: the file breaks off; the last list stays.
    """
    campaign = _hold_draft(campaign, seen_revision)
    audience = campaign.audience
    rows = list(rows)
    numbers = [row.nip for row in rows if row.nip]
    people = {}
    for start in range(0, len(numbers), _LOOKED_UP):
        found = placements_in_reach(campaign).filter(person__nip__in=numbers[start : start + _LOOKED_UP])
        people.update(found.values_list("person__nip", "person_id"))
    audience.listed.all().delete()
    listed = [ListedPerson(audience=audience, person_id=person_id) for person_id in people.values()]
    ListedPerson.objects.bulk_create(listed, batch_size=_LOOKED_UP)
    rejected = [
        [row.row, row.problem or NOT_FOUND, dict(row.values)]
        for row in rows
        if row.nip is None or row.nip not in people
    ]
    audience.base = Audience.Base.LIST
    audience.list_rows, audience.rejected_rows = len(rows), len(rejected)
    audience.list_problems = rejected[:MOST_PROBLEMS]
    audience.save(update_fields=["base", "list_rows", "rejected_rows", "list_problems"])
    return _save_draft(campaign, by, step="list", detail={"rows": len(rows), "rejected": len(rejected)})


@transaction.atomic
def set_times_and_rules(*, campaign, seen_revision, by, **values):
    """Step 3: when, and by what right.

    Args:
        values: ``opens_at``, ``closes_at`` (either may be None), ``legal_basis``, ``dpia_reference``,
            ``notice_version``, ``minimum_group_size``, ``participation_target``.

    Raises:
        DraftMoved, PolicyError: as in :func:`choose_questionnaires`, or the group size is below the smallest allowed.
    """
    policies.check_minimum_group_size(values["minimum_group_size"])
    campaign = _hold_draft(campaign, seen_revision)
    return _save_draft(campaign, by, step="times", **values)


def _hold_draft(campaign, seen_revision) -> Campaign:
    held = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("unit", "audience")
        .get(pk=campaign.pk)
    )
    policies.check_campaign_is_draft(held)
    if held.revision != seen_revision:
        raise DraftMoved(
            _(
                "Draf ini diubah sejak Anda membukanya, mungkin oleh rekan Anda. Isian Anda masih ada di halaman ini "
                "dan belum disimpan. Periksa, lalu simpan sekali lagi untuk memakainya."
            )
        )
    return held


def _save_draft(campaign, by, *, step, detail=None, **values) -> Campaign:
    for name, value in values.items():
        setattr(campaign, name, value)
    campaign.revision += 1
    campaign.edited_at, campaign.edited_by = timezone.now(), by
    campaign.save(update_fields=[*values, "revision", "edited_at", "edited_by"])
    record(
        event="campaign.edited",
        by=by,
        target=campaign,
        agency_id=campaign.agency_id,
        detail={"step": step, **(detail or {})},
    )
    return campaign


@transaction.atomic
def discard_draft(*, campaign, by):
    """Deletes a draft; what has been opened is never deleted."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    policies.check_draft_can_be_discarded(campaign)
    record(event="campaign.discarded", by=by, target=campaign, agency_id=campaign.agency_id)
    campaign.delete()


@transaction.atomic
def ask_to_open(*, campaign, seen_revision, by) -> int | None:
    """Opens a draft at once, or asks a worker to open a very large one; returns how many are asked, if known already.

    Raises:
        DraftMoved, PolicyError: as in :func:`open_period`.
    """
    held = _hold_checked(campaign, seen_revision)
    if _check_complete(held).total <= PEOPLE_AT_ONCE:
        return open_period(campaign=held, seen_revision=seen_revision, by=by)
    Campaign.objects.filter(pk=held.pk).update(opening_revision=seen_revision)
    job = background.start(kind=OPENING, subject_id=held.pk, agency_id=held.agency_id, by=by)
    return job.total if job.state == job.State.DONE else None


def opening_job(campaign) -> BackgroundJob | None:
    """The latest job that was asked to open the draft."""
    return BackgroundJob.objects.filter(kind=OPENING, subject_id=campaign.pk).first()


@transaction.atomic
def open_period(*, campaign, seen_revision, by, progress=None) -> int:
    """Opens a draft and asks everybody whom it names, or does neither; returns how many are asked.

    Whoever presses twice, or a colleague who presses at the same moment, finds the period open and changes nothing.
    The scoring rules are those in force now.

    Args:
        progress: told how many of how many people have been assigned.

    Raises:
        DraftMoved: the draft is not the one that was checked.
        PolicyError: it is open already, or incomplete; the sentences say what is missing.
    """
    held = _hold_checked(campaign, seen_revision)
    total = _check_complete(held).total
    for instrument in held.instruments.select_related("version"):
        instrument.rule = rule_in_force(version=instrument.version, by=by)
        instrument.save(update_fields=["rule"])
    tell = (lambda added: progress(added, max(total, added))) if progress else None
    added = add_assignments(held, placements_of(held), progress=tell)
    held.audience.listed.all().delete()
    Campaign.objects.filter(pk=held.pk).update(
        state=Campaign.State.OPEN, opened_at=timezone.now(), revision=F("revision") + 1
    )
    detail = {"asked": added, "opens_at": held.opens_at.isoformat(), "closes_at": held.closes_at.isoformat()}
    record(event="campaign.opened", by=by, target=held, agency_id=held.agency_id, detail=detail)
    return added


def _hold_checked(campaign, seen_revision) -> Campaign:
    """The draft, held until the transaction ends, if it is the one that was checked."""
    held = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("unit", "audience")
        .get(pk=campaign.pk)
    )
    policies.check_campaign_not_opened(held)
    if held.revision != seen_revision:
        raise DraftMoved(_("Draf ini diubah sejak Anda memeriksanya. Periksa sekali lagi, lalu buka."))
    return held


def _check_complete(campaign) -> Sizes:
    """The sizes of the audience; raises PolicyError with every sentence that stands in the way."""
    sizes = sizes_of(campaign)
    blocking = [p.text for p in find_problems(campaign, sizes, now=timezone.now()) if p.is_blocking]
    if blocking:
        raise policies.PolicyError(" ".join(blocking))
    return sizes


@transaction.atomic
def extend_period(*, campaign, closes_at, reason, by):
    """Moves the deadline of an open period to a later moment.

    Raises:
        PolicyError: it is not open, the moment is not later or not ahead, or there is no reason.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    policies.check_campaign_can_be_extended(campaign, closes_at=closes_at, reason=reason, now=timezone.now())
    detail = {"from": campaign.closes_at.isoformat(), "to": closes_at.isoformat(), "reason": reason}
    campaign.closes_at = closes_at
    campaign.save(update_fields=["closes_at"])
    record(event="campaign.extended", by=by, target=campaign, agency_id=campaign.agency_id, detail=detail)
    return campaign
