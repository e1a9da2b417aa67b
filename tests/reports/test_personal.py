"""The personal report: what it says, what it never says, and that its numbers are those of the stored sheet."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.urls import reverse

from agencies.models import Agency
from assessments.models import Attempt, ScoreSheet
from assessments.sheets import unpack
from questionnaires import actions
from questionnaires.bank_files import read
from questionnaires.document import load_document
from reports.personal import building, personal_report
from scoring.engine import compile_plan
from scoring.rules import STANDARD_RULE, from_document, to_document
from scoring.scales import round_half_up
from scoring.selectors import plan_of
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.questionnaires import CompetencyFactory, published_version, small_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()))


def report(person, version, values=None, *, default=4, language="id"):
    attempt = campaigns.submitted_attempt(person, version, values=values, default=default)
    return personal_report(attempt, language=language)


def dimension(made, code):
    return next(entry for entry in made.dimensions if entry.code == code)


# RAPI is A1 to A3 and A4 (reversed) on 1-5; PEKA is B1 to B3 on 1-5 and B4 on 1-7 with the positive pole on the left.
STRONG_RAPI = {"A1": 5, "A2": 5, "A3": 5, "A4": 1, "B1": 2, "B2": 2, "B3": 1, "B4": 6}


class TestScores:
    def test_come_from_the_stored_sheet(self, person, version):
        attempt = campaigns.submitted_attempt(person, version)
        sheet = ScoreSheet.objects.get()
        plan = plan_of(sheet.rule_id)
        table = unpack(plan, [sheet.scores])
        other = campaigns.submitted_attempt(placed_person(root_of(AgencyFactory())), version, default=2)
        sheet.delete()  # a sheet itself never changes
        sheet.scores = other.score_sheets.get().scores
        sheet.save(force_insert=True)
        told = dimension(personal_report(attempt), "RAPI")
        assert told.calculation.score != table.person(0)["RAPI"].score
        assert told.display == unpack(plan, [sheet.scores]).person(0)["RAPI"].display

    def test_are_explained_down_to_the_items(self, person, version):
        rapi = dimension(report(person, version, {"A1": 5, "A2": 4, "A3": 2, "A4": 2}), "RAPI")
        # (5-1)/4, (4-1)/4, (2-1)/4, and reversed 2 -> 4: (4-1)/4
        assert [line.score for line in rapi.items] == [1, Fraction(3, 4), Fraction(1, 4), Fraction(3, 4)]
        assert [line.is_reversed for line in rapi.items] == [False, False, False, True]
        assert rapi.items[3].keyed == 4
        sum_ = rapi.calculation
        assert (sum_.total, sum_.weight, sum_.mean) == (Fraction(11, 4), 4, Fraction(11, 16))
        assert sum_.score == Fraction(1100, 16)  # 68.75
        assert rapi.display == sum_.display == 69
        assert rapi.band == "Berkembang"

    def test_say_how_many_answers_count_and_which_points_the_band_has(self, person, version):
        sum_ = dimension(report(person, version, {"A1": "na"}), "RAPI").calculation
        # four items, one does not apply; three are needed and there
        assert (sum_.count, sum_.applicable, sum_.needed) == (3, 3, 3)
        assert (sum_.band, sum_.band_low, sum_.band_high) == ("Berkembang", 50, 69)

    def test_agree_with_the_explanation_for_every_pattern_of_answers(self, person, version):
        for default in (1, 2, 3, 5):
            other = placed_person(root_of(AgencyFactory()))
            for entry in report(other, version, default=default).dimensions:
                sum_ = entry.calculation
                assert 100 * sum_.total / sum_.weight == sum_.score
                assert round_half_up(sum_.score) == entry.display

    def test_a_contrast_item_counts_from_its_positive_pole(self, person, version):
        line = dimension(report(person, version, {"B4": 2}), "PEKA").items[3]
        assert line.is_contrast
        assert (line.value, line.keyed, line.score) == (2, 6, Fraction(5, 6))

    def test_there_is_no_overall_number(self, person, version):
        made = report(person, version)
        assert not {"total", "score", "overall", "mean"} & set(type(made).__dataclass_fields__)


class TestWhatIsMissing:
    def test_a_dimension_without_enough_answers_says_how_many_are_missing(self, person, version):
        peka = dimension(report(person, version, {"B1": None, "B2": None}), "PEKA")
        # four apply, 80 % of 4 rounded up is 4, two are there
        assert peka.not_scored == "Belum dapat dihitung: 2 jawaban lagi diperlukan."
        assert (peka.display, peka.band, peka.meaning, peka.calculation) == (None, "", "", None)

    def test_its_contrast_items_are_not_asked_about(self, person, version):
        assert report(person, version, {"B1": None, "B2": None}).contrasts == ()

    def test_there_are_no_tips_for_it(self, person, version):
        made = report(person, version, {"B1": None, "B2": None, "B3": 1, "A1": 1, "A2": 1, "A3": 1, "A4": 5})
        assert [area.code for area in made.growth] == ["RAPI"]

    def test_items_that_do_not_apply_are_named_and_not_counted(self, person, version):
        made = report(person, version, {"A1": "na", "A2": "na"})
        rapi = dimension(made, "RAPI")
        assert rapi.not_scored == (
            "Belum dapat dihitung: terlalu banyak butir yang tidak berlaku bagi tugas Anda."
        )
        assert rapi.items[0].answer == "Tidak berlaku"

    def test_a_missing_answer_of_an_otherwise_scored_dimension_is_said(self, version, person):
        bank = small_bank(code="panjang")
        section = bank["sections"][0]["items"]
        section.append({**section[0], "code": "A5"})
        long_version = published_version(bank=bank)
        rapi = dimension(report(person, long_version, {"A5": None}), "RAPI")
        assert rapi.is_scored
        assert rapi.calculation.is_prorated
        assert rapi.items[4].answer == "Belum dijawab"


class TestTheMessage:
    def test_names_the_strength_and_the_room_to_grow(self, person, version):
        made = report(person, version, STRONG_RAPI)
        assert made.headline == "Paling menonjol: rapi; peka masih punya ruang untuk tumbuh."
        assert [area.name for area in made.strengths] == ["Rapi"]
        assert made.strengths[0].is_tendency

    def test_a_level_profile_is_called_level(self, person, version):
        made = report(person, version, {"A4": 2, "B4": 2, "B1": 4, "B2": 4, "B3": 4})
        assert made.headline == "Profil Anda merata: tidak ada dimensi yang menonjol."
        assert (made.strengths, made.growth) == ((), ())

    def test_a_growth_area_asks_about_the_lowest_items_and_gives_tips_of_its_band(self, person, version):
        area = report(person, version, STRONG_RAPI).growth[0]
        assert area.questions == ("Kapan terakhir?",) * 3
        assert [tip.text for tip in area.tips] == ["Coba hal kecil."] * 3
        assert {(tip.method, tip.jp) for tip in area.tips} == {("Belajar mandiri", 1)}

    def test_contrast_items_stand_between_their_poles(self, person, version):
        [contrast] = report(person, version, {"B4": 3}).contrasts
        assert (contrast.left, contrast.right) == ("Saya bertanya lebih dahulu.", "Saya menunggu kabar.")
        assert (contrast.value, contrast.answer) == (3, "Posisi 3")

    def test_ideal_answers_are_a_thought_and_never_change_a_score(self, person, version):
        codes = [item.code for item in load_document(version.pk).items_of("SD")]
        ideal = report(person, version, dict.fromkeys(codes, 5))
        plain = report(placed_person(root_of(AgencyFactory())), version, dict.fromkeys(codes, 4))
        assert "pertimbangkan contoh nyata" in ideal.style_note
        assert plain.style_note == ""
        assert [d.calculation.score for d in ideal.dimensions] == [
            d.calculation.score for d in plain.dimensions
        ]

    def test_doubtful_answers_are_mentioned_to_the_person_only(self, person, version):
        assert report(person, version).quality_note == ""
        other = placed_person(root_of(AgencyFactory()))
        assert "Hanya Anda yang melihat" in report(other, version, {"C1": 5}).quality_note

    def test_the_rule_is_told_in_words(self, person, version):
        assert any("80%" in sentence for sentence in report(person, version).rule_sentences)

    def test_english_readers_get_the_english_texts(self, person, version):
        made = report(person, version, language="en")
        assert made.head.title == "Small Bank"
        assert dimension(made, "PEKA").band == "Developing"
        assert dimension(made, "PEKA").items[3].left == "I ask first."


def test_official_competencies_are_named_once_with_their_dimensions(person):
    CompetencyFactory(code="U.01", framework__source="Peraturan Uji"), CompetencyFactory(code="U.02")
    bank = small_bank(code="berpeta")
    bank["scales"][0]["competencies"] = ["U.01", "U.02"]
    bank["scales"][1]["competencies"] = ["U.02"]
    [framework] = report(person, published_version(bank=bank)).crosswalks
    assert [(entry.code, entry.dimensions) for entry in framework.entries] == [
        ("U.01", ("Rapi",)),
        ("U.02", ("Rapi", "Peka")),
    ]


class TestThePage:
    def open(self, client, person, attempt, language="id"):
        client.force_login(person)
        client.cookies["django_language"] = language
        return client.get(reverse("reports:personal", args=[attempt.public_id]))

    def test_says_what_it_is_and_what_it_is_not(self, client, person, version):
        page = self.open(client, person, campaigns.submitted_attempt(person, version)).text
        assert "bukan penilaian resmi" in page
        assert "Kunci penyusun, belum divalidasi panel ahli." in page
        assert "Skor awal: ketelitian belum diketahui." in page
        assert "kira-kira" not in page

    def test_works_under_the_strict_policy(self, client, person, version):
        page = self.open(
            client, person, campaigns.submitted_attempt(person, version, values=STRONG_RAPI)
        ).text
        assert " style=" not in page
        assert "<script>" not in page
        assert "onclick" not in page

    def test_has_a_table_twin_of_the_profile(self, client, person, version):
        page = self.open(client, person, campaigns.submitted_attempt(person, version)).text
        assert "Lihat profil sebagai tabel" in page
        assert '<th scope="row">Rapi</th>' in page

    def test_a_dimension_without_a_score_shows_no_number(self, client, person, version):
        attempt = campaigns.submitted_attempt(person, version, values={"B1": None, "B2": None})
        page = self.open(client, person, attempt).text
        assert "Belum dapat dihitung: 2 jawaban lagi diperlukan." in page
        assert page.count('class="chart track"') == 1

    def test_the_bands_are_those_of_the_rule_of_the_sheet(self, client, person, version):
        attempt = campaigns.submitted_attempt(person, version)
        document = to_document(STANDARD_RULE)
        for band, minimum in zip(document["bands"], (0, 40, 60, 80), strict=True):
            band["minimum"] = minimum
        rule_id = attempt.score_sheets.get().rule_id
        plan = compile_plan(load_document(version.pk), from_document(document))
        with mock.patch.object(building, "plan_of", lambda asked: plan if asked == rule_id else None):
            page = self.open(client, person, attempt).text
        assert "0–39" in page
        assert "0–49" not in page
        assert 'x="39.5%"' in page
        assert 'x="49.5%"' not in page

    def test_tells_the_time_of_the_agency_that_asked(self, client, version):
        east, west = (AgencyFactory(time_zone=zone) for zone in (Agency.TimeZone.EAST, Agency.TimeZone.WEST))
        person = placed_person(root_of(east))
        campaign = campaigns.open_campaign(version, agency=east, people=[person])
        attempt = campaigns.submitted_attempt(person, version, campaign=campaign)
        placed_person(root_of(west), person=person)
        # 00.30 on the 24th in Jayapura is 22.30 on the 23rd in Jakarta, where the person works now.
        moment = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
        Attempt.objects.filter(pk=attempt.pk).update(submitted_at=moment)
        assert "Terkirim 24 November 2026 pukul 00.30 WIT" in self.open(client, person, attempt).text

    def test_says_who_sees_what_in_a_campaign(self, client, person, version):
        campaign = campaigns.open_campaign(version, people=[person], minimum_group_size=12)
        page = self.open(client, person, campaigns.submitted_attempt(person, version, campaign=campaign)).text
        assert "paling sedikit 12 responden" in page

    def test_the_number_of_queries_does_not_grow_with_the_items(
        self, client, person, version, django_assert_num_queries
    ):
        bank = small_bank(code="panjang")
        first = bank["sections"][0]["items"][0]
        for page in range(4):
            items = [{**first, "code": f"X{page}{number}"} for number in range(5)]
            bank["sections"].append({**bank["sections"][0], "code": f"X{page}", "items": items})
        short = campaigns.submitted_attempt(person, version)
        long = campaigns.submitted_attempt(person, published_version(bank=bank))
        client.force_login(person)
        for attempt in (short, long):
            address = reverse("reports:personal", args=[attempt.public_id])
            client.get(address)
            with django_assert_num_queries(5):  # session, person with roles, attempt, sheet, shares
                assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "bank", ["tiga-kepemimpinan", "kontras-perilaku", "jiwa-melayani", "budaya-kerja", "asn-masa-depan"]
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_shipped_questionnaire_gives_a_report(client, bank, language):
    call_command("import_frameworks", verbosity=0)
    path = Path(__file__).parents[2] / "fixtures" / "banks" / f"{bank}.yaml"
    editor = UserFactory()
    draft, _new = actions.import_bank(bank_file=read(path.read_text(), filename=path.name), by=editor)
    draft = actions.submit_for_review(version=draft, by=editor)
    version = actions.publish_version(version=draft, change_note="Uji", by=UserFactory())
    person = placed_person(root_of(AgencyFactory()))
    for default in (1, 3, 5):
        attempt = campaigns.submitted_attempt(person, version, default=default)
        made = personal_report(attempt, language=language)
        assert all(entry.is_scored and entry.meaning for entry in made.dimensions)
        assert {len(area.tips) for area in made.growth} <= {2, 3}
        assert len(made.crosswalks) == 2
        assert len(made.contrasts) == (3 if bank == "kontras-perilaku" else 0)
    client.force_login(person)
    client.cookies["django_language"] = language
    assert client.get(reverse("reports:personal", args=[attempt.public_id])).status_code == 200
