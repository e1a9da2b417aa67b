"""Writes to campaigns, assignments, attempts and score sheets."""

from contextlib import nullcontext

from django.db import IntegrityError, transaction
from django.db.models import Exists, F
from django.utils import timezone

from assessments import answers as answer_bytes
from assessments import page_times, policies, quality_details, sheets
from assessments.assigning import add_assignments, current_placements
from assessments.locks import HeldTask
from assessments.models import Assignment, Attempt, Campaign, CampaignInstrument, OpenText, ScoreSheet
from assessments.selectors import begun_attempt, measurement_for
from audit.actions import record
from questionnaires.document import load_document
from scoring import engine, quality
from scoring.actions import rule_in_force
from scoring.selectors import plan_of

# Sending takes a second round only if somebody saved or closed in between, and from then on it holds the rows.
_ROUNDS = 3


class StaleRevision(Exception):
    """Somebody, usually the same person in another tab, saved in between; read the attempt again and merge."""


@transaction.atomic
def create_campaign(
    *,
    code,
    title,
    versions,
    opens_at,
    closes_at,
    legal_basis,
    notice_version,
    by,
    agency=None,
    dpia_reference="",
    minimum_group_size=10,
    participation_target=80,
):
    """Makes a campaign in draft. The scoring rule of each version is fixed here for the whole campaign.

    Raises:
        PolicyError: dates, group size or a version do not fit.
    """
    policies.check_campaign_dates(opens_at=opens_at, closes_at=closes_at)
    policies.check_minimum_group_size(minimum_group_size)
    for version in versions:
        policies.check_version_can_be_asked(version)
    campaign = Campaign.objects.create(
        code=code,
        title=title,
        agency=agency,
        opens_at=opens_at,
        closes_at=closes_at,
        legal_basis=legal_basis,
        dpia_reference=dpia_reference,
        notice_version=notice_version,
        minimum_group_size=minimum_group_size,
        participation_target=participation_target,
    )
    for position, version in enumerate(versions, start=1):
        CampaignInstrument.objects.create(
            campaign=campaign, version=version, rule=rule_in_force(version=version, by=by), position=position
        )
    record(event="campaign.created", by=by, target=campaign, agency_id=campaign.agency_id)
    return campaign


@transaction.atomic
def open_campaign(*, campaign, by):
    """Lets people answer from ``opens_at`` on."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    policies.check_campaign_can_open(campaign)
    campaign.state = Campaign.State.OPEN
    campaign.opened_at = timezone.now()
    campaign.save(update_fields=["state", "opened_at"])
    record(event="campaign.opened", by=by, target=campaign, agency_id=campaign.agency_id)
    return campaign


@transaction.atomic
def close_campaign(*, campaign, by, reason="", due_at=None):
    """Ends a campaign for good. Every submission either came before this or is refused with its answers kept.

    Args:
        reason: why it ends early, in the words of whoever closes it; kept in the trail.
        due_at: for the scheduler: a campaign that was extended beyond this moment meanwhile is left alone.

    Raises:
        PolicyError: it is not open, or not due.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    policies.check_campaign_can_close(campaign, due_at=due_at)
    campaign.state = Campaign.State.CLOSED
    campaign.closed_at = timezone.now()
    campaign.save(update_fields=["state", "closed_at"])
    record(
        event="campaign.closed",
        by=by,
        target=campaign,
        agency_id=campaign.agency_id,
        detail={"reason": reason} if reason else None,
    )
    return campaign


@transaction.atomic
def assign(*, campaign, people, by):
    """Asks people in a campaign; whoever was asked before stays as he was.

    The place of work is copied, so that a reorganisation does not rewrite this campaign. People without a current
    place, or, in an agency's own campaign, with a place elsewhere, are left out.

    Args:
        people: a queryset of users.

    Returns:
        how many people were added.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    policies.check_people_can_be_assigned(campaign)
    placements = current_placements(people=people)
    if campaign.agency_id is not None:
        placements = placements.filter(unit__agency_id=campaign.agency_id)
    if campaign.unit_id is not None:
        placements = placements.filter(unit__path__startswith=campaign.unit.path)
    added = add_assignments(campaign, placements)
    if added:
        # Whoever remembers how many are asked remembers it for a revision.
        Campaign.objects.filter(pk=campaign.pk).update(revision=F("revision") + 1)
    record(
        event="campaign.people_assigned",
        by=by,
        target=campaign,
        agency_id=campaign.agency_id,
        detail={"added": added},
    )
    return added


def start_attempt(*, person, version, by, assignment=None):
    """The person's attempt at a version: the one already begun, or a new one. Safe to call twice at once.

    Raises:
        AttemptClosed: the campaign does not take answers now.
        PolicyError: the version is not published, or not asked in the campaign.
    """
    now = timezone.now()
    existing = begun_attempt(person, version, assignment)
    if existing:
        return existing
    if assignment is None:
        policies.check_version_can_be_asked(version)
    else:
        policies.check_task_is_own(assignment, person)
        policies.check_campaign_takes_answers(assignment.campaign, now=now)
        policies.check_version_is_in_campaign(assignment.campaign, version)
    # A version's first rule is published here and not while somebody sends: sending only reads.
    rule_in_force(version=version)
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                person=person,
                version=version,
                assignment=assignment,
                answers=answer_bytes.empty(load_document(version.pk)),
                started_at=now,
                saved_at=now,
            )
            record(
                event="attempt.started",
                by=by,
                target=attempt,
                agency_id=assignment.agency_id if assignment else None,
            )
            return attempt
    except IntegrityError:
        # The other of two simultaneous requests was first; its attempt is the person's attempt.
        return begun_attempt(person, version, assignment)


def save_answers(*, attempt, patch, seen_revision, by, section_seconds=None, texts=None):
    """Writes a patch of answers if nobody saved since ``seen_revision``; returns the new revision.

    One UPDATE compares and sets, so of two simultaneous saves one writes and the other is told. Saving is not
    audited: it is the person's own work, many times a minute.

    Args:
        patch: ``{item code: value}``; None takes an answer away.
        section_seconds: ``{section code: seconds}`` of active time to add, or None.
        texts: ``{item code: text}`` of open texts; an empty text takes the stored one away.

    Raises:
        InvalidAnswer: an unknown item or a value outside its scale; nothing is written.
        StaleRevision: the attempt has moved on; nothing is written.
        AttemptClosed: submitted, or the campaign has ended; what was saved stays.
    """
    now = timezone.now()
    policies.check_attempt_takes_answers(attempt, now=now)
    if attempt.revision != seen_revision:
        # The patch is merged into the answers in hand, so these must be the answers of that revision.
        raise StaleRevision
    document = load_document(attempt.version_id)
    answer_bytes.check_answers(document, {code: value for code, value in patch.items() if value is not None})
    answer_bytes.check_texts(document, texts or {})
    merged = answer_bytes.apply(answer_bytes.decode(document, attempt.answers), patch)
    stored = answer_bytes.encode(document, merged)
    page_seconds = _add_seconds(document, attempt.page_seconds, section_seconds or {})
    # One statement is whole by itself; a transaction costs two more trips to the database, ten times a person.
    with transaction.atomic() if texts else nullcontext():
        changed = (
            Attempt.objects.taking_answers(now)
            .filter(pk=attempt.pk, revision=seen_revision)
            .update(answers=stored, page_seconds=page_seconds, revision=F("revision") + 1, saved_at=now)
        )
        if not changed:
            current = Attempt.objects.select_related("assignment__campaign").get(pk=attempt.pk)
            policies.check_attempt_takes_answers(current, now=now)
            raise StaleRevision
        _write_texts(attempt, texts or {})
    attempt.answers, attempt.page_seconds, attempt.saved_at = stored, page_seconds, now
    attempt.revision = seen_revision + 1
    return attempt.revision


def _write_texts(attempt, texts):
    """Only after the compare-and-set: whoever holds the new revision is the only one to write texts."""
    for code, text in texts.items():
        if text:
            OpenText.objects.update_or_create(attempt=attempt, item_code=code, defaults={"text": text})
        else:
            OpenText.objects.filter(attempt=attempt, item_code=code).delete()


def _add_seconds(document, stored, added):
    codes = {section.code for section in document.sections}
    known = {code: seconds for code, seconds in added.items() if code in codes}
    if not known:
        return stored
    return page_times.encode(document, page_times.add(page_times.decode(document, stored), known))


@transaction.atomic
def submit_attempt(*, attempt, by):
    """Takes the answers as final, scores them and stores the sheet. Sending twice gives the same sheet.

    Raises:
        AttemptClosed: the campaign has ended; what was saved stays.
        PolicyError: nothing has been answered.
        StaleRevision: the attempt would not hold still; nothing is written.
    """
    for _round in range(_ROUNDS):
        if attempt.state == Attempt.State.SUBMITTED:
            return attempt.score_sheets.select_related("attempt").get(number=ScoreSheet.TOLD)
        now = timezone.now()
        policies.check_attempt_takes_answers(attempt, now=now)
        document = load_document(attempt.version_id)
        given = answer_bytes.decode(document, attempt.answers)
        policies.check_attempt_can_be_submitted(document, given)
        if _take_as_final(attempt, now):
            break
        attempt = _locked(attempt)
    else:
        raise StaleRevision
    sheet = _score(attempt, document, given, now)
    _mark_completed(attempt, now)
    record(
        event="attempt.submitted",
        by=by,
        target=attempt,
        agency_id=attempt.assignment.agency_id if attempt.assignment else None,
    )
    return sheet


def _take_as_final(attempt, now):
    """Submits the answers in hand if they are still those that are stored, as one compare-and-set.

    Whoever was asked holds the own task until the transaction ends, and the campaign against closing.
    """
    expected = {"pk": attempt.pk, "revision": attempt.revision, "state": Attempt.State.IN_PROGRESS}
    if attempt.assignment_id is not None:
        expected["assignment"] = HeldTask(attempt.assignment_id, now)
    changed = Attempt.objects.filter(**expected).update(
        state=Attempt.State.SUBMITTED, submitted_at=now, revision=F("revision") + 1
    )
    if changed:
        attempt.state, attempt.submitted_at = Attempt.State.SUBMITTED, now
        attempt.revision += 1
    return bool(changed)


def _locked(attempt):
    """The attempt as it is now, with nobody able to save or send it before this transaction ends."""
    if (
        attempt.assignment_id is not None
    ):  # first, as the compare-and-set does: else two senders block each other
        Assignment.objects.select_for_update().get(pk=attempt.assignment_id)
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("assignment__campaign")
    return attempts.get(pk=attempt.pk)


def _score(attempt, document, given, now):
    using = measurement_for(attempt)
    plan = plan_of(using.rule_id)
    seconds = page_times.decode(document, attempt.page_seconds)
    result = quality.assess(document, given, seconds or None)
    return ScoreSheet.objects.create(
        attempt=attempt,
        rule_id=using.rule_id,
        calibration_id=using.calibration_id,
        norm_id=using.norm_id,
        engine_version=engine.ENGINE_VERSION,
        scores=sheets.pack(engine.score(plan, engine.encode(plan, [given]))),
        quality=result.rating,
        quality_details=quality_details.pack(result),
        created_at=now,
    )


def _mark_completed(attempt, now):
    """The task is done when every questionnaire of the campaign has been sent; one statement decides and writes."""
    if attempt.assignment_id is None:
        return
    sent = Attempt.objects.filter(assignment_id=attempt.assignment_id, state=Attempt.State.SUBMITTED)
    instruments = CampaignInstrument.objects.filter(campaign_id=attempt.assignment.campaign_id)
    still_open = instruments.exclude(version__in=sent.values("version"))
    Assignment.objects.filter(~Exists(still_open), pk=attempt.assignment_id).update(completed_at=now)
