"""Periods of an agency from the first draft to the opening, by calling the actions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.data_protection import current_version
from agencies.models import JobCategory, Role
from assessments.models import Assignment, Audience, Campaign, ListedPerson
from assessments.periods import actions
from assessments.periods.audience import placements_of, roll_up, sizes_of
from assessments.periods.checking import find_problems
from assessments.periods.nip_lists import ListedRow
from assessments.periods.reach import OutOfReach, period_of, periods_of, places_of
from assessments.policies import PolicyError
from audit.models import AuditEvent
from background import actions as background
from background.models import BackgroundJob
from questionnaires.actions import retire_version
from scoring.actions import publish_rule
from scoring.rules import STANDARD_RULE
from tests.factories.accounts import UserFactory
from tests.factories.agencies import (
    AgencyFactory,
    add_unit,
    analyst_of,
    person_with_role,
    placed_person,
    root_of,
)
from tests.factories.assessments import drafted_period, open_campaign
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

NOW = timezone.now


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def agency():
    return AgencyFactory(name="Pemerintah Kabupaten Uji")


@pytest.fixture
def health(agency):
    return add_unit(root_of(agency), "dinkes", "Dinas Kesehatan")


@pytest.fixture
def clinic(health):
    return add_unit(health, "puskesmas", "Puskesmas")


@pytest.fixture
def works(agency):
    return add_unit(root_of(agency), "dpu", "Dinas Pekerjaan Umum")


def choose(campaign, *, base="whole", units=(), job_categories=(), employment_kinds=()):
    return actions.choose_people(
        campaign=campaign,
        base=base,
        units=units,
        job_categories=job_categories,
        employment_kinds=employment_kinds,
        seen_revision=campaign.revision,
        by=None,
    )


def upload(campaign, *rows):
    return actions.replace_list(campaign=campaign, rows=rows, seen_revision=campaign.revision, by=None)


def asked(campaign):
    return set(placements_of(campaign).values_list("person_id", flat=True))


def opened(campaign):
    return actions.open_period(campaign=campaign, seen_revision=campaign.revision, by=None)


def sentences(campaign):
    problems = find_problems(campaign, sizes_of(campaign), now=NOW())
    return " ".join(problem.text for problem in problems)


# --- whom ---------------------------------------------------------------------------------------------------


def test_a_period_asks_everybody_with_a_current_place_in_the_agency(version, agency, health, works):
    people = {placed_person(health).pk, placed_person(works).pk}
    placed_person(health, is_active=False)
    placed_person(root_of(AgencyFactory()))
    assert asked(drafted_period(version, agency=agency)) == people


def test_chosen_units_bring_what_is_below_them(version, agency, health, clinic, works):
    wanted = {placed_person(health).pk, placed_person(clinic).pk}
    placed_person(works)
    campaign = choose(drafted_period(version, agency=agency), base="units", units=[health, clinic])
    assert asked(campaign) == wanted
    assert list(campaign.audience.units.all()) == [health]  # the clinic lies below it


def test_choosing_units_and_naming_none_asks_nobody(version, agency, health):
    placed_person(health)
    assert asked(choose(drafted_period(version, agency=agency), base="units")) == set()


def test_job_category_and_kind_of_employment_narrow_every_choice(version, agency, health, works):
    wanted = placed_person(health, job_category=JobCategory.FUNCTIONAL_EXPERT)
    placed_person(works, job_category=JobCategory.FUNCTIONAL_EXPERT)
    placed_person(health)
    campaign = drafted_period(version, agency=agency)
    campaign = choose(
        campaign, base="units", units=[health], job_categories=["JFK"], employment_kinds=["PNS"]
    )
    assert asked(campaign) == {wanted.pk}
    assert asked(choose(campaign, employment_kinds=["PPPK"])) == set()


def test_an_uploaded_list_asks_those_it_names_and_says_what_it_could_not_use(version, agency, health):
    known, stranger = placed_person(health), placed_person(root_of(AgencyFactory()))
    placed_person(health)
    campaign = upload(
        drafted_period(version, agency=agency),
        ListedRow(2, known.nip),
        ListedRow(3, stranger.nip),
        ListedRow(4, "198609262015051001"),
        ListedRow(5, None, "Baris ini tidak berisi NIP."),
    )
    assert asked(campaign) == {known.pk}
    audience = campaign.audience
    assert (audience.base, audience.list_rows, audience.rejected_rows) == ("list", 4, 3)
    assert [row for row, _text, _values in audience.list_problems] == [3, 4, 5]
    # Whether a number exists elsewhere is not told, and no number is kept.
    assert audience.list_problems[0][1] == audience.list_problems[1][1]
    assert known.nip not in str(audience.list_problems)


def test_a_new_list_replaces_the_old_one(version, agency, health):
    first, second = placed_person(health), placed_person(health)
    campaign = upload(drafted_period(version, agency=agency), ListedRow(1, first.nip))
    campaign = upload(campaign, ListedRow(1, second.nip))
    assert asked(campaign) == {second.pk}


def test_sizes_are_counted_over_whole_subtrees_and_small_units_are_named(
    version, agency, health, clinic, works
):
    for unit, number in ((health, 3), (clinic, 8), (works, 10), (root_of(agency), 1)):
        for _n in range(number):
            placed_person(unit)
    sizes = sizes_of(drafted_period(version, agency=agency))
    # 3 + 8 in the health office with its clinic; only the clinic alone is below ten.
    assert [(size.unit.name, size.people) for size in sizes.below] == [
        ("Dinas Kesehatan", 11),
        ("Dinas Pekerjaan Umum", 10),
    ]
    assert (sizes.total, sizes.direct) == (22, 1)
    assert [size.unit.name for size in sizes.small] == ["Puskesmas"]


def test_rolling_up_adds_every_path_to_all_above_it():
    direct = {"0001/": 1, "0001/0001/": 2, "0001/0001/0003/": 4}
    assert roll_up(direct) == {"0001/": 7, "0001/0001/": 6, "0001/0001/0003/": 4}


def test_counting_takes_the_same_queries_for_any_number_of_units(
    version, agency, health, works, django_assert_num_queries
):
    campaign = drafted_period(version, agency=agency)
    placed_person(health)
    with django_assert_num_queries(2):
        sizes_of(campaign)
    for number in range(5):
        placed_person(add_unit(works, f"seksi-{number}"))
    with django_assert_num_queries(2):
        sizes_of(campaign)


# --- a period of a unit -------------------------------------------------------------------------------------


def test_a_period_made_for_a_unit_asks_nobody_outside_it(version, agency, health, clinic, works):
    inside = {placed_person(health).pk, placed_person(clinic).pk}
    outsider = placed_person(works)
    campaign = drafted_period(version, agency=agency, unit=health)
    assert asked(campaign) == inside
    with pytest.raises(PolicyError, match="di luar lingkup"):
        choose(campaign, base="units", units=[works])
    listed = upload(campaign, ListedRow(1, outsider.nip))
    assert (asked(listed), listed.audience.rejected_rows) == (set(), 1)


def test_an_analyst_manages_the_periods_of_the_own_agency_or_unit(version, agency, health, clinic):
    whole = drafted_period(version, agency=agency)
    part = drafted_period(version, agency=agency, unit=clinic)
    national = open_campaign(version)
    analyst = analyst_of(agency)
    of_health = person_with_role(Role.AGENCY_ANALYST, unit=health)
    assert set(periods_of(analyst)) == {whole, part}
    assert set(periods_of(of_health)) == {part}
    assert set(periods_of(analyst_of(AgencyFactory()))) == set()
    for campaign in (whole, national):
        with pytest.raises((OutOfReach, Campaign.DoesNotExist)):
            period_of(of_health, campaign.public_id)


def test_an_analyst_of_units_begins_periods_for_these_units_only(agency, health, works):
    analyst = person_with_role(Role.AGENCY_ANALYST, unit=health)
    person_with_role(Role.AGENCY_ANALYST, unit=works, person=analyst)
    assert [place.unit for place in places_of(analyst)] == [health, works]
    assert [place.unit for place in places_of(analyst_of(agency))] == [None]


# --- checking and opening -----------------------------------------------------------------------------------


def test_an_empty_draft_says_everything_that_is_missing_and_does_not_open(agency):
    campaign = actions.draft_period(agency=agency, title="", by=None)
    said = sentences(campaign)
    for words in ("judul", "kuesioner yang dipilih", "seorang pegawai pun", "Waktu pembukaan", "Batas waktu"):
        assert words in said
    for words in ("Dasar hukum", "DPIA"):
        assert words in said
    assert campaign.notice_version == current_version(agency)
    with pytest.raises(PolicyError, match="DPIA"):
        opened(campaign)
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.DRAFT
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [(2, 1, "mendahului"), (-3, -1, "sudah lewat")],
    ids=["closes before it opens", "closes in the past"],
)
def test_a_period_with_impossible_times_does_not_open(version, agency, health, opens, closes, words):
    placed_person(health)
    now = NOW()
    campaign = drafted_period(
        version, agency=agency, opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )
    assert words in sentences(campaign)
    with pytest.raises(PolicyError, match=words):
        opened(campaign)


def test_a_version_that_was_retired_meanwhile_stops_the_opening(version, agency, health):
    placed_person(health)
    campaign = drafted_period(version, agency=agency)
    retire_version(version=version, by=None)
    with pytest.raises(PolicyError, match="ditarik"):
        opened(campaign)


def test_the_same_questionnaire_asked_at_the_same_time_is_said_and_not_forbidden(version, agency, health):
    placed_person(health)
    open_campaign(version, title="Periode nasional")
    open_campaign(version, agency=AgencyFactory(), title="Periode tetangga")
    campaign = drafted_period(version, agency=agency)
    assert "Periode nasional" in sentences(campaign)
    assert "Periode tetangga" not in sentences(campaign)
    assert opened(campaign) == 1


def test_opening_asks_everybody_once_and_forgets_the_list(version, agency, health):
    people = [placed_person(health) for _n in range(3)]
    campaign = upload(
        drafted_period(version, agency=agency), *(ListedRow(n, p.nip) for n, p in enumerate(people))
    )
    assert opened(campaign) == 3
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.OPEN
    assert set(campaign.assignments.values_list("person_id", flat=True)) == {person.pk for person in people}
    assert set(campaign.assignments.values_list("unit_path", flat=True)) == {health.path}
    assert not ListedPerson.objects.exists()
    assert AuditEvent.objects.get(event="campaign.opened").detail["asked"] == 3


def test_opening_twice_is_refused_and_changes_nothing(version, agency, health):
    placed_person(health)
    campaign = drafted_period(version, agency=agency)
    opened(campaign)
    placed_person(health)
    with pytest.raises(PolicyError, match="sudah pernah dibuka"):
        opened(campaign)
    assert Assignment.objects.count() == 1


def test_what_was_not_checked_is_not_opened(version, agency, health):
    placed_person(health)
    checked = drafted_period(version, agency=agency)
    choose(checked)
    with pytest.raises(actions.DraftMoved, match="sejak Anda memeriksanya"):
        opened(checked)


def test_a_very_large_period_is_opened_by_a_worker(version, agency, health, monkeypatch):
    monkeypatch.setattr(actions, "PEOPLE_AT_ONCE", 2)
    for _n in range(3):
        placed_person(health)
    campaign, analyst = drafted_period(version, agency=agency), analyst_of(agency)
    # Without workers the job is done before the question is answered.
    assert actions.ask_to_open(campaign=campaign, seen_revision=campaign.revision, by=analyst) == 3
    campaign.refresh_from_db()
    assert (campaign.state, campaign.assignments.count()) == ("open", 3)
    job = actions.opening_job(campaign)
    assert (job.state, job.done, job.total, job.asked_by) == (BackgroundJob.State.DONE, 3, 3, analyst)


def test_a_draft_that_changes_before_the_worker_comes_is_not_opened(version, agency, health, monkeypatch):
    monkeypatch.setattr(actions, "PEOPLE_AT_ONCE", 0)
    placed_person(health)
    campaign = drafted_period(version, agency=agency)
    Campaign.objects.filter(pk=campaign.pk).update(opening_revision=campaign.revision)
    choose(campaign)
    job = background.start(kind=actions.OPENING, subject_id=campaign.pk, agency_id=agency.pk, by=None)
    assert job.state == BackgroundJob.State.FAILED
    assert "diubah sejak Anda memeriksanya" in job.reason
    assert not Assignment.objects.exists()


def test_a_large_draft_that_is_incomplete_bothers_no_worker(version, agency, health, monkeypatch):
    monkeypatch.setattr(actions, "PEOPLE_AT_ONCE", 0)
    placed_person(health)
    campaign = drafted_period(version, agency=agency, dpia_reference="")
    with pytest.raises(PolicyError, match="DPIA"):
        actions.ask_to_open(campaign=campaign, seen_revision=campaign.revision, by=None)
    assert not BackgroundJob.objects.exists()


def test_opening_takes_the_rule_that_is_in_force_then(version, agency, health):
    placed_person(health)
    campaign = drafted_period(version, agency=agency)
    newer = publish_rule(version=version, rule=STANDARD_RULE, by=None)
    opened(campaign)
    assert campaign.instruments.get().rule == newer


# --- editing ------------------------------------------------------------------------------------------------


def test_a_step_saved_over_a_colleagues_work_is_refused(version, agency):
    campaign = drafted_period(version, agency=agency)
    choose(campaign)
    with pytest.raises(actions.DraftMoved, match="rekan Anda"):
        choose(campaign, base="list")
    assert Audience.objects.get(campaign=campaign).base == "whole"


def test_a_new_draft_takes_the_legal_basis_of_the_last_period_and_not_its_impact_assessment(version, agency):
    drafted_period(version, agency=agency, legal_basis="Perbup 7/2026")
    campaign = actions.draft_period(agency=agency, title="Berikutnya", by=None)
    assert (campaign.legal_basis, campaign.dpia_reference) == ("Perbup 7/2026", "")


def test_nothing_changes_after_opening(version, agency, health):
    placed_person(health)
    campaign = drafted_period(version, agency=agency)
    opened(campaign)
    for change in (lambda: choose(campaign), lambda: actions.discard_draft(campaign=campaign, by=None)):
        with pytest.raises(PolicyError, match="tidak berubah lagi"):
            change()


def test_a_draft_is_deleted_with_everything_that_belongs_to_it(version, agency, health):
    campaign = upload(drafted_period(version, agency=agency), ListedRow(1, placed_person(health).nip))
    actions.discard_draft(campaign=campaign, by=None)
    assert not Campaign.objects.exists()
    assert not Audience.objects.exists()
    assert AuditEvent.objects.filter(event="campaign.discarded").count() == 1


def test_the_database_refuses_an_unknown_kind_of_audience(version, agency):
    campaign = drafted_period(version, agency=agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        Audience.objects.filter(campaign=campaign).update(base="lain")


def test_the_database_refuses_a_person_twice_on_one_list(version, agency):
    audience, person = drafted_period(version, agency=agency).audience, UserFactory()
    ListedPerson.objects.create(audience=audience, person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedPerson.objects.create(audience=audience, person=person)


def test_the_database_refuses_a_unit_without_its_agency(version, agency, health):
    campaign = drafted_period(version, agency=agency, unit=health)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(agency=None)


# --- extending ----------------------------------------------------------------------------------------------


def test_an_extension_is_kept_with_its_reason(version, agency):
    campaign = open_campaign(version, agency=agency)
    later = campaign.closes_at + timedelta(days=7)
    actions.extend_period(campaign=campaign, closes_at=later, reason="Banjir", by=None)
    assert Campaign.objects.get(pk=campaign.pk).closes_at == later
    event = AuditEvent.objects.get(event="campaign.extended")
    assert event.detail == {
        "from": campaign.closes_at.isoformat(),
        "to": later.isoformat(),
        "reason": "Banjir",
    }


@pytest.mark.parametrize(
    ("days", "reason", "words"),
    [(-1, "Banjir", "harus sesudah"), (0, "Banjir", "harus sesudah"), (7, "  ", "alasannya")],
)
def test_an_extension_that_shortens_or_says_no_reason_is_refused(version, agency, days, reason, words):
    campaign = open_campaign(version, agency=agency)
    with pytest.raises(PolicyError, match=words):
        actions.extend_period(
            campaign=campaign, closes_at=campaign.closes_at + timedelta(days=days), reason=reason, by=None
        )


def test_an_extension_into_the_past_is_refused(version, agency):
    campaign = open_campaign(
        version, agency=agency, opens_at=NOW() - timedelta(days=9), closes_at=NOW() - timedelta(days=5)
    )
    with pytest.raises(PolicyError, match="akan datang"):
        actions.extend_period(
            campaign=campaign, closes_at=NOW() - timedelta(days=1), reason="Banjir", by=None
        )
