"""What a freeze keeps beyond the means: shares, bands, groups, sides, comparisons; and reading it back."""

from dataclasses import fields

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from agencies.models import Agency, EmploymentKind, JobCategory
from agencies.tree import ancestor_paths
from assessments.models import Assignment, ScoreSheet
from reports.aggregation import Aggregates, Sums
from reports.detail_figures import DetailKind, directions_against_parents
from reports.disclosure import HiddenCell
from reports.frozen import details_of, frozen_units, respondents_of
from reports.frozen_values import BandShares, Respondents
from reports.layout import DIMENSION, EmploymentGroup, JobGroup, Layout, Statistic
from reports.models import Benchmark, ResultCell, ResultDetail
from reports.reach import FrozenReach
from reports.results import freeze, freeze_all
from reports.unit_trees import UnitPlace, UnitTree
from scoring.comparisons import FEWEST_IN_REST, compare_with_rest
from scoring.groups import FEWEST_AGENCIES, proportion_interval
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version, small_bank
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db


def frozen(made):
    made.close()
    return freeze(campaign=made.campaign, agency=made.agency, by=made.analyst)


def details(release, unit):
    count = release.cells.filter(unit=unit, version=None).first()
    return details_of(release, unit.pk, respondents_of(count))


def asked_as(made, unit, *, job=(), employment=(), leads=()):
    """Changes under what the people of a unit were asked, in the order in which they were placed."""
    rows = Assignment.objects.filter(campaign=made.campaign, unit=made.units[unit]).order_by("pk")
    for name, values in (
        ("job_category", job),
        ("employment_kind", employment),
        ("supervises_others", leads),
    ):
        for row, value in zip(rows, values, strict=False):
            Assignment.objects.filter(pk=row.pk).update(**{name: value})


class TestItems:
    def test_percent_positive_counts_keyed_answers_with_wilson_s_interval(self):
        made = world({"utara": 30, "selatan": 10}, answers={"utara": 4, "selatan": 2}, silent={"utara": 20})
        shares = details(frozen(made), made.units[""]).items(made.version.pk)
        # 4 is positive (4, 5) for A1 and not for A4, which is reversed; 2 is the other way round.
        assert (shares["A1"].display, shares["A4"].display) == ("75", "25")
        low, high = proportion_interval(30, 40, 60)
        assert shares["A1"].interval == (round(100 * low), round(100 * high))

    def test_extremes_of_small_groups_are_masked_and_have_no_interval(self):
        made = world({"utara": 12})
        share = details(frozen(made), made.units["utara"]).items(made.version.pk)["A1"]
        assert (share.display, share.interval) == ("≥95", None)

    def test_an_item_that_few_answered_is_absent_and_hides_no_other(self):
        bank = small_bank(code="tak-berlaku")
        bank["sections"][0]["items"][0]["na_allowed"] = True
        made = world({}, version=published_version(bank=bank))
        people = [placed_person(made.units[""]) for _n in range(14)]
        campaign = campaigns.open_campaign(made.version, agency=made.agency, people=people)
        for number, person in enumerate(people):
            values = {"A1": "na"} if number >= 4 else None
            campaigns.submitted_attempt(person, made.version, campaign=campaign, values=values)
        release = freeze(campaign=campaigns.close(campaign), agency=made.agency, by=None)
        shares = details(release, made.units[""]).items(made.version.pk)
        assert "A1" not in shares
        assert shares["B1"].cell.n == 14

    def test_neither_attention_nor_response_style_is_reported(self):
        made = world({"utara": 12})
        shares = details(frozen(made), made.units["utara"]).items(made.version.pk)
        assert set(shares) == {f"{page}{n}" for page in "AB" for n in range(1, 5)}


class TestSpread:
    def test_people_by_band_need_thirty(self):
        made = world(
            {"utara": 30, "selatan": 40, "barat": 12}, answers={"utara": 5, "selatan": 4, "barat": 1}
        )
        release = frozen(made)
        # RAPI: all 5 gives 75 (third band), all 4 gives 62.5 (second), all 1 gives 25 (first).
        whole = details(release, made.units[""]).bands(made.version.pk)["RAPI"]
        assert whole == BandShares(82, (15, 49, 37, 0))
        assert details(release, made.units["barat"]).bands(made.version.pk) == {}

    def test_people_by_band_of_judgement_are_in_its_own_three_bands(self):
        made = world({"utara": 30}, version=published_version(bank=rich_bank()))
        release = frozen(made)
        # Everybody has 76 (see test_dashboard), which is the highest of the three.
        bands = details(release, made.units[""]).bands(made.version.pk)
        assert bands["NALAR"] == BandShares(30, (0, 0, 100))
        shown = details(release, made.units[""])
        for kind in (DetailKind.JOB, DetailKind.EMPLOYMENT):
            assert "NALAR" not in shown.groups(made.version.pk, kind)
        assert not any(code.startswith("D") for code in shown.items(made.version.pk))

    def test_the_share_of_low_quality_needs_thirty(self):
        made = world({"utara": 30, "selatan": 12})
        sheets = ScoreSheet.objects.filter(attempt__assignment__unit=made.units["utara"]).order_by("pk")
        low = list(sheets.values_list("attempt_id", flat=True)[:6])
        for sheet in ScoreSheet.objects.filter(attempt__in=low):
            fields = {f.attname: getattr(sheet, f.attname) for f in ScoreSheet._meta.fields if f.name != "id"}
            sheet.delete()
            ScoreSheet.objects.create(**(fields | {"quality": "rendah"}))
        release = frozen(made)
        # 6 of 42 in all.
        assert details(release, made.units[""]).low_quality(made.version.pk).display == "14"
        assert details(release, made.units["selatan"]).low_quality(made.version.pk) is None


class TestDemographics:
    def made(self, *, contract_heads=0):
        """12 heads, 30 functional and 24 operative staff; half of the latter two on a work agreement."""
        made = world(
            {"kepala": 12, "utara": 30, "selatan": 24}, answers={"kepala": 5, "utara": 4, "selatan": 2}
        )
        contract, permanent = EmploymentKind.CONTRACT, EmploymentKind.PERMANENT
        heads = [contract] * contract_heads + [permanent] * (12 - contract_heads)
        asked_as(made, "kepala", job=[JobCategory.SUPERVISOR] * 12, employment=heads)
        asked_as(
            made, "utara", job=[JobCategory.FUNCTIONAL_EXPERT] * 30, employment=[contract, permanent] * 15
        )
        asked_as(made, "selatan", employment=[EmploymentKind.CONTRACT_PART_TIME, permanent] * 12)
        return made

    def test_the_groups_of_job_and_of_employment_stand_beside_each_other(self):
        made = self.made()
        shown = details(frozen(made), made.units[""])
        by_job = shown.groups(made.version.pk, DetailKind.JOB)["RAPI"]
        assert [(by_job[group].n, by_job[group].display) for group in JobGroup] == [
            (12, "75"),
            (30, "63"),
            (24, "38"),
        ]
        by_employment = shown.groups(made.version.pk, DetailKind.EMPLOYMENT)["RAPI"]
        # 12 heads at 75, 15 at 62.5 and 12 at 37.5; the others 15 at 62.5 and 12 at 37.5.
        permanent = (12 * 75 + 15 * 62.5 + 12 * 37.5) / 39
        assert by_employment[EmploymentGroup.PERMANENT].value == round(permanent)
        assert by_employment[EmploymentGroup.CONTRACT].n == 27

    def test_where_the_crossed_table_would_show_a_few_only_the_jobs_are_shown(self):
        # 2 heads on a work agreement: permanent staff minus the others would leave ten of them, and two.
        made = self.made(contract_heads=2)
        shown = details(frozen(made), made.units[""])
        assert shown.groups(made.version.pk, DetailKind.JOB)
        assert shown.groups(made.version.pk, DetailKind.EMPLOYMENT) == {}

    def test_a_unit_of_one_group_shows_it_and_hides_the_empty_ones(self):
        made = self.made()
        by_job = details(frozen(made), made.units["selatan"]).groups(made.version.pk, DetailKind.JOB)["RAPI"]
        assert by_job[JobGroup.OPERATIVE].n == 24
        assert by_job[JobGroup.MANAGERIAL] == HiddenCell()


class TestSides:
    def made(self, *, leaders=12):
        bank = small_bank(code="iklim")
        next(scale for scale in bank["scales"] if scale["code"] == "PEKA")["kind"] = "climate"
        made = world(
            {"kepala": leaders, "utara": 40},
            answers={"kepala": 5, "utara": 3},
            version=published_version(bank=bank),
        )
        asked_as(made, "kepala", leads=[True] * leaders)
        return made

    def test_staff_and_management_describe_the_unit_side_by_side(self):
        made = self.made()
        gap = details(frozen(made), made.units[""]).gaps(made.version.pk)["PEKA"]
        # PEKA: all 5 gives (1 + 1 + 1 + 2/6) / 4 = 83.3; all 3 gives (3 * 0.5 + 4/6) / 4 = 54.2.
        assert (gap.management.value, gap.staff.value, gap.difference) == (83, 54, 29)
        # Nobody differs from anybody on the same side: there is no spread to measure the difference by.
        assert (gap.words, gap.is_certain) == (None, False)

    def test_a_few_leaders_are_not_shown(self):
        made = self.made(leaders=9)
        assert details(frozen(made), made.units[""]).gaps(made.version.pk) == {}

    def test_what_people_say_of_themselves_has_no_sides(self):
        made = self.made()
        assert "RAPI" not in details(frozen(made), made.units[""]).gaps(made.version.pk)


class TestComparisons:
    def test_a_unit_stands_to_the_rest_of_its_parent(self):
        made = world(
            {"utara": 12, "selatan": 12, "barat": 12}, answers={"utara": 5, "selatan": 4, "barat": 4}
        )
        release = frozen(made)
        found = {
            name: details(release, made.units[name]).directions(made.version.pk)["RAPI"]
            for name in ("utara", "selatan")
        }
        # Utara 75 against 62.5; Selatan 62.5 against the mean of 75 and 62.5, whose interval reaches no lower.
        assert found == {"utara": "lebih_tinggi", "selatan": "lebih_rendah"}
        assert details(release, made.units[""]).directions(made.version.pk) == {}

    def test_less_than_three_points_are_even(self):
        made = world({"utara": 12, "selatan": 12})
        assert details(frozen(made), made.units["utara"]).directions(made.version.pk)["RAPI"] == "setara"

    def test_the_wave_before_is_chosen_when_freezing(self):
        first = world({"utara": 12})
        before = frozen(first)
        later = campaigns.open_campaign(first.version, agency=first.agency, people=first.people["utara"])
        other = campaigns.open_campaign(
            published_version(code="lain"), agency=first.agency, people=first.people["utara"]
        )
        release = freeze(campaign=campaigns.close(later), agency=first.agency, by=None)
        assert release.previous == before
        assert freeze(campaign=campaigns.close(other), agency=first.agency, by=None).previous is None
        assert before.previous is None


class TestBenchmarks:
    def made(self, agencies, *, small=0):
        """A national campaign in which the people of the n-th agency all choose 1 to 5 in turn."""
        version = published_version()
        places = [AgencyFactory() for _n in range(agencies)]
        people = {
            agency: [placed_person(root_of(agency)) for _n in range(9 if number < small else 10)]
            for number, agency in enumerate(places)
        }
        everybody = [person for group in people.values() for person in group]
        campaign = campaigns.open_campaign(version, people=everybody)
        for number, group in enumerate(people.values()):
            for person in group:
                campaigns.submitted_attempt(person, version, campaign=campaign, default=number % 5 + 1)
        return campaigns.close(campaign), places

    def test_are_made_when_the_last_agency_has_its_results(self):
        campaign, places = self.made(FEWEST_AGENCIES)
        for agency in places[:-1]:
            freeze(campaign=campaign, agency=agency, by=None)
            assert not Benchmark.objects.exists()
        freeze(campaign=campaign, agency=places[-1], by=None)
        row = Benchmark.objects.get(scale_code="RAPI")
        # RAPI by agency: 25, 37.5, 50, 62.5, 75, 25, 37.5, 50. Sorted: 25 25 37.5 37.5 50 50 62.5 75.
        assert (row.agencies, row.median, row.upper_quartile) == (8, 43.75, 53.125)

    def test_hidden_agencies_do_not_count(self):
        campaign, _places = self.made(FEWEST_AGENCIES, small=1)
        freeze_all(campaign=campaign, by=None)
        assert not Benchmark.objects.exists()

    def test_kinds_are_not_mixed(self):
        campaign, places = self.made(FEWEST_AGENCIES)
        Agency.objects.filter(pk=places[0].pk).update(kind=Agency.Kind.CITY)
        freeze_all(campaign=campaign, by=None)
        assert not Benchmark.objects.exists()


class TestReadingEverything:
    def test_units_come_in_tree_order_with_all_that_is_shown_of_them(self):
        made = world({"": 10, "besar": 12, "besar/utara": 11, "kecil": 4})
        release = frozen(made)
        units = list(frozen_units(release, FrozenReach(is_whole=True)))
        assert [unit.path for unit in units] == sorted(unit.path for unit in units)
        assert len(units) == len(made.units)
        shown = {unit.name: unit for unit in units if unit.is_shown}
        assert shown["Dinas Utara"].respondents == Respondents(11, 11)
        assert shown["Dinas Utara"].mean(made.version.pk, "RAPI").cell.value == 63
        assert shown["Dinas Utara"].details.items(made.version.pk)["A1"].cell.n == 11
        [small] = [unit for unit in units if unit.name == "Dinas Kecil"]
        assert {small.mean(*key) for key in small.cells} == {HiddenCell()}
        assert small.details.figures == {}

    def test_only_within_reach(self):
        made = world({"besar": 12, "besar/utara": 11, "lain": 12})
        release = frozen(made)
        own = made.units["besar"]
        reach = FrozenReach(is_whole=False, granted=((own.pk, own.path),))
        assert {unit.name for unit in frozen_units(release, reach)} == {"Dinas Besar", "Dinas Utara"}
        below = frozen_units(release, FrozenReach(is_whole=True), within=made.units["besar/utara"].path)
        assert [unit.name for unit in below] == ["Dinas Utara"]

    def test_takes_three_queries_whatever_the_number_of_units(self, django_assert_num_queries):
        few, many = (
            world({"a": 10}),
            world(dict.fromkeys("abcdef", 10), version=published_version(code="dua")),
        )
        for release in (frozen(few), frozen(many)):
            with django_assert_num_queries(3):
                list(frozen_units(release, FrozenReach(is_whole=True)))

    def test_results_from_before_there_were_details_are_read_as_they_are(self):
        made = world({"utara": 12})
        release = frozen(made)
        release.details.all().delete()
        [_root, unit] = frozen_units(release, FrozenReach(is_whole=True))
        assert unit.is_shown
        assert unit.details.items(made.version.pk) == {}
        assert unit.details.low_quality(made.version.pk) is None


class TestTheDatabase:
    @pytest.fixture
    def release(self):
        return frozen(world({"utara": 30}))

    def test_every_row_stands_at_a_unit_whose_totals_are_shown(self, release):
        assert release.details.exists()
        for row in release.details.all():
            assert ResultCell.objects.get(release=release, unit=row.unit, version=None).is_shown
            assert ancestor_paths(row.unit_path)

    def test_refuses_a_group_of_nine(self, release):
        with pytest.raises(IntegrityError), transaction.atomic():
            release.details.filter(kind="items").update(smallest_group=9)

    def test_refuses_a_spread_of_twenty_nine(self, release):
        for kind in ("bands", "quality"):
            with pytest.raises(IntegrityError), transaction.atomic():
                release.details.filter(kind=kind).update(smallest_group=29)

    def test_refuses_the_same_kind_twice_and_unknown_kinds(self, release):
        row = release.details.filter(kind="items").first()
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            release.details.filter(kind="items").update(kind="lain")

    def test_refuses_a_benchmark_of_seven_of_an_unknown_kind_or_twice(self, release):
        values = {
            "campaign": release.campaign,
            "agency_kind": "PEMKAB",
            "version": release.campaign.instruments.get().version,
            "scale_code": "RAPI",
            "agencies": FEWEST_AGENCIES,
            "median": 50,
            "upper_quartile": 60,
        }
        Benchmark.objects.create(**values)
        for wrong in ({"agencies": FEWEST_AGENCIES - 1}, {"agency_kind": "LAIN"}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Benchmark.objects.create(**(values | {"scale_code": "PEKA" if wrong else "RAPI"} | wrong))


def test_kinds_of_rows_are_those_of_the_model():
    assert set(ResultDetail.Kind.values) == set(DetailKind)


class TestDirectionsByShortcut:
    """Most directions are decided without the exact quantile; every one is what the rule says."""

    def test_every_direction_is_that_of_the_rule(self):
        rng = np.random.default_rng(7)
        units, statistics = 60, 8
        parents = (-1, *(int(rng.integers(0, unit)) for unit in range(1, units)))
        tree = UnitTree(
            tuple(UnitPlace(unit + 1, f"U{unit:02d}", f"{unit:04d}/") for unit in range(units)), parents
        )
        layout = Layout(tuple(Statistic(1, f"S{n}", DIMENSION, 0) for n in range(statistics)), (), (1,))
        sums = Sums.empty(units, layout)
        for unit in range(units):
            for column in range(statistics):
                people = int(rng.integers(0, 14))
                scores = rng.normal(70 + rng.normal(0, 6), 9, people).clip(0, 100) - 50
                sums.count[unit, column] = people
                sums.deviation[unit, column], sums.square[unit, column] = scores.sum(), (scores**2).sum()
        rolled = Sums(**{f.name: tree.roll_up(getattr(sums, f.name)) for f in fields(Sums)})
        nobody = np.zeros(units, dtype=int)
        numbers = Aggregates(nobody, nobody, nobody, nobody, rolled)
        found = directions_against_parents(tree, numbers, np.ones(units, dtype=bool))
        expected = {}
        for unit in range(1, units):
            for column in range(statistics):
                own, parent = (int(rolled.count[u, column]) for u in (unit, parents[unit]))
                if own >= 2 and parent - own >= FEWEST_IN_REST:
                    moments = [numbers.moments(u, column) for u in (unit, parents[unit])]
                    expected[unit, column] = compare_with_rest(*moments).direction
        assert found == expected
        assert len(set(found.values())) == 3
