"""Pages of an agency's analysts: what they show, and what nobody can compute from them."""

import re
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import selectors, sentences
from reports.bands import shade_of, zones_of
from reports.disclosure import HiddenCell, ShownCell
from reports.models import ResultCell
from reports.results import freeze
from reports.selectors import Figure, agency_dashboard
from scoring.bands import STANDARD_BANDS
from scoring.rules import STANDARD_RULE, from_document, to_document
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version, small_bank
from tests.reports.pages import HIDDEN, numbers_in, numbers_of, rows_of
from tests.reports.worlds import agency_url, frozen_world, open_as, world

pytestmark = pytest.mark.django_db


@contextmanager
def mock_rule(document):
    """Dashboards read another rule. A published rule cannot be changed, so the reading of it is replaced."""
    plan = mock.Mock(rule=from_document(document))
    with mock.patch.object(selectors, "plan_of", return_value=plan):
        yield


@pytest.fixture
def hidden_world():
    """12 + 11 + 4 people: the unit of four is too small, the unit of eleven would reveal it."""
    return frozen_world(
        {"besar": 12, "sedang": 11, "kecil": 4},
        answers={"besar": 4, "sedang": 2, "kecil": 1},
        title="Periode uji",
    )


class TestFrozenResults:
    def test_show_respondents_means_and_a_message(self, client):
        made = frozen_world({"utara": 10, "selatan": 20}, answers={"utara": 5, "selatan": 4})
        page = open_as(client, made.analyst, agency_url(made)).text
        # RAPI: all 5 gives 75; all 4 gives 62.5, shown as 63.
        assert "Dinas Utara · 10 dari 10 (≥95%) 75 " in rows_of(page, "Dinas Utara")[0]
        assert "Dinas Selatan · 20 dari 20 (≥95%) 63 " in rows_of(page, "Dinas Selatan")[0]
        assert "lebih sering muncul daripada rapi" in page
        assert "Kunci penyusun, belum divalidasi panel ahli." in page

    def test_units_stand_in_tree_order_and_not_by_score(self, client):
        made = frozen_world({"ali": 10, "budi": 10, "citra": 10}, answers={"ali": 2, "budi": 5, "citra": 3})
        [table] = open_as(client, made.analyst, agency_url(made)).context["page"].tables
        assert [row.unit.name for row in table.rows[1:]] == ["Dinas Ali", "Dinas Budi", "Dinas Citra"]

    def test_a_small_group_of_extremes_is_masked(self, client):
        perfect = {"A1": 5, "A2": 5, "A3": 5, "A4": 1}
        made = world({})
        people = [placed_person(made.units[""]) for _n in range(12)]
        campaign = campaigns.open_campaign(made.version, agency=made.agency, people=people)
        for person in people:
            campaigns.submitted_attempt(person, made.version, campaign=campaign, values=perfect)
        made.campaign = campaigns.close(campaign)
        freeze(campaign=made.campaign, agency=made.agency, by=None)
        page = open_as(client, made.analyst, agency_url(made)).text
        heat, *twins = [row for row in rows_of(page, made.agency.name) if "≥95" in row]
        assert "(≥95%) ≥95 " in heat
        for row in (heat, *twins):
            assert "100" not in row

    def test_a_low_response_is_said(self, client):
        made = frozen_world({"utara": 10}, silent={"utara": 11})
        page = open_as(client, made.analyst, agency_url(made)).text
        assert "Kurang dari separuh" in page

    def test_lead_down_the_tree_and_back(self, client):
        made = frozen_world({"utara/kota": 10, "utara/desa": 12})
        page = open_as(client, made.analyst, agency_url(made)).text
        assert agency_url(made, "utara") in page
        deeper = client.get(agency_url(made, "utara")).text
        assert "Dinas Kota" in deeper
        assert (
            reverse("reports:unit", args=[made.campaign.public_id, made.agency.code, made.agency.code])
            in deeper
        )

    def test_the_interval_stands_in_the_table_twin(self, client):
        made = frozen_world({"utara": 30}, silent={"utara": 5})
        page = open_as(client, made.analyst, agency_url(made)).text
        assert any("Rapi 30 63 63–63" in row for row in rows_of(page, "Dinas Utara"))

    def test_english_names_the_dimensions_in_english(self, client):
        made = frozen_world({"utara": 10})
        client.cookies["django_language"] = "en"
        assert "Small Bank" in open_as(client, made.analyst, agency_url(made)).text


class TestWhatIsCompared:
    """Only dimensions of one unit: by 3 points or more, where their 95 % intervals do not overlap."""

    def headline(self, client, answer, people=30):
        made = frozen_world({"": people}, answers={"": answer})
        response = open_as(client, made.analyst, agency_url(made))
        return response.context["page"].headline.replace(made.agency.name, "X"), response

    def test_a_certain_difference_is_said_with_both_figures(self, client):
        # All 5: RAPI 3/4 = 75; PEKA (1+1+1+2/6)/4 = 83.3. Everybody answered, so nothing is uncertain.
        headline, response = self.headline(client, 5)
        assert headline == "Di X, peka (83) lebih sering muncul daripada rapi (75)."
        assert [figure.display for _name, figure in response.context["page"].extremes] == ["83", "75"]

    def test_less_than_three_points_are_alike(self, client):
        # All 2: RAPI 37.5, PEKA 39.6.
        headline, response = self.headline(client, 2)
        assert headline == "Di X, semua dimensi setara dalam ketelitiannya."
        assert response.context["page"].extremes == ()

    def test_nothing_is_compared_without_intervals(self, client):
        headline, response = self.headline(client, 5, people=29)
        assert headline == "Hasil X ditampilkan per dimensi, tanpa dibandingkan."
        assert response.context["page"].extremes == ()

    def test_no_unit_is_named_as_highest_or_lowest(self, client):
        made = frozen_world({"utara": 30, "selatan": 30}, answers={"utara": 5, "selatan": 1})
        response = open_as(client, made.analyst, agency_url(made))
        page = response.context["page"]
        for sentence in (page.headline, *(table.message for table in page.tables)):
            assert "Dinas" not in sentence
        assert "Terendah" not in response.text

    @pytest.mark.parametrize(
        ("high", "low", "expected"),
        [
            ((71.0, (70.5, 71.5)), (68.0, (67.5, 68.5)), True),
            ((70.9, (70.5, 71.5)), (68.0, (67.5, 68.5)), False),  # 2.9 points, though 71 and 68 are shown
            ((75.0, (70.0, 80.0)), (68.0, (66.0, 70.0)), False),  # the intervals touch
            ((75.0, None), (60.0, (59.0, 61.0)), False),
        ],
    )
    def test_is_decided_unrounded(self, high, low, expected):
        one, other = (sentences.Place("A", "71", *high), sentences.Place("B", "68", *low))
        assert sentences.is_apart(one, other) is sentences.is_apart(other, one) is expected


class TestClimate:
    """What people say of their unit stands in a table of its own, in words that do not speak of them."""

    def page(self, client):
        bank = small_bank(code="iklim")
        next(scale for scale in bank["scales"] if scale["code"] == "PEKA")["kind"] = "climate"
        made = frozen_world(
            {"": 30, "utara": 30}, answers={"": 5, "utara": 4}, version=published_version(bank=bank)
        )
        return open_as(client, made.analyst, agency_url(made))

    def test_has_a_table_of_its_own(self, client):
        response = self.page(client)
        own, climate = response.context["page"].tables
        assert (own.is_climate, climate.is_climate) == (False, True)
        assert [name.in_language("id") for name in climate.dimensions] == ["Peka"]
        assert all(row.cells[0].is_shown for row in climate.rows)
        assert "iklim unit kerja menurut pegawainya" in response.text

    def test_themes_are_compared_as_the_view_of_the_people_who_work_there(self):
        places = [sentences.Place(n, str(m), m, (m - 1, m + 1)) for n, m in (("Sarana", 50), ("Aturan", 70))]
        assert sentences.of_climate("X", places) == (
            "Menurut pegawainya, di X aturan (70) lebih kuat daripada sarana (50)."
        )
        assert (
            sentences.of_climate("X", places[:1])
            == "Gambaran iklim X ditampilkan per tema, tanpa dibandingkan."
        )
        assert "setara" in sentences.of_climate("X", [places[0], places[0]])
        assert "kerahasiaan" in sentences.of_climate("X", [])


class TestSituationalJudgement:
    """Knowledge of what to do stands in a table of its own, with its own bands and words, compared with nothing."""

    def page(self, client, sizes):
        made = frozen_world(sizes, version=published_version(bank=rich_bank()))
        return open_as(client, made.analyst, agency_url(made))

    def test_has_a_table_and_bands_of_its_own(self, client):
        response = self.page(client, {"": 30, "utara": 30})
        page = response.context["page"]
        own, judgement = page.tables
        assert (own.is_judgement, judgement.is_judgement) == (False, True)
        assert [band.code for band in judgement.bands] == ["perlu_diperdalam", "cukup", "baik"]
        [whole, _utara] = [row.cells[0] for row in judgement.rows]
        # All choose A; then best A, worst B: (1 + 1 - 9/16) / 2; then A 1, B 2, C 3, D 4: 1 - 8.4 / 12.4; then A.
        # 100 * (1 + 0.71875 + 0.32258 + 1) / 4
        assert (whole.display, whole.cell.n) == ("76", 60)
        assert judgement.message.endswith("76 dari 100 menurut kuncinya.")
        assert judgement.extremes == ()
        assert "pengetahuan tentang tindakan yang tepat, bukan perilaku" in response.text

    def test_is_hidden_with_the_unit(self, client):
        judgement = self.page(client, {"": 30, "utara": 3}).context["page"].tables[1]
        assert not judgement.rows[1].is_shown
        assert numbers_of(judgement.rows[1]) == set()

    def test_is_left_out_where_the_release_is_older_than_it(self, client):
        made = frozen_world({"": 12}, version=published_version(bank=rich_bank()))
        ResultCell.objects.filter(scale_code="NALAR").delete()
        page = open_as(client, made.analyst, agency_url(made)).context["page"]
        assert [table.is_judgement for table in page.tables] == [False]

    def test_is_told_in_words_that_do_not_speak_of_behaviour(self):
        places = [
            sentences.Place("Nalar", "67", 67.2, (60, 70)),
            sentences.Place("Etika", "80", 80, (70, 90)),
        ]
        assert sentences.of_judgement("X", places[:1]) == (
            "Rata-rata pertimbangan situasional di X 67 dari 100 menurut kuncinya."
        )
        assert "tanpa dibandingkan" in sentences.of_judgement("X", places)
        assert "kerahasiaan" in sentences.of_judgement("X", [])


class TestResponseRates:
    def test_stand_beside_the_results_of_every_shown_unit(self, client):
        made = frozen_world({"utara": 15, "selatan": 12}, silent={"utara": 3, "selatan": 28})
        page = open_as(client, made.analyst, agency_url(made)).text
        for row in rows_of(page, "Dinas Utara"):
            assert "15 dari 18 (83%)" in row
        for row in rows_of(page, "Dinas Selatan"):
            assert "12 dari 40 (30%)" in row

    def test_are_masked_alike_before_and_after_the_freeze(self, client):
        made = world({"": 12})
        before = open_as(client, made.analyst, agency_url(made)).text
        freeze(campaign=made.close(), agency=made.agency, by=None)
        after = client.get(agency_url(made)).text
        for page in (before, after):
            assert "<b>≥95%</b>" in page
            assert ">100%<" not in page
            assert "(100%)" not in page


class TestBands:
    def test_the_key_and_the_colours_are_those_of_the_rule(self, client):
        made = world({"": 12}, answers={"": 5})
        bands = [
            {**band, "minimum": minimum, "name": {"id": name, "en": name}}
            for band, minimum, name in zip(
                to_document(STANDARD_RULE)["bands"], (0, 76, 90), ("Awal", "Lanjut", "Mantap"), strict=False
            )
        ]
        document = {**to_document(STANDARD_RULE), "bands": bands}
        with mock_rule(document):
            freeze(campaign=made.close(), agency=made.agency, by=None)
            page = open_as(client, made.analyst, agency_url(made)).text
        key = rows_of(page, "Awal") + rows_of(page, "Lanjut") + rows_of(page, "Mantap")
        assert key == ["Awal 0–75", "Lanjut 76–89", "Mantap 90–100"]
        assert '<td class="c1">75</td>' in page
        assert "50–69" not in page

    def test_shades_reach_from_the_first_to_the_last(self):
        assert [[shade_of(n, count) for n in range(1, count + 1)] for count in (2, 4, 5)] == [
            [1, 4],
            [1, 2, 3, 4],
            [1, 2, 3, 3, 4],
        ]

    def test_zones_fill_the_track(self):
        zones = zones_of(STANDARD_BANDS)
        assert [(zone.low, zone.high) for zone in zones] == [(0, 49), (50, 69), (70, 84), (85, 100)]
        assert [zone.start for zone in zones] == [0, 49.5, 69.5, 84.5]
        assert sum(zone.width for zone in zones) == 100


class TestHiddenCells:
    def test_the_rows_of_hidden_units_hold_no_digit(self, client, hidden_world):
        page = open_as(client, hidden_world.analyst, agency_url(hidden_world)).text
        for name in ("Dinas Sedang", "Dinas Kecil"):
            rows = rows_of(page, name)
            assert len(rows) == 2  # the heat map and its table twin
            for row in rows:
                assert HIDDEN in row
                assert not re.search(r"\d", row)

    def test_every_hidden_unit_has_the_same_words(self, client, hidden_world):
        page = open_as(client, hidden_world.analyst, agency_url(hidden_world)).text
        middle, small = (rows_of(page, name)[0] for name in ("Dinas Sedang", "Dinas Kecil"))
        assert middle.replace("Dinas Sedang", "") == small.replace("Dinas Kecil", "")

    def test_no_number_of_a_hidden_unit_is_in_the_page_or_in_its_values(self, client, hidden_world):
        response = open_as(client, hidden_world.analyst, agency_url(hidden_world))
        # Sedang: 11 people, all 2: RAPI (3*1/4+3/4)/4 = 37.5, PEKA (3*1/4+5/6)/4 = 39.6; Kecil: 4 people, all 1: 25.
        secrets = {11, 37.5, 38, 4, 25}
        assert not secrets & numbers_of(response.context["page"])
        shown = response.text[: response.text.index("Cara membaca halaman ini")] + "</main>"
        assert not {11, 37, 38, 39, 40, 25} & numbers_in(shown)

    def test_a_hidden_cell_is_an_empty_object(self, hidden_world):
        made = hidden_world
        page = agency_dashboard(made.analyst, made.campaign, made.agency, made.units["kecil"], language="id")
        [row] = page.tables[0].rows
        assert (row.respondents, *row.cells) == (HiddenCell(),) * 3
        assert numbers_of(row) == set()

    def test_the_page_of_a_hidden_unit_says_nothing_more(self, client, hidden_world):
        for unit in ("sedang", "kecil"):
            response = open_as(client, hidden_world.analyst, agency_url(hidden_world, unit))
            assert response.status_code == 200
            assert HIDDEN in response.text
            assert response.context["page"].tables[0].rows[0].cells == (HiddenCell(), HiddenCell())
            assert 'class="kpis"' not in response.text

    def test_nothing_small_can_be_had_by_subtraction(self, client):
        sizes = {
            "": 3,
            "a": 2,
            "a/x": 12,
            "a/y": 15,
            "b": 4,
            "b/x": 9,
            "b/y": 14,
            "c": 11,
            "d": 25,
            "d/x": 13,
        }
        made = frozen_world(sizes)
        client.force_login(made.analyst)
        shown = _crawl(client, made)
        names = {unit.name: unit for unit in made.units.values()}
        assert len(shown) >= 3
        for name, count in shown.items():
            below = [
                other
                for other in shown
                if other != name
                and names[other].path.startswith(names[name].path)
                and not any(
                    between not in (name, other)
                    and names[other].path.startswith(names[between].path)
                    and names[between].path.startswith(names[name].path)
                    for between in shown
                )
            ]
            residual = count - sum(shown[other] for other in below)
            assert residual == 0 or residual >= 10, (name, below)


def _crawl(client, made):
    """Respondents of every unit for which some page shows a number."""
    shown = {}
    for unit in made.units:
        for row in client.get(agency_url(made, unit)).context["page"].tables[0].rows:
            if row.is_shown:
                assert all(
                    isinstance(cell, Figure) and isinstance(cell.cell, ShownCell) for cell in row.cells
                )
                shown[row.unit.name] = row.respondents.n
    return shown


class TestQueriesDoNotGrow:
    def count(self, client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    @pytest.mark.parametrize("make", [world, frozen_world])
    def test_with_the_units_of_a_page(self, client, make):
        few = make({"a": 10})
        many = make(
            dict.fromkeys(("a", "b", "c", "d", "d/e", "d/f"), 10),
            version=few.version,
            agency=AgencyFactory(),
        )
        client.force_login(few.analyst)
        first = self.count(client, agency_url(few))
        client.force_login(many.analyst)
        assert self.count(client, agency_url(many)) == first

    def test_with_the_campaigns_of_the_list(self, client):
        made = frozen_world({"a": 10})
        client.force_login(made.analyst)
        first = self.count(client, reverse("reports:dashboards"))
        for number in range(4):
            campaign = campaigns.open_campaign(
                made.version, agency=made.agency, people=made.people["a"], title=f"Periode {number}"
            )
            if number % 2:
                freeze(campaign=campaigns.close(campaign), agency=made.agency, by=None)
        assert self.count(client, reverse("reports:dashboards")) == first


class TestDeepTrees:
    """A page reads two levels below its unit, and everything only where a reorganisation left a gap in the paths."""

    def below(self, made, unit=""):
        [table] = agency_dashboard(made.analyst, made.campaign, made.agency, made.units[unit]).tables
        return [(row.unit.name, row.has_units_below) for row in table.rows[1:]]

    def test_units_further_down_are_no_rows(self):
        made = frozen_world({"a/b": 10, "a/b/c": 10, "a/b/c/d": 10, "e": 10})
        assert self.below(made) == [("Dinas A", True), ("Dinas E", False)]
        assert self.below(made, "a/b") == [("Dinas C", True)]

    def test_below_a_gap_stands_the_next_unit_of_the_path(self):
        made = frozen_world({"a/b": 10, "a/b/c": 10, "a/b/c/d": 10, "e": 10})
        gone = [made.units[name].pk for name in ("a", "a/b")]
        ResultCell.objects.filter(unit__in=gone).delete()
        assert self.below(made) == [("Dinas C", True), ("Dinas E", False)]
