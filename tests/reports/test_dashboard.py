"""Pages of an agency's analysts: who may open them, what they show, and what nobody can compute from them."""

import re
from contextlib import contextmanager
from unittest import mock

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies import actions as agency_actions
from agencies.models import Role
from assessments.actions import assign
from assessments.models import Campaign
from audit.models import AuditEvent
from background.models import BackgroundJob
from reports import selectors, sentences
from reports.bands import shade_of, zones_of
from reports.disclosure import HiddenCell, ShownCell
from reports.models import ReleaseState, ResultCell
from reports.participation import participation
from reports.results import freeze
from reports.selectors import Figure, agency_dashboard
from scoring.bands import STANDARD_BANDS
from scoring.rules import STANDARD_RULE, from_document, to_document
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, analyst_of, person_with_role, placed_person
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version, small_bank
from tests.reports.pages import numbers_in, numbers_of, rows_of
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db

HIDDEN = "Tidak ditampilkan demi kerahasiaan"


def agency_url(made, unit=None):
    if unit is None:
        return reverse("reports:agency", args=[made.campaign.public_id, made.agency.code])
    return reverse("reports:unit", args=[made.campaign.public_id, made.agency.code, made.units[unit].code])


def open_as(client, user, address):
    client.force_login(user)
    return client.get(address)


@contextmanager
def mock_rule(document):
    """Dashboards read another rule. A published rule cannot be changed, so the reading of it is replaced."""
    plan = mock.Mock(rule=from_document(document))
    with mock.patch.object(selectors, "plan_of", return_value=plan):
        yield


def frozen_world(sizes, **fields):
    made = world(sizes, **fields)
    freeze(campaign=made.close(), agency=made.agency, by=made.analyst)
    return made


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


class TestParticipation:
    def test_shows_rates_and_no_scores_and_no_names(self, client):
        made = world({"utara": 10}, silent={"utara": 10, "selatan": 20})
        response = open_as(client, made.analyst, agency_url(made))
        assert "Dinas Utara · 20 50%" in rows_of(response.text, "Dinas Utara")[0]
        assert "Dinas Selatan · 20 ≤5%" in rows_of(response.text, "Dinas Selatan")[0]
        assert "25% pegawai di" in response.text
        main = response.text.split("<main")[1].split("</main>")[0]
        assert "Pegawai Uji" not in main
        assert "Rapi" not in response.text

    def test_units_with_few_people_show_nothing_and_cannot_be_computed(self, client):
        # 40 - 20 - 16 leaves the four of Kecil, so Sedang is hidden with it.
        made = world({"besar": 10, "sedang": 8, "kecil": 2}, silent={"besar": 10, "sedang": 8, "kecil": 2})
        response = open_as(client, made.analyst, agency_url(made))
        assert "50%" in rows_of(response.text, "Dinas Besar")[0]
        for name in ("Dinas Sedang", "Dinas Kecil"):
            [row] = rows_of(response.text, name)
            assert HIDDEN in row
            assert not re.search(r"\d", row)
        page = participation(made.analyst, made.campaign, made.agency)
        assert [type(row.rate) for row in page.rows] == [ShownCell, ShownCell, HiddenCell, HiddenCell]

    def test_says_how_many_answers_are_missing_and_how_precise_it_will_be(self, client):
        made = world({"utara": 12, "selatan": 4}, silent={"utara": 8, "selatan": 26}, participation_target=80)
        page = open_as(client, made.analyst, agency_url(made)).text
        # 50 asked, 16 done: 40 for the target, 24 more. 16 of 50: effective size 16 x 49 / 34 = 23.06;
        # 195.996 / (2 x sqrt(23.06 + 3.84)) = 18.9; at 40 of 50: 196; 195.996 / (2 x sqrt(199.84)) = 6.93.
        assert f"Jawaban dari {made.agency.name} sudah cukup untuk ditampilkan; 24 lagi" in page
        assert f"{made.agency.name} cukup 24 ± 19 ± 7" in rows_of(page, made.agency.name)
        # Selatan: 30 asked, 4 done; 6 more to be shown, 20 to the target; at 24 of 30: 24 x 29 / 6 = 116; 8.95.
        assert "Dinas Selatan 6 20 – ± 9" in rows_of(page, "Dinas Selatan")

    def test_tells_nothing_missing_of_a_unit_that_is_hidden(self, client):
        made = world({"besar": 12, "kecil": 2})
        rows = rows_of(open_as(client, made.analyst, agency_url(made)).text, "Dinas Kecil")
        assert [row for row in rows if re.search(r"\d", row)] == []

    def test_counts_those_who_are_assigned_later(self, client):
        made = world({"utara": 12})
        before = open_as(client, made.analyst, agency_url(made)).context["page"].whole
        late = [placed_person(made.units["utara"]) for _n in range(3)]
        assign(
            campaign=made.campaign,
            people=UserFactory._meta.model.objects.filter(pk__in=[p.pk for p in late]),
            by=None,
        )
        after = client.get(agency_url(made)).context["page"].whole
        assert (before.n, after.n) == (12, 15)

    def test_an_agency_in_which_few_are_asked_shows_no_rate(self, client):
        made = world({"": 9})
        page = open_as(client, made.analyst, agency_url(made)).text
        assert HIDDEN in page
        assert HIDDEN in client.get(reverse("reports:dashboards")).text

    def test_there_is_no_door_to_scores_while_the_campaign_runs(self, client):
        made = world({"utara": 12})
        national = person_with_role(Role.NATIONAL_ANALYST)
        assert open_as(client, national, agency_url(made)).status_code == 404


class TestWhoMayOpen:
    @pytest.mark.parametrize("is_frozen", [False, True])
    def test_each_role_gets_its_answer(self, client, is_frozen):
        made = frozen_world({"utara": 12}) if is_frozen else world({"utara": 12})
        elsewhere = AgencyFactory()
        expected = {
            made.analyst: 200,
            analyst_of(elsewhere): 404,
            person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"]): 404,
            person_with_role(Role.NATIONAL_ANALYST): 200 if is_frozen else 404,
            made.people["utara"][0]: 403,
            person_with_role(Role.AGENCY_ADMINISTRATOR, agency=made.agency): 403,
            person_with_role(Role.AUDITOR, agency=made.agency): 403,
            UserFactory(): 403,
        }
        for user, status in expected.items():
            address = agency_url(made, "")
            assert open_as(client, user, address).status_code == status, user

    def test_strangers_are_sent_to_the_sign_in(self, client):
        made = frozen_world({"utara": 12})
        for address in (agency_url(made), agency_url(made, "utara"), reverse("reports:dashboards")):
            assert client.get(address).url.startswith(reverse("account_login"))

    @pytest.mark.parametrize("is_frozen", [False, True])
    def test_an_analyst_of_a_unit_sees_that_unit_and_below(self, client, is_frozen):
        made = (frozen_world if is_frozen else world)({"utara/kota": 10, "utara/desa": 12, "selatan": 14})
        analyst = person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"])
        response = open_as(client, analyst, agency_url(made))
        assert response.status_code == 200
        assert response.context["page"].unit.name == "Dinas Utara"
        assert made.agency.name not in [crumb.name for crumb in response.context["page"].crumbs]
        assert client.get(agency_url(made, "utara/kota")).status_code == 200
        assert client.get(agency_url(made, "selatan")).status_code == 404
        assert "Dinas Selatan" not in client.get(agency_url(made)).text

    def test_a_move_opens_and_closes_no_older_results(self, client):
        made = frozen_world({"utara/kota": 10, "utara/desa": 12, "selatan": 14})
        north, south, town = (
            person_with_role(Role.AGENCY_ANALYST, unit=made.units[name])
            for name in ("utara", "selatan", "utara/kota")
        )
        agency_actions.move_unit(unit=made.units["utara/kota"], new_parent=made.units["selatan"], by=None)
        seen = [
            open_as(client, analyst, agency_url(made, "utara/kota")).status_code
            for analyst in (north, south, town)
        ]
        assert seen == [200, 404, 200]
        assert open_as(client, south, agency_url(made)).context["page"].unit.name == "Dinas Selatan"
        assert open_as(client, town, agency_url(made)).context["page"].unit.name == "Dinas Kota"

    def test_an_analyst_of_two_units_finds_both(self, client):
        made = world({"utara": 10, "selatan": 14})
        analyst = person_with_role(Role.AGENCY_ANALYST, unit=made.units["selatan"])
        person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"], person=analyst)
        page = open_as(client, analyst, agency_url(made)).text
        assert agency_url(made, "utara") in page

    def test_unknown_addresses_and_drafts_do_not_exist(self, client):
        made = frozen_world({"utara": 12})
        client.force_login(made.analyst)
        other = AgencyFactory()
        wrong = reverse("reports:agency", args=[made.campaign.public_id, other.code])
        assert client.get(wrong).status_code == 404
        unit = reverse("reports:unit", args=[made.campaign.public_id, made.agency.code, "tidak-ada"])
        assert client.get(unit).status_code == 404
        draft = campaigns.draft_campaign(made.version, agency=made.agency)
        address = reverse("reports:agency", args=[draft.public_id, made.agency.code])
        assert client.get(address).status_code == 404

    def test_a_unit_younger_than_the_results_has_no_page(self, client):
        made = frozen_world({"utara": 12})
        made.units["baru"] = add_unit(made.units[""], "baru")
        assert open_as(client, made.analyst, agency_url(made, "baru")).status_code == 404


class TestTheList:
    def test_shows_own_campaigns_with_their_state(self, client):
        made = world({"utara": 12})
        world({"utara": 10}, version=published_version(code="lain"))
        page = open_as(client, made.analyst, reverse("reports:dashboards"))
        [entry] = page.context["page"].object_list
        assert (entry.campaign, entry.is_frozen, entry.rate.n) == (made.campaign, False, 12)
        assert "Dibuka" in page.text

    def test_an_analyst_of_a_unit_sees_no_rate_of_the_whole(self, client):
        made = world({"utara": 12, "selatan": 12})
        analyst = person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"])
        [entry] = open_as(client, analyst, reverse("reports:dashboards")).context["page"].object_list
        assert entry.rate is None

    def test_a_national_analyst_sees_what_is_frozen(self, client):
        frozen = frozen_world({"utara": 12})
        world({"utara": 10}, version=published_version(code="lain"))
        national = person_with_role(Role.NATIONAL_ANALYST)
        [entry] = open_as(client, national, reverse("reports:dashboards")).context["page"].object_list
        assert (entry.campaign, entry.is_frozen) == (frozen.campaign, True)

    def test_is_friendly_when_empty(self, client):
        page = open_as(client, analyst_of(AgencyFactory()), reverse("reports:dashboards")).text
        assert "Belum ada periode" in page

    def test_is_closed_to_respondents(self, client):
        assert open_as(client, UserFactory(), reverse("reports:dashboards")).status_code == 403


class TestClosing:
    def test_asks_first_and_then_closes_and_freezes(self, client):
        made = world({"utara": 12})
        address = reverse("reports:close", args=[made.campaign.public_id])
        page = open_as(client, made.analyst, address).text
        assert "Penutupan tidak dapat dibatalkan." in page
        without_reason = client.post(address)
        assert "Tuliskan alasannya" in without_reason.text
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.OPEN
        response = client.post(address, {"reason": "Semua sudah mengisi."}, follow=True)
        assert response.redirect_chain[-1][0] == agency_url(made)
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.CLOSED
        assert AuditEvent.objects.get(event="campaign.closed").detail == {"reason": "Semua sudah mengisi."}
        assert ReleaseState.objects.get().frozen_by == made.analyst
        assert "Periode ditutup dan hasilnya dibekukan." in response.text
        again = client.post(address, follow=True)
        assert "Hanya periode yang sedang dibuka yang dapat ditutup." in again.text
        assert ReleaseState.objects.count() == 1

    def test_a_closed_campaign_before_the_freeze_offers_the_freeze(self, client):
        made = world({"utara": 12})
        made.close()
        page = open_as(client, made.analyst, agency_url(made)).text
        address = reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code])
        assert "hasilnya belum dibekukan" in page
        assert address in page
        assert "Rapi" not in page
        assert "Hasil dibekukan." in client.post(address, follow=True).text
        before = ResultCell.objects.count()
        client.post(address)
        assert (ReleaseState.objects.count(), ResultCell.objects.count()) == (1, before)

    def test_a_freeze_that_failed_says_so_and_can_be_asked_for_again(self, client, monkeypatch):
        made = world({"utara": 12})

        def stumble(**_arguments):
            raise RuntimeError("no memory")

        client.force_login(made.analyst)
        with monkeypatch.context() as patch:
            patch.setattr("reports.background_work.freeze", stumble)
            address = reverse("reports:close", args=[made.campaign.public_id])
            page = client.post(address, {"reason": "Selesai."}, follow=True).text
        assert "Periode ditutup." in page
        assert "Pembekuan terakhir tidak selesai." in page
        assert "no memory" not in page
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.CLOSED
        address = reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code])
        assert "Hasil dibekukan." in client.post(address, follow=True).text
        assert [job.state for job in BackgroundJob.objects.order_by("pk")] == ["failed", "done"]

    def test_while_a_worker_freezes_the_page_says_how_far_it_is(self, client):
        made = world({"utara": 12})
        made.close()
        BackgroundJob.objects.create(
            kind="results.freeze",
            subject_id=made.campaign.pk,
            agency_id=made.agency.pk,
            state=BackgroundJob.State.RUNNING,
            asked_at=timezone.now(),
            done=5,
            total=12,
        )
        page = open_as(client, made.analyst, agency_url(made)).text
        assert "Sedang dibekukan: 5 dari sekitar 12 lembar skor." in page
        assert reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code]) not in page

    def test_the_page_promises_no_closing_by_itself(self, client):
        made = world({"utara": 12})
        page = open_as(client, made.analyst, agency_url(made)).text
        assert "ditutup otomatis" not in page
        assert "Setelah batas waktu tidak ada lagi yang dapat mengisi." in page

    def test_an_open_campaign_cannot_be_frozen(self, client):
        made = world({"utara": 12})
        address = reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code])
        client.force_login(made.analyst)
        assert "Hasil baru dapat dibekukan setelah periode ditutup." in client.post(address, follow=True).text
        assert client.get(address).status_code == 405

    def test_only_the_agency_s_analysts_may(self, client):
        made = world({"utara": 12})
        expected = {
            analyst_of(AgencyFactory()): 404,
            person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"]): 403,
            person_with_role(Role.NATIONAL_ANALYST): 403,
            made.people["utara"][0]: 403,
        }
        addresses = (
            reverse("reports:close", args=[made.campaign.public_id]),
            reverse("reports:freeze", args=[made.campaign.public_id, made.agency.code]),
        )
        for user, status in expected.items():
            client.force_login(user)
            assert [client.post(address).status_code for address in addresses] == [status] * 2
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.OPEN

    def test_a_unit_s_own_campaign_is_closed_by_that_unit_s_analyst(self, client):
        made = world({"utara": 12, "selatan": 12})
        Campaign.objects.filter(pk=made.campaign.pk).update(unit=made.units["utara"])
        address = reverse("reports:close", args=[made.campaign.public_id])
        client.force_login(person_with_role(Role.AGENCY_ANALYST, unit=made.units["selatan"]))
        assert client.post(address, {"reason": "Selesai."}).status_code == 403
        client.force_login(person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"]))
        assert "Periode ditutup" in client.post(address, {"reason": "Selesai."}, follow=True).text
        assert Campaign.objects.get(pk=made.campaign.pk).state == Campaign.State.CLOSED

    def test_a_national_campaign_is_not_closed_by_an_agency(self, client):
        person = placed_person(world({}).units[""])
        agency = person.placements.get().unit.agency
        campaign = campaigns.open_campaign(published_version(code="nasional"), people=[person])
        client.force_login(analyst_of(agency))
        assert client.post(reverse("reports:close", args=[campaign.public_id])).status_code == 403
        client.force_login(analyst_of(AgencyFactory()))
        assert client.post(reverse("reports:close", args=[campaign.public_id])).status_code == 404


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


class TestAdmin:
    def test_frozen_results_are_read_only_and_for_the_superuser(self):
        made = frozen_world({"utara": 12})
        request = RequestFactory().get("/admin/")
        for user, may_view in ((UserFactory(is_superuser=True), True), (made.analyst, False)):
            request.user = user
            for model in (ReleaseState, ResultCell):
                pages = site.get_model_admin(model)
                assert pages.has_view_permission(request) is may_view
                assert not pages.has_add_permission(request)
                assert not pages.has_change_permission(request)
                assert not pages.has_delete_permission(request)

    def test_the_lists_open(self, client):
        frozen_world({"utara": 12})
        client.force_login(UserFactory(is_superuser=True))
        for name in (
            "reports_releasestate",
            "reports_resultcell",
            "reports_resultdetail",
            "reports_benchmark",
        ):
            assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200

    def test_cells_show_no_number_and_read_no_document(self, client):
        made = frozen_world({"utara": 37}, answers={"utara": 5})  # PEKA 83.33
        client.force_login(UserFactory(is_superuser=True))
        cell = ResultCell.objects.get(unit=made.units["utara"], scale_code="PEKA")
        addresses = (
            reverse("admin:reports_resultcell_changelist"),
            reverse("admin:reports_resultcell_change", args=[cell.pk]),
        )
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                page = client.get(address)
            assert page.status_code == 200
            assert not re.search(r"83[.,]3", page.text)
            assert "field-mean" not in page.text
            assert ">37<" not in page.text
            assert not any('"document"' in query["sql"] for query in queries)


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
