"""The last minute of a campaign: people send while somebody closes, and the results count exactly what was sent."""

from datetime import timedelta
from functools import partial

import pytest

from assessments import actions, answers
from assessments.models import Attempt, Campaign, ScoreSheet
from assessments.periods import actions as periods
from assessments.policies import AttemptClosed, PolicyError
from assessments.rescoring import rescore_campaign
from audit.models import AuditEvent
from questionnaires.document import load_document
from reports.models import ReleaseState
from reports.results import freeze
from tests.concurrency.threads import Counter, at_once
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, add_unit, placed_person, root_of
from tests.factories.questionnaires import published_version
from tests.factories.scoring import calibration_set

pytestmark = pytest.mark.django_db(transaction=True)

EARLY = 10  # as many as a result needs to be shown
LATE = 8
FREEZERS = 6


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def people(agency):
    return [placed_person(root_of(agency)) for _n in range(EARLY + LATE)]


@pytest.fixture
def version():
    return published_version()


def last_minute(agency, people, version):
    """A campaign in which the first ten have sent and the others are about to."""
    campaign = campaigns.open_campaign(version, agency=agency, people=people)
    for person in people[:EARLY]:
        campaigns.submitted_attempt(person, version, campaign=campaign)
    waiting = [
        campaigns.answer(campaigns.started_attempt(person, version, campaign=campaign), default=2)
        for person in people[EARLY:]
    ]
    return campaign, waiting


@pytest.mark.slow
def test_whoever_sends_while_the_campaign_closes_is_counted_or_refused(agency, people, version):
    for sent_before_closing in range(LATE):
        campaign, waiting = last_minute(agency, people, version)
        before = {attempt.pk: bytes(attempt.answers) for attempt in waiting}
        sent = Counter()

        def close(number, campaign=campaign, sent=sent):
            sent.wait_for(number)
            campaigns.close(campaign)

        senders = [partial(send, attempt, sent) for attempt in waiting]
        *outcomes, _closed = at_once(*senders, partial(close, sent_before_closing), refusals=AttemptClosed)
        through = {outcome.value for outcome in outcomes if outcome.refusal is None}
        assert len(through) >= sent_before_closing
        check_outcomes(campaign, waiting, through, before)
        check_results(freeze(campaign=campaign, agency=agency, by=None), EARLY + len(through))


def send(attempt, sent):
    own = fresh(attempt)
    sheet = actions.submit_attempt(attempt=own, by=own.person)
    sent.add()
    return sheet.attempt_id


def fresh(attempt):
    """The attempt as a request of its own reads it."""
    return Attempt.objects.select_related("assignment__campaign", "person").get(pk=attempt.pk)


def check_outcomes(campaign, waiting, through, before):
    """Each attempt either has a sheet, sent before the closing, or is open still with its answers as they were."""
    closed_at = Campaign.objects.get(pk=campaign.pk).closed_at
    sheets = set(ScoreSheet.objects.filter(number=ScoreSheet.TOLD).values_list("attempt_id", flat=True))
    for attempt in waiting:
        now = fresh(attempt)
        assert bytes(now.answers) == before[attempt.pk]
        is_sent = attempt.pk in through
        assert (now.state == Attempt.State.SUBMITTED) == is_sent
        assert (attempt.pk in sheets) == is_sent
        assert (now.assignment.completed_at is not None) == is_sent
        assert not is_sent or now.submitted_at <= closed_at
        submissions = AuditEvent.objects.filter(event="attempt.submitted", target_id=str(attempt.pk))
        assert submissions.count() == is_sent


def check_results(release, respondents):
    assert release.cells.get(version=None).n == respondents
    by_scale = dict(release.cells.exclude(version=None).values_list("scale_code", "n"))
    assert by_scale == {"RAPI": respondents, "PEKA": respondents}


def test_after_the_closing_everybody_is_refused_and_keeps_the_answers(agency, people, version):
    campaign, waiting = last_minute(agency, people, version)
    # Read while it was open, as by a page that has been standing there for an hour.
    stale = [fresh(attempt) for attempt in waiting]
    assert all(attempt.assignment.campaign.state == Campaign.State.OPEN for attempt in stale)
    campaigns.close(campaign)
    outcomes = at_once(
        *(partial(actions.submit_attempt, attempt=attempt, by=attempt.person) for attempt in stale),
        refusals=AttemptClosed,
    )
    assert all(isinstance(outcome.refusal, AttemptClosed) for outcome in outcomes)
    check_outcomes(campaign, waiting, set(), {a.pk: bytes(a.answers) for a in waiting})


def test_a_campaign_closed_by_several_at_once_is_closed_once(agency, version):
    campaign = campaigns.open_campaign(version, agency=agency)
    outcomes = at_once(*[partial(campaigns.close, campaign)] * 4, refusals=PolicyError)
    assert [outcome.refusal is None for outcome in outcomes].count(True) == 1
    assert AuditEvent.objects.filter(event="campaign.closed").count() == 1


def test_a_campaign_scored_again_by_several_at_once_gets_every_sheet_once(agency, people, version):
    campaign, _waiting = last_minute(agency, people, version)
    campaign = campaigns.close(campaign)
    calibration_set(version)
    outcomes = at_once(*[partial(rescore_campaign, campaign=campaign, by=None)] * 4)
    assert sum(changes.written for outcome in outcomes for changes in outcome.value) == EARLY
    assert sorted(ScoreSheet.objects.values_list("number", flat=True)) == [1] * EARLY + [2] * EARLY


def test_results_frozen_by_several_at_once_are_made_once(agency, people, version):
    quiet = placed_person(add_unit(root_of(agency), "dinas"))
    units, dimensions = 2, len(load_document(version.pk).dimensions)
    for _round in range(3):
        campaign, _waiting = last_minute(agency, [*people, quiet], version)
        campaigns.close(campaign)
        outcomes = at_once(*[partial(freeze, campaign=campaign, agency=agency, by=None)] * FREEZERS)
        release = ReleaseState.objects.get(campaign=campaign)
        assert {outcome.value.pk for outcome in outcomes} == {release.pk}
        cells = list(release.cells.values_list("unit", "version", "scale_code"))
        assert len(cells) == len(set(cells)) == units * (1 + dimensions)
        made = AuditEvent.objects.filter(event="results.frozen", target_id=str(release.pk))
        assert made.count() == 1


def test_an_answer_saved_while_the_campaign_closes_is_kept_or_refused(agency, people, version):
    campaign, waiting = last_minute(agency, people, version)

    def save(attempt):
        own = fresh(attempt)
        actions.save_answers(attempt=own, patch={"A1": 5}, seen_revision=own.revision, by=own.person)

    *outcomes, _closed = at_once(
        *(partial(save, attempt) for attempt in waiting),
        partial(campaigns.close, campaign),
        refusals=AttemptClosed,
    )
    document = load_document(version.pk)
    for attempt, outcome in zip(waiting, outcomes, strict=True):
        now = answers.decode(document, Attempt.objects.get(pk=attempt.pk).answers)
        assert now["A1"] == (5 if outcome.refusal is None else 2)


def test_a_period_opened_by_several_at_once_is_opened_once_and_asks_everybody_once(agency, people, version):
    draft = campaigns.drafted_period(version, agency=agency)
    opening = partial(periods.open_period, campaign=draft, seen_revision=draft.revision, by=None)
    outcomes = at_once(*[opening] * 4, refusals=PolicyError)
    assert [outcome.value for outcome in outcomes if outcome.refusal is None] == [len(people)]
    assert draft.assignments.count() == len(people)
    assert AuditEvent.objects.filter(event="campaign.opened").count() == 1


def test_a_draft_edited_while_it_is_opened_is_opened_as_checked_or_not_at_all(agency, people, version):
    for _round in range(3):
        draft = campaigns.drafted_period(version, agency=agency)
        seen = draft.revision
        opened, edited = at_once(
            partial(periods.open_period, campaign=draft, seen_revision=seen, by=None),
            partial(
                periods.choose_people,
                campaign=draft,
                base="units",
                units=[],
                job_categories=[],
                employment_kinds=[],
                seen_revision=seen,
                by=None,
            ),
            refusals=PolicyError,
        )
        assert (opened.refusal is None) != (edited.refusal is None)
        assert draft.assignments.count() == (len(people) if opened.refusal is None else 0)


def test_a_period_extended_while_the_scheduler_closes_it_is_one_or_the_other(agency, version):
    for _round in range(3):
        due = campaigns.open_campaign(version, agency=agency)
        later = due.closes_at + timedelta(days=7)
        closed, extended = at_once(
            partial(actions.close_campaign, campaign=due, by=None, due_at=due.closes_at),
            partial(periods.extend_period, campaign=due, closes_at=later, reason="Banjir", by=None),
            refusals=PolicyError,
        )
        assert (closed.refusal is None) != (extended.refusal is None)
        due.refresh_from_db()
        assert (due.closes_at == later) == (extended.refusal is None)
