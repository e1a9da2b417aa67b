from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.actions import move_unit
from assessments import actions, answers, page_times
from assessments.answers import InvalidAnswer
from assessments.models import Assignment, Attempt, Campaign, ScoreSheet
from assessments.policies import AttemptClosed, PolicyError
from assessments.saving import save_page
from audit.models import AuditEvent
from questionnaires.document import load_document
from scoring.models import ScoringRule
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, placed_person, root_of
from tests.factories.assessments import (
    answer,
    close,
    draft_campaign,
    open_campaign,
    started_attempt,
    submitted_attempt,
)
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def person(agency):
    return placed_person(root_of(agency))


def refused_by_database():
    return pytest.raises(IntegrityError)


def stored(attempt):
    return answers.decode(load_document(attempt.version_id), Attempt.objects.get(pk=attempt.pk).answers)


OPENED = {"state": "open", "opened_at": timezone.now()}

# --- campaigns ----------------------------------------------------------------------------------------------


def test_a_campaign_fixes_the_rule_of_each_version(version, agency):
    campaign = draft_campaign(version, agency=agency)
    assert campaign.instruments.get().rule == ScoringRule.objects.get(version=version)


def test_a_campaign_without_impact_assessment_stays_a_draft(version, agency):
    campaign = draft_campaign(version, agency=agency, dpia_reference="")
    with pytest.raises(PolicyError, match="DPIA"):
        actions.open_campaign(campaign=campaign, by=None)
    with refused_by_database(), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(state="open", opened_at=timezone.now())


def test_a_campaign_opens_once_and_closes_once(version, agency):
    campaign = open_campaign(version, agency=agency)
    with pytest.raises(PolicyError, match="sudah pernah dibuka"):
        actions.open_campaign(campaign=campaign, by=None)
    close(campaign)
    with pytest.raises(PolicyError, match="sedang dibuka"):
        close(campaign)


def test_a_campaign_that_closes_before_it_opens_is_refused(version):
    now = timezone.now()
    with pytest.raises(PolicyError, match="Batas waktu harus sesudah"):
        draft_campaign(version, opens_at=now, closes_at=now)
    assert not Campaign.objects.exists()


def test_a_group_smaller_than_ten_is_refused(version):
    with pytest.raises(PolicyError, match="10"):
        draft_campaign(version, minimum_group_size=9)


@pytest.mark.parametrize(
    "fields",
    [
        {"closes_at": timezone.now() - timedelta(days=400), **OPENED},
        {"closes_at": None, **OPENED},
        {"minimum_group_size": 9},
        {"participation_target": 101},
        {"state": "open"},
        {"state": "closed", "opened_at": timezone.now()},
    ],
    ids=["dates", "no deadline", "group size", "target", "open without time", "closed without time"],
)
def test_the_database_refuses_an_impossible_campaign(version, fields):
    campaign = draft_campaign(version)
    with refused_by_database(), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(**fields)


def test_people_are_asked_once_with_their_place_of_work_copied(version, agency):
    unit = add_unit(root_of(agency), "dinas")
    other = add_unit(root_of(agency), "lain")
    person = placed_person(unit, supervises_others=True)
    campaign = open_campaign(version, agency=agency, people=[person])
    actions.assign(campaign=campaign, people=type(person).objects.filter(pk=person.pk), by=None)
    asked = Assignment.objects.get(campaign=campaign)
    assert (asked.unit_path, asked.job_category, asked.supervises_others) == (unit.path, "PLK", True)
    move_unit(unit=unit, new_parent=other, by=None)
    asked.refresh_from_db()
    assert asked.unit_path == "0001/0001/"


def test_people_of_another_agency_are_not_asked(version, agency):
    stranger = placed_person(root_of(AgencyFactory()))
    campaign = open_campaign(version, agency=agency, people=[stranger, UserFactory()])
    assert not campaign.assignments.exists()


# --- attempts ------------------------------------------------------------------------------------------------


def test_starting_twice_is_starting_once(version, person):
    first = started_attempt(person, version)
    assert started_attempt(person, version).pk == first.pk
    assert AuditEvent.objects.filter(event="attempt.started").count() == 1


def test_after_sending_an_unasked_attempt_a_new_one_can_begin(version, person):
    first = submitted_attempt(person, version)
    assert started_attempt(person, version).pk != first.pk


def test_an_asked_attempt_is_one_for_ever(version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    first = submitted_attempt(person, version, campaign=campaign)
    assert started_attempt(person, version, campaign=campaign).pk == first.pk


def test_nobody_starts_before_the_campaign_opens_or_after_it_ends(version, agency, person):
    now = timezone.now()
    early = open_campaign(
        version,
        agency=agency,
        people=[person],
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=2),
    )
    late = open_campaign(
        version,
        agency=agency,
        people=[person],
        opens_at=now - timedelta(days=2),
        closes_at=now - timedelta(days=1),
    )
    for campaign, sentence in [(early, "belum dibuka"), (late, "sudah lewat")]:
        with pytest.raises(AttemptClosed, match=sentence):
            started_attempt(person, version, campaign=campaign)


def test_a_save_moves_the_revision_and_a_stale_one_writes_nothing(version, person):
    attempt = started_attempt(person, version)
    code = load_document(version.pk).slots[0]
    assert actions.save_answers(attempt=attempt, patch={code: 2}, seen_revision=0, by=person) == 1
    stale = Attempt.objects.get(pk=attempt.pk)
    with pytest.raises(actions.StaleRevision):
        actions.save_answers(attempt=stale, patch={code: 5}, seen_revision=0, by=person)
    assert stored(attempt) == {code: 2}


@pytest.mark.parametrize("patch", [{"TIDAK-ADA": 1}, None])
def test_a_bad_answer_writes_nothing(version, person, patch):
    attempt = started_attempt(person, version)
    code = load_document(version.pk).slots[0]
    with pytest.raises(InvalidAnswer):
        actions.save_answers(attempt=attempt, patch=patch or {code: 99}, seen_revision=0, by=person)
    assert stored(attempt) == {}


def test_two_tabs_with_the_same_page_keep_both_peoples_choices(version, person):
    attempt = started_attempt(person, version)
    section = load_document(version.pk).sections[0]
    first, second = (item.code for item in section.items[:2])
    tab_a, tab_b = (Attempt.objects.select_related("assignment").get(pk=attempt.pk) for _tab in "ab")
    save_page(attempt=tab_a, section=section, base={}, mine={first: 2}, by=person)
    saved = save_page(attempt=tab_b, section=section, base={}, mine={second: 3}, by=person)
    assert saved.conflicts == ()
    assert stored(attempt) == {first: 2, second: 3}


def test_the_same_item_answered_differently_in_two_tabs_is_named_and_the_first_stays(version, person):
    attempt = started_attempt(person, version)
    section = load_document(version.pk).sections[0]
    code = section.items[0].code
    tab_a, tab_b = (Attempt.objects.select_related("assignment").get(pk=attempt.pk) for _tab in "ab")
    save_page(attempt=tab_a, section=section, base={}, mine={code: 2}, by=person)
    saved = save_page(attempt=tab_b, section=section, base={}, mine={code: 5}, by=person)
    assert saved.conflicts == (code,)
    assert stored(attempt) == {code: 2}


def test_active_time_adds_up_and_stops_at_an_hour(version, person):
    attempt = started_attempt(person, version)
    section = load_document(version.pk).sections[0]
    for seconds in (40.4, 20, 999_999):
        actions.save_answers(
            attempt=attempt,
            patch={},
            seen_revision=attempt.revision,
            by=person,
            section_seconds={section.code: seconds},
        )
    attempt.refresh_from_db()
    assert page_times.decode(load_document(version.pk), attempt.page_seconds) == {section.code: 3600}


def test_sending_scores_in_the_same_step_with_rule_and_engine(version, person):
    attempt = submitted_attempt(person, version)
    sheet = ScoreSheet.objects.get(attempt=attempt)
    assert (sheet.rule.version_id, sheet.number, sheet.engine_version) == (version.pk, 1, "1")
    assert attempt.state == Attempt.State.SUBMITTED
    assert AuditEvent.objects.filter(event="attempt.submitted", target_id=str(attempt.pk)).count() == 1


def test_sending_twice_gives_the_same_sheet(version, person):
    attempt = submitted_attempt(person, version)
    again = actions.submit_attempt(attempt=attempt, by=person)
    assert ScoreSheet.objects.get(attempt=attempt) == again


def test_nothing_is_saved_after_sending(version, person):
    attempt = submitted_attempt(person, version)
    before = stored(attempt)
    with pytest.raises(AttemptClosed, match="sudah terkirim"):
        actions.save_answers(
            attempt=attempt,
            patch={load_document(version.pk).slots[0]: 1},
            seen_revision=attempt.revision,
            by=person,
        )
    assert stored(attempt) == before


def test_an_empty_form_is_not_sent(version, person):
    with pytest.raises(PolicyError, match="Belum ada satu butir pun"):
        actions.submit_attempt(attempt=started_attempt(person, version), by=person)


def test_after_the_campaign_has_closed_saving_and_sending_are_refused_and_what_was_saved_stays(
    version, agency, person
):
    campaign = open_campaign(version, agency=agency, people=[person])
    attempt = answer(started_attempt(person, version, campaign=campaign))
    before = stored(attempt)
    close(campaign)
    attempt = Attempt.objects.select_related("assignment__campaign").get(pk=attempt.pk)
    with pytest.raises(AttemptClosed, match="tetap ada"):
        actions.save_answers(
            attempt=attempt,
            patch={load_document(version.pk).slots[0]: 1},
            seen_revision=attempt.revision,
            by=person,
        )
    with pytest.raises(AttemptClosed, match="tetap ada"):
        actions.submit_attempt(attempt=attempt, by=person)
    assert stored(attempt) == before
    assert not ScoreSheet.objects.exists()


def test_a_save_that_read_an_open_campaign_is_refused_when_it_closed_meanwhile(version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    attempt = started_attempt(person, version, campaign=campaign)
    assert attempt.assignment.campaign.state == Campaign.State.OPEN  # what this request saw
    close(campaign)
    with pytest.raises(AttemptClosed):
        actions.save_answers(
            attempt=attempt, patch={load_document(version.pk).slots[0]: 1}, seen_revision=0, by=person
        )
    assert stored(attempt) == {}


def test_an_assignment_is_complete_when_every_questionnaire_is_sent(agency, person):
    first, second = published_version(code="satu"), published_version(code="dua")
    campaign = open_campaign(first, second, agency=agency, people=[person])
    submitted_attempt(person, first, campaign=campaign)
    assert campaign.assignments.get().completed_at is None
    submitted_attempt(person, second, campaign=campaign)
    assert campaign.assignments.get().completed_at is not None


@pytest.mark.parametrize(
    "fields", [{"state": "submitted"}, {"submitted_at": timezone.now()}], ids=["no time", "time too early"]
)
def test_the_database_refuses_a_half_submitted_attempt(version, person, fields):
    attempt = started_attempt(person, version)
    with refused_by_database(), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(**fields)


def test_the_database_refuses_a_second_current_sheet(version, person):
    attempt = submitted_attempt(person, version)
    sheet = attempt.score_sheets.get()
    sheet.pk = None
    with refused_by_database(), transaction.atomic():
        sheet.save()


def test_the_database_refuses_a_second_attempt_at_the_same_task(version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    for attempt in (started_attempt(person, version), started_attempt(person, version, campaign=campaign)):
        attempt.pk, attempt.public_id = None, "0b7d1a4e-5a0c-4d4e-9d53-6a6f6f3c9b10"
        with refused_by_database(), transaction.atomic():
            attempt.save()


def test_a_patch_is_never_merged_into_answers_of_another_revision(version, person):
    attempt = started_attempt(person, version)
    first, second = load_document(version.pk).slots[:2]
    stale = Attempt.objects.get(pk=attempt.pk)
    actions.save_answers(attempt=attempt, patch={first: 2}, seen_revision=0, by=person)
    with pytest.raises(actions.StaleRevision):
        actions.save_answers(attempt=stale, patch={second: 2}, seen_revision=1, by=person)
    assert stored(attempt) == {first: 2}


def test_nobody_starts_somebody_elses_task(version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    with pytest.raises(PolicyError, match="bukan milik akun"):
        actions.start_attempt(
            person=placed_person(root_of(agency)),
            version=version,
            assignment=campaign.assignments.get(),
            by=None,
        )


def test_the_database_refuses_to_ask_a_person_or_a_version_twice(version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    for row in (campaign.assignments.get(), campaign.instruments.get()):
        row.pk, row.public_id = None, "4f1c4b0e-35f8-4f7e-9a3a-0a6a6f3c9b11"
        with refused_by_database(), transaction.atomic():
            row.save()


def test_the_database_refuses_an_unknown_quality(version, person):
    attempt = submitted_attempt(person, version)
    with refused_by_database(), transaction.atomic():
        attempt.score_sheets.update(quality="buruk")
