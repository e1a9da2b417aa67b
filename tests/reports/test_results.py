"""Freezing: what is counted, what is shown, and that it happens once."""

from datetime import timedelta

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import actions as agency_actions
from assessments.models import SMALLEST_GROUP, Campaign
from audit.models import AuditEvent
from reports.aggregation import Tally, aggregate
from reports.disclosure import THRESHOLD
from reports.layout import DIMENSION, Layout, Statistic
from reports.management.commands import close_due_campaigns
from reports.models import ReleaseState, ResultCell
from reports.results import NotClosed, freeze, freeze_all
from reports.unit_trees import build_tree, nearest_below
from scoring.groups import mean_interval
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, add_unit, placed_person, root_of
from tests.factories.questionnaires import published_version, small_bank
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db


def frozen(made, by=None):
    made.close()
    return freeze(campaign=made.campaign, agency=made.agency, by=by or made.analyst)


def counts(release):
    """Unit name to number of respondents, None where hidden."""
    rows = release.cells.filter(version=None).select_related("unit")
    return {row.unit.name: row.n if row.is_shown else None for row in rows}


def cell(release, unit, scale):
    return release.cells.get(unit=unit, scale_code=scale)


class TestWhatIsCounted:
    def test_a_parent_counts_its_children_and_its_own_staff(self):
        made = world({"": 10, "besar": 12, "besar/utara": 11})
        assert counts(frozen(made)) == {made.agency.name: 33, "Dinas Besar": 23, "Dinas Utara": 11}

    def test_the_mean_is_over_people_and_unrounded(self):
        made = world({"utara": 10, "selatan": 20}, answers={"utara": 5, "selatan": 4})
        release = frozen(made)
        # RAPI has three items up and one reversed: all 5 gives (1+1+1+0)/4, all 4 gives (3*0.75+0.25)/4.
        assert cell(release, made.units["utara"], "RAPI").mean == pytest.approx(75)
        assert cell(release, made.units["selatan"], "RAPI").mean == pytest.approx(62.5)
        assert cell(release, made.units[""], "RAPI").mean == pytest.approx((10 * 75 + 20 * 62.5) / 30)

    def test_who_was_asked_and_did_not_answer_counts_as_invited_only(self):
        made = world({"utara": 12}, silent={"utara": 3})
        row = frozen(made).cells.get(unit=made.units["utara"], version=None)
        assert (row.n, row.invited) == (12, 15)

    def test_what_was_not_sent_does_not_count(self):
        made = world({"utara": 12}, silent={"utara": 1})
        quiet = made.campaign.assignments.get(completed_at=None).person
        campaigns.answer(campaigns.started_attempt(quiet, made.version, campaign=made.campaign))
        row = frozen(made).cells.get(unit=made.units["utara"], version=None)
        assert (row.n, row.invited) == (12, 13)

    def test_somebody_with_two_questionnaires_is_one_respondent(self):
        first, second = published_version(code="satu"), published_version(code="dua")
        agency = AgencyFactory()
        unit = add_unit(root_of(agency), "utara")
        people = [placed_person(unit) for _n in range(11)]
        campaign = campaigns.open_campaign(first, second, agency=agency, people=people)
        for person in people:
            campaigns.submitted_attempt(person, first, campaign=campaign)
            campaigns.submitted_attempt(person, second, campaign=campaign)
        release = freeze(campaign=campaigns.close(campaign), agency=agency, by=None)
        assert release.cells.get(unit=unit, version=None).n == 11
        assert release.cells.filter(unit=unit, is_shown=True, n=11).count() == 1 + 2 * 2

    def test_a_unit_that_moves_stays_where_its_people_were_asked(self):
        made = world({"utara/kota": 11, "selatan": 12})
        agency_actions.move_unit(unit=made.units["utara/kota"], new_parent=made.units["selatan"], by=None)
        assert counts(frozen(made)) == {
            made.agency.name: 23,
            "Dinas Utara": 11,
            "Dinas Kota": 11,
            "Dinas Selatan": 12,
        }

    def test_another_agency_of_a_national_campaign_is_left_out(self):
        version = published_version()
        ours, theirs = AgencyFactory(), AgencyFactory()
        people = [placed_person(root_of(agency)) for agency in (ours, theirs) for _n in range(10)]
        campaign = campaigns.open_campaign(version, people=people)
        for person in people:
            campaigns.submitted_attempt(person, version, campaign=campaign)
        releases = freeze_all(campaign=campaigns.close(campaign), by=None)
        assert {release.agency for release in releases} == {ours, theirs}
        assert all(release.cells.get(version=None).n == 10 for release in releases)


class TestWhatIsShown:
    def test_a_small_unit_is_hidden_and_so_is_the_one_that_would_reveal_it(self):
        # 27 - 12 - 11 = 4: the small unit could be had by subtraction, so the smaller of its large siblings goes too.
        release = frozen(world({"besar": 12, "sedang": 11, "kecil": 4}))
        shown = counts(release)
        assert (shown["Dinas Besar"], shown["Dinas Sedang"], shown["Dinas Kecil"]) == (12, None, None)

    def test_staff_placed_directly_in_a_parent_are_guarded_like_a_unit(self):
        # 14 - 11 = 3 people of the head office.
        shown = counts(frozen(world({"besar": 3, "besar/utara": 11})))
        assert (shown["Dinas Besar"], shown["Dinas Utara"]) == (14, None)

    def test_a_campaign_may_ask_for_larger_groups(self):
        shown = counts(frozen(world({"utara": 12, "selatan": 20}, minimum_group_size=15)))
        assert (shown["Dinas Utara"], shown["Dinas Selatan"]) == (None, None)  # 32 - 20 leaves the 12

    def test_every_unit_has_a_row_for_every_dimension_and_hidden_rows_hold_nothing(self):
        made = world({"besar": 12, "sedang": 11, "kecil": 4})
        release = frozen(made)
        assert release.cells.count() == len(made.units) * (1 + 2)
        hidden = release.cells.filter(is_shown=False)
        assert hidden.count() == 2 * 3
        assert all(
            getattr(row, name) is None
            for row in hidden
            for name in ("n", "invited", "mean", "interval_low", "interval_high")
        )

    def test_a_statistic_that_few_answered_hides_the_whole_unit(self):
        version = published_version()
        agency = AgencyFactory()
        unit = add_unit(root_of(agency), "utara")
        people = [placed_person(unit) for _n in range(14)]
        campaign = campaigns.open_campaign(version, agency=agency, people=people)
        nothing = {f"B{n}": None for n in (1, 2, 3, 4)}
        for number, person in enumerate(people):
            values = nothing if number >= 4 else None  # four people have a PEKA score
            campaigns.submitted_attempt(person, version, campaign=campaign, values=values)
        release = freeze(campaign=campaigns.close(campaign), agency=agency, by=None)
        assert not release.cells.filter(is_shown=True).exists()

    def test_an_interval_needs_thirty_people(self):
        made = world({"utara": 30, "selatan": 12}, silent={"utara": 10, "selatan": 3})
        release = frozen(made)
        assert cell(release, made.units["selatan"], "RAPI").interval_low is None
        # 42 people in all, but root minus utara would be a spread of 12: utara shows no interval either.
        assert cell(release, made.units["utara"], "RAPI").interval_low is None
        assert cell(release, made.units[""], "RAPI").interval_low is not None


class TestOnce:
    def test_freezing_again_returns_what_is_there(self):
        made = world({"utara": 12})
        release = frozen(made)
        before = list(ResultCell.objects.order_by("pk").values())
        assert freeze(campaign=made.campaign, agency=made.agency, by=None) == release
        assert list(ResultCell.objects.order_by("pk").values()) == before
        assert AuditEvent.objects.filter(event="results.frozen").count() == 1

    def test_an_open_campaign_has_no_results(self):
        made = world({"utara": 12})
        with pytest.raises(NotClosed, match="setelah periode ditutup"):
            freeze(campaign=made.campaign, agency=made.agency, by=None)
        assert not ReleaseState.objects.exists()

    def test_an_agency_in_which_nobody_answered_has_results_without_numbers(self):
        made = world({}, silent={"utara": 12})
        assert set(counts(frozen(made)).values()) == {None}


class TestCommands:
    def test_campaigns_past_their_deadline_are_closed_and_frozen(self):
        due, running = world({"utara": 12}), world({"utara": 10}, version=published_version(code="lain"))
        past = timezone.now() - timedelta(minutes=1)
        Campaign.objects.filter(pk=due.campaign.pk).update(closes_at=past)
        call_command("close_due_campaigns", verbosity=0)
        call_command("close_due_campaigns", verbosity=0)
        states = dict(Campaign.objects.values_list("pk", "state"))
        assert states == {due.campaign.pk: "closed", running.campaign.pk: "open"}
        assert ReleaseState.objects.get().agency == due.agency

    def due(self, **fields):
        made = world({"utara": 12}, version=published_version(**fields))
        past = timezone.now() - timedelta(minutes=1)
        Campaign.objects.filter(pk=made.campaign.pk).update(closes_at=past)
        return made

    def test_a_campaign_whose_freeze_broke_off_is_frozen_by_the_next_run(self):
        made = world({"utara": 12})
        made.close()
        call_command("close_due_campaigns", verbosity=0)
        assert ReleaseState.objects.get().campaign == made.campaign

    @pytest.mark.parametrize("step", ["freeze", "close_campaign"])
    def test_one_that_fails_stops_no_other_and_is_told(self, step, monkeypatch):
        first, second = self.due(code="satu"), self.due(code="dua")
        action = getattr(close_due_campaigns, step)

        def broken(*, campaign, **rest):
            if campaign.pk == first.campaign.pk:
                raise RuntimeError("rusak")
            return action(campaign=campaign, **rest)

        monkeypatch.setattr(close_due_campaigns, step, broken)
        with pytest.raises(CommandError, match=first.campaign.code):
            call_command("close_due_campaigns", verbosity=0)
        assert ReleaseState.objects.get().campaign == second.campaign
        monkeypatch.undo()
        call_command("close_due_campaigns", verbosity=0)
        assert ReleaseState.objects.count() == 2

    def test_closed_campaigns_are_frozen_by_hand(self):
        made = world({"utara": 12})
        made.close()
        call_command("freeze_results", made.campaign.code)
        assert ReleaseState.objects.get().campaign == made.campaign


class TestTheDatabase:
    @pytest.fixture
    def release(self):
        return frozen(world({"utara": 12}))

    @pytest.mark.parametrize("name", ["n", "invited", "mean", "interval_low", "interval_high"])
    def test_refuses_a_number_in_a_hidden_cell(self, release, name):
        with pytest.raises(IntegrityError), transaction.atomic():
            release.cells.filter(scale_code="RAPI").update(
                **dict.fromkeys(("n", "invited", "mean", "interval_low", "interval_high")) | {name: 12},
                is_shown=False,
            )

    def test_refuses_a_shown_cell_of_nine_people(self, release):
        with pytest.raises(IntegrityError), transaction.atomic():
            release.cells.filter(scale_code="RAPI").update(n=9)

    def test_refuses_a_shown_cell_without_people(self, release):
        for n in (None, 0):
            for cells in (release.cells.filter(scale_code="RAPI"), release.cells.filter(version=None)):
                with pytest.raises(IntegrityError), transaction.atomic():
                    cells.update(n=n)

    def test_refuses_a_shown_scale_without_a_mean_and_a_shown_count_without_the_invited(self, release):
        with pytest.raises(IntegrityError), transaction.atomic():
            release.cells.filter(scale_code="RAPI").update(mean=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            release.cells.filter(version=None).update(invited=None)

    def test_refuses_a_second_release_and_a_small_threshold(self, release):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReleaseState.objects.create(
                campaign=release.campaign,
                agency=release.agency,
                frozen_at=timezone.now(),
                minimum_group_size=10,
                engine_version="1",
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            ReleaseState.objects.filter(pk=release.pk).update(minimum_group_size=9)

    def test_refuses_the_same_cell_twice(self, release):
        for old in (release.cells.filter(version=None).first(), release.cells.exclude(version=None).first()):
            old.pk = None
            with pytest.raises(IntegrityError), transaction.atomic():
                old.save(force_insert=True)

    def test_refuses_a_scale_without_a_version(self, release):
        with pytest.raises(IntegrityError), transaction.atomic():
            release.cells.filter(version=None).update(scale_code="RAPI")


class TestThePureParts:
    def test_a_gap_in_the_paths_loses_nobody(self):
        tree = build_tree([(1, "akar", "0001/"), (2, "a", "0001/0001/")], {2: "0001/0007/0002/"})
        assert tree.parents == (-1, 0)
        assert tree.roll_up(np.array([3, 4])).tolist() == [7, 4]

    def test_two_units_at_one_path_stay_apart(self):
        units = [(1, "akar", "0001/"), (2, "lama", "0001/0001/"), (3, "baru", "0001/0001/")]
        tree = build_tree(units, {})
        assert tree.parents == (-1, 0, 0)

    def test_nearest_below_skips_no_level_and_no_gap(self):
        paths = ["0001/", "0001/0002/", "0001/0002/0001/", "0001/0003/0001/", "0002/"]
        assert nearest_below(paths, "0001/") == {"0001/0002/": True, "0001/0003/0001/": False}

    def test_moments_give_the_interval_of_the_scores(self):
        scores = np.array([40.0, 55.5, 61.25, 72.0, 98.0, 33.0])
        numbers = aggregate(build_tree([(1, "akar", "0001/")], {}), np.array([20]), _tally_of(scores))
        expected = mean_interval(scores.tolist(), 20)
        assert numbers.mean(0, 0) == pytest.approx(expected.value)
        assert numbers.interval(0, 0) == pytest.approx(expected.interval)


def _tally_of(scores):
    tally = Tally(1, Layout((Statistic(1, "RAPI", DIMENSION, 4),), (), (1,)))
    tally.sums.count[0, 0] = len(scores)
    tally.sums.deviation[0, 0] = (scores - 50).sum()
    tally.sums.square[0, 0] = ((scores - 50) ** 2).sum()
    return tally


def test_the_bank_of_these_tests_has_two_dimensions():
    assert [s["code"] for s in small_bank()["scales"] if s["kind"] == "dimension"] == ["RAPI", "PEKA"]


def test_campaigns_and_the_disclosure_control_mean_the_same_smallest_group():
    assert SMALLEST_GROUP == THRESHOLD
