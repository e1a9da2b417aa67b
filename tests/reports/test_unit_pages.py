"""Pages about one unit beside the summary: groups, items, comparisons, learning needs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import EmploymentKind, JobCategory, Role
from assessments.models import Assignment
from questionnaires.document import load_document
from reports.comparing import common_items
from reports.frozen_values import BandShares
from reports.learning_needs import GroupMean, growth_areas
from reports.models import ResultCell
from reports.pages.items import segments_of
from reports.results import freeze, freeze_all
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, analyst_of, person_with_role, placed_person, root_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version, small_bank
from tests.reports.pages import numbers_in, rows_of
from tests.reports.worlds import frozen_world, second_wave, world

pytestmark = pytest.mark.django_db

PAGES = ("items", "groups", "comparisons", "learning")


def address(made, page, unit="", agency=None):
    unit = made.units[unit]
    return reverse(f"reports:{page}", args=[made.campaign.public_id, made.agency.code, unit.code])


def opened(client, made, page, unit="", user=None):
    client.force_login(user or made.analyst)
    response = client.get(address(made, page, unit))
    assert response.status_code == 200
    return response


def climate_bank(code="iklim"):
    bank = small_bank(code=code)
    next(scale for scale in bank["scales"] if scale["code"] == "PEKA")["kind"] = "climate"
    return published_version(bank=bank)


def mixed_world():
    """12 heads, 30 functional and 24 operative staff, of whom half have a work agreement; in answers not alike."""
    made = world(
        {"kepala": 12, "utara": 30, "selatan": 24},
        answers={"kepala": 5, "utara": 4, "selatan": 2},
        version=climate_bank(),
    )
    contract, permanent = EmploymentKind.CONTRACT, EmploymentKind.PERMANENT
    for name, job, leads in (
        ("kepala", JobCategory.SUPERVISOR, True),
        ("utara", JobCategory.FUNCTIONAL_EXPERT, False),
        ("selatan", JobCategory.OPERATIVE, False),
    ):
        rows = Assignment.objects.filter(campaign=made.campaign, unit=made.units[name]).order_by("pk")
        for number, row in enumerate(rows):
            kind = contract if number % 2 and not leads else permanent
            Assignment.objects.filter(pk=row.pk).update(
                job_category=job, employment_kind=kind, supervises_others=leads
            )
    freeze(campaign=made.close(), agency=made.agency, by=made.analyst)
    return made


class TestGroups:
    def test_show_both_demographics_with_a_message_and_a_table(self, client):
        page = opened(client, mixed_world(), "groups").text
        # RAPI: heads 75, functional 62.5 shown as 63, operative 37.5 shown as 38.
        assert "Menurut kelompok jabatan, jarak terlebar ada pada rapi: manajerial 75, pelaksana 38." in page
        assert "Rapi 75 (12 orang) 63 (30 orang) 38 (24 orang)" in _squeezed(rows_of(page, "Rapi"))
        assert "Menurut jenis kepegawaian" in page

    def test_show_staff_and_management_as_dumbbells_in_words(self, client):
        page = opened(client, mixed_world(), "groups").text
        # PEKA: heads 83.3; the others (30 * 68.75 + 24 * 39.58) / 54 = 55.8.
        assert "Jarak terlebar ada pada peka: staf 56, pimpinan 83 (sangat berbeda)." in page
        assert 'aria-label="Peka: staf 56, pimpinan 83"' in page
        assert "Peka 56 54 83 12 sangat berbeda" in _squeezed(rows_of(page, "Peka"))
        assert page.count("Apa yang dilihat satu pihak") == 1

    def test_say_that_nothing_is_shown_of_small_groups(self, client):
        made = frozen_world({"utara": 12}, version=climate_bank())
        Assignment.objects.filter(campaign=made.campaign).update(supervises_others=True)
        page = opened(client, made, "groups")
        assert page.text.count("lihat unit di atasnya") + page.text.count("Lihat unit di atasnya") >= 1

    def test_of_a_questionnaire_without_climate_say_nothing_about_sides(self, client):
        page = opened(client, frozen_world({"utara": 12}), "groups").text
        assert "Pandangan staf dan pimpinan" not in page


class TestItems:
    def test_show_people_by_band_and_percent_positive(self, client):
        made = frozen_world({"utara": 30, "selatan": 40}, answers={"utara": 5, "selatan": 2})
        page = opened(client, made, "items")
        # RAPI: 30 people at 75 (kuat), 40 at 37.5 (prioritas): 57 % and 43 %.
        assert "Rapi 70 57% 0% 43% 0%" in _squeezed(rows_of(page.text, "Rapi"))
        assert "Di dua kategori terbawah, rapi paling banyak: 57% responden" in page.text
        shares = {row.text.id: row.share for group in page.context["content"].groups for row in group.rows}
        assert {share.display for share in shares.values()} == {"43", "57"}
        # A1, A2, A3 30 of 70, A4 is reversed: (3 * 42.86 + 57.14) / 4. The theme is the mean of its items.
        assert "rata-rata butir 46% positif" in page.text

    def test_show_no_theme_that_would_undo_a_masked_item(self, client):
        made = frozen_world({"": 12})
        groups = opened(client, made, "items").context["content"].groups
        assert {row.share.display for row in groups[0].rows} == {"≥95", "≤5"}
        assert [group.positive for group in groups] == [None, None]

    def test_name_the_extremes_only_where_they_are_apart(self, client):
        made = frozen_world({"utara": 30, "selatan": 30}, answers={"utara": 5, "selatan": 2})
        assert "setara dalam ketelitiannya" in opened(client, made, "items").context["content"].message
        sizes = {"utara": 40, "selatan": 20}
        version = published_version(code="lain")
        made = frozen_world(sizes, answers={"utara": 5, "selatan": 2}, version=version)
        assert "Paling sering positif" in opened(client, made, "items").context["content"].message

    def test_show_no_band_of_fewer_than_thirty(self, client):
        made = frozen_world({"utara": 29})
        page = opened(client, made, "items").text
        assert "Sebaran memerlukan paling sedikit 30 responden" in page
        assert "bertanda kurang cermat" not in page

    def test_name_the_positive_pole_of_a_contrast(self, client):
        made = frozen_world({"utara": 12})
        page = opened(client, made, "items").context["content"]
        item = load_document(made.version.pk).item_by_code["B4"]
        assert item.is_reversed
        assert item.left in {row.text for group in page.groups for row in group.rows}

    def test_show_the_questionnaire_that_is_asked_for(self, client):
        first, second = published_version(code="satu"), published_version(code="dua")
        agency = AgencyFactory()
        people = [placed_person(root_of(agency)) for _n in range(10)]
        campaign = campaigns.open_campaign(first, second, agency=agency, people=people)
        for person in people:
            campaigns.submitted_attempt(person, second, campaign=campaign)
        freeze(campaign=campaigns.close(campaign), agency=agency, by=None)
        url = reverse("reports:items", args=[campaign.public_id, agency.code, agency.code])
        client.force_login(analyst_of(agency))
        assert client.get(url).context["content"].chosen.code == "satu"
        assert not client.get(url).context["content"].has_items
        chosen = client.get(url, {"kuesioner": "dua"}).context["content"]
        assert (chosen.chosen.code, chosen.has_items) == ("dua", True)
        assert client.get(url, {"kuesioner": "<script>"}).context["content"].chosen.code == "satu"

    def test_the_quality_of_answers_is_a_share_and_nobody_s(self, client):
        page = opened(client, frozen_world({"utara": 30}), "items").text
        assert "0% pengisian bertanda kurang cermat" in page

    def testsegments_of_fill_the_bar_whatever_the_rounding(self):
        shares = BandShares(70, (33, 33, 33, 0))
        segments = segments_of(shares.percents)
        assert [segment.band for segment in segments] == [1, 2, 3]
        assert segments[-1].x + segments[-1].width == pytest.approx(100, abs=0.02)


class TestComparisons:
    def test_with_the_parent(self, client):
        made = frozen_world({"utara": 12, "selatan": 24}, answers={"utara": 5, "selatan": 4})
        page = opened(client, made, "comparisons", "utara")
        # RAPI: 75 beside a whole of (12 * 75 + 24 * 62.5) / 36 = 66.7; the rest stands at 62.5.
        assert "Rapi 75 67 · lebih tinggi" in _squeezed(rows_of(page.text, "Rapi"))
        assert f"Dibandingkan dengan bagian lain dari {made.agency.name}: 2 lebih tinggi" in page.text

    def test_the_highest_unit_of_one_agency_says_why_there_is_nothing(self, client):
        page = opened(client, frozen_world({"utara": 12}), "comparisons").text
        assert "Tidak ada pembanding antarinstansi: periode ini hanya untuk satu instansi." in page
        assert "Tidak ada periode sebelumnya dengan kuesioner yang sama." in page

    def test_with_agencies_of_the_same_kind(self, client):
        version = published_version()
        places = [AgencyFactory() for _n in range(8)]
        people = {agency: [placed_person(root_of(agency)) for _n in range(30)] for agency in places}
        campaign = campaigns.open_campaign(version, people=[p for group in people.values() for p in group])
        for number, group in enumerate(people.values()):
            for person in group:
                campaigns.submitted_attempt(person, version, campaign=campaign, default=2 + number % 4)
        freeze_all(campaign=campaigns.close(campaign), by=None)
        client.force_login(analyst_of(places[3]))
        url = reverse("reports:comparisons", args=[campaign.public_id, places[3].code, places[3].code])
        page = client.get(url).text
        # RAPI: 37.5, 50, 62.5 and 75, twice each: median 56.25, upper quartile 65.625; this agency has 75.
        assert "Rapi 75 56 · lebih tinggi 66" in _squeezed(rows_of(page, "Rapi"))
        assert "median 8 instansi sejenis (Pemerintah kabupaten)" in page

    def test_with_few_agencies_says_why_not(self, client):
        version = published_version()
        agency = AgencyFactory()
        people = [placed_person(root_of(agency)) for _n in range(10)]
        campaign = campaigns.open_campaign(version, people=people)
        for person in people:
            campaigns.submitted_attempt(person, version, campaign=campaign)
        freeze_all(campaign=campaigns.close(campaign), by=None)
        client.force_login(analyst_of(agency))
        url = reverse("reports:comparisons", args=[campaign.public_id, agency.code, agency.code])
        assert "diperlukan sedikitnya 8 instansi sejenis" in client.get(url).text

    def test_with_the_wave_before(self, client):
        made = frozen_world({"utara": 30})
        title = made.campaign.title
        made = second_wave(made, made.version, 5)
        page = opened(client, made, "comparisons", "utara").text
        assert any("63 · naik" in row for row in _squeezed(rows_of(page, "Rapi")))
        assert f"Dibandingkan dengan {title}: 2 lebih tinggi" in page

    def test_a_scale_whose_items_changed_is_not_compared(self, client):
        made = frozen_world({"utara": 30})
        bank = small_bank()
        bank["sections"][0]["items"][0]["stem"] = {
            "id": "Saya mencatat hal lain.",
            "en": "I note another thing.",
        }
        version = published_version(bank=bank)
        made = second_wave(made, version, 5)
        page = opened(client, made, "comparisons", "utara")
        [table] = page.context["content"].tables
        assert [row.previous is None for row in table.rows] == [True, False]
        assert "1 skala tidak dibandingkan: hanya 3 dari 4 butirnya sama." in page.text

    def test_items_are_the_same_wherever_they_stand(self):
        bank = small_bank()
        first = published_version(bank=bank)
        bank["sections"].reverse()
        second = published_version(bank=bank)
        documents = [load_document(version.pk) for version in (first, second)]
        assert common_items(*documents, "RAPI") == (4, 4)


class TestSituationalJudgement:
    """In a table of its own beside what it is compared with, counted in its own bands, and learnt by itself."""

    def test_is_compared_in_a_table_of_its_own(self, client):
        made = frozen_world({"utara": 12, "selatan": 24}, version=published_version(bank=rich_bank()))
        page = opened(client, made, "comparisons", "utara")
        own, judgement = page.context["content"].tables
        assert (own.is_judgement, judgement.is_judgement) == (False, True)
        [row] = judgement.rows
        assert (row.own.cell.display, row.parent.display, row.parent.words) == ("76", "76", "setara")
        # The sentence at the top counts what people say of themselves.
        assert f"{len(own.rows)} setara" in page.context["content"].parent_message

    def test_is_compared_with_the_wave_before(self, client):
        made = frozen_world({"utara": 30}, version=published_version(bank=rich_bank()))
        judgement = (
            opened(client, second_wave(made, made.version, 4), "comparisons").context["content"].tables[1]
        )
        assert judgement.rows[0].previous.words == "setara"

    def test_is_counted_in_its_own_bands(self, client):
        made = frozen_world({"": 30}, version=published_version(bank=rich_bank()))
        page = opened(client, made, "items")
        [row] = page.context["content"].judgement_bands
        assert [(name.id, percent) for name, percent in row.labelled] == [
            ("Perlu diperdalam", 0),
            ("Cukup", 0),
            ("Baik", 100),
        ]

    def test_is_learnt_only_from_its_lowest_band(self, client):
        made = frozen_world({"": 30}, version=published_version(bank=rich_bank()))
        areas = opened(client, made, "learning").context["content"].areas
        assert not any(area.is_judgement for area in areas)
        ResultCell.objects.filter(scale_code="NALAR").update(mean=30, interval_low=28, interval_high=32)
        page = opened(client, made, "learning")
        [area] = [area for area in page.context["content"].areas if area.is_judgement]
        assert (area.code, area.band.code, area.low_bands) == ("NALAR", "perlu_diperdalam", 1)
        assert "responden di kategori terbawah" in page.text


class TestLearningNeeds:
    def test_growth_areas_come_with_what_the_bank_suggests(self, client):
        made = frozen_world({"utara": 30}, answers={"utara": 2})
        page = opened(client, made, "learning")
        areas = page.context["content"].areas
        # RAPI 37.5 and PEKA 39.6 both stand in the lowest band.
        assert [area.name.id for area in areas] == ["Rapi", "Peka"]
        assert all(area.low_percent == 100 for area in areas)
        assert sum(area.jp for area in areas) == page.context["content"].jp > 0
        assert "Belajar mandiri" in page.text

    def test_an_even_profile_of_upper_bands_has_none(self, client):
        made = frozen_world({"utara": 12}, answers={"utara": 5})
        page = opened(client, made, "learning")
        assert page.context["content"].areas == ()
        assert "merata" in page.text

    def test_the_lower_half_and_what_lies_below_the_others_grow(self):
        def mean(code, value, band, error=1.0):
            return GroupMean(code, value, error, band, 4)

        assert growth_areas([mean("a", 60, 2), mean("b", 72, 3), mean("c", 74, 3)]) == ("a",)
        # 75 lies 10 below 85: 1.96 * sqrt(1 + 2 / 4) = 2.4.
        assert growth_areas([mean("a", 75, 3), mean("b", 85, 4), mean("c", 85, 4)]) == ("a",)
        assert growth_areas([mean("a", 82.5, 3), mean("b", 85, 4), mean("c", 85, 4)]) == ()
        assert growth_areas([mean("a", 75, 3, None), mean("b", 85, 4), mean("c", 85, 4)]) == ()
        assert growth_areas([mean(code, 40 + n, 1) for n, code in enumerate("abcd")]) == ("a", "b", "c")
        assert growth_areas([mean("a", 80, 3)]) == ()


class TestWhatIsHidden:
    @pytest.mark.parametrize("name", PAGES)
    def test_a_hidden_unit_shows_no_figure_anywhere(self, client, name):
        made = frozen_world({"besar": 12, "sedang": 11, "kecil": 4})
        for unit in ("sedang", "kecil"):
            text = opened(client, made, name, unit).text
            assert "kerahasiaan" in text
            shown = text[: text.index("Cara membaca halaman ini")] + "</main>"
            # The period's name, its day and the rule of thirty hold numbers; figures of the unit would be others.
            assert not {11, 4, 63, 69, 75} & numbers_in(re.sub(r"Periode uji \d+|\d+ \w+ 20\d\d", "", shown))

    @pytest.mark.parametrize("name", PAGES)
    def test_results_from_before_there_were_details_open(self, client, name):
        made = frozen_world({"utara": 30})
        made.campaign.releases.get().details.all().delete()
        assert opened(client, made, name, "utara")

    @pytest.mark.parametrize("name", PAGES)
    def test_each_role_gets_its_answer(self, client, name):
        made = frozen_world({"utara": 12, "selatan": 12})
        expected = {
            made.analyst: 200,
            person_with_role(Role.NATIONAL_ANALYST): 200,
            person_with_role(Role.AGENCY_ANALYST, unit=made.units["utara"]): 200,
            person_with_role(Role.AGENCY_ANALYST, unit=made.units["selatan"]): 404,
            analyst_of(AgencyFactory()): 404,
            person_with_role(Role.AGENCY_ADMINISTRATOR, agency=made.agency): 403,
            UserFactory(): 403,
        }
        for user, status in expected.items():
            client.force_login(user)
            assert client.get(address(made, name, "utara")).status_code == status, user

    @pytest.mark.parametrize("name", PAGES)
    def test_there_is_no_page_before_the_freeze(self, client, name):
        made = world({"utara": 12})
        client.force_login(made.analyst)
        assert client.get(address(made, name, "utara")).status_code == 404


class TestQueries:
    MOST = 12

    def count(self, client, url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    @pytest.mark.parametrize("name", PAGES)
    def test_are_few_and_do_not_grow_with_the_units(self, client, name):
        few = frozen_world({"a": 10})
        many = frozen_world(
            dict.fromkeys(("a", "b", "c", "d", "d/e", "d/f"), 10), version=few.version, agency=AgencyFactory()
        )
        counts = []
        for made in (few, many):
            client.force_login(made.analyst)
            counts.append(self.count(client, address(made, name, "a")))
        assert counts[0] == counts[1] <= self.MOST


def _squeezed(rows):
    return [" ".join(row.split()) for row in rows]
