"""Precision, norms and change in the personal report: only from frozen figures, and nothing where there are none."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse

from assessments.models import Attempt
from reports.personal import personal_report
from scoring import actions
from scoring.calibration import ALPHA, ScaleCalibration
from scoring.norms import NormGroup, ScaleNorm
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.questionnaires import published_version
from tests.factories.scoring import sample_facts

pytestmark = pytest.mark.django_db

FIRM = ScaleCalibration("RAPI", 200, 4, mean=60.0, sd=12.0, reliability=0.85, coefficient=ALPHA)
POPULATION = "Jawaban buatan untuk menguji."


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()))


def facts(version):
    return sample_facts(version, population=POPULATION, people=210)


def calibrate(version, *scales):
    return actions.freeze_calibration(facts=facts(version), scales=scales, by=None)


def report(person, version, values=None, *, language="id"):
    return personal_report(campaigns.submitted_attempt(person, version, values=values), language=language)


def dimension(made, code="RAPI"):
    return next(entry for entry in made.dimensions if entry.code == code)


# (1 + 3/4 + 3/4 + 1/4) / 4 = 68.75, shown as 69: Berkembang, and close to Kuat.
CLOSE = {"A1": 5, "A2": 4, "A3": 4, "A4": 4}


class TestPrecision:
    def test_is_unknown_before_there_is_a_calibration(self, person, version):
        made = report(person, version)
        assert made.calibration is None
        assert dimension(made).precision is None

    def test_is_an_interval_around_the_score(self, person, version):
        calibrate(version, FIRM)
        found = dimension(report(person, version, CLOSE)).precision
        # SEM 12 * sqrt(.15) = 4.65; 68.75 - 9.11 and 68.75 + 9.11
        assert (found.low, found.high) == (60, 78)
        assert found.sentence == "kira-kira 60–78"
        assert found.caution == ""
        assert found.working == "68,75 ± 1,96 × 4,65 (galat baku pengukuran)"

    def test_names_both_bands_where_the_first_is_not_sure(self, person, version):
        calibrate(version, FIRM)
        made = dimension(report(person, version, CLOSE))
        assert (made.display, made.band) == (69, "Berkembang")
        assert made.band_words == "Berkembang – mungkin Kuat"
        assert made.precision.probabilities == "Berkembang 56%, Kuat 44%"

    def test_names_one_band_where_it_is_sure(self, person, version):
        calibrate(version, replace(FIRM, reliability=0.98))
        made = dimension(report(person, version))
        assert made.band_words == made.band

    def test_is_indicative_below_seventy(self, person, version):
        calibrate(version, replace(FIRM, reliability=0.65))
        made = dimension(report(person, version, CLOSE))
        assert made.display == 69
        assert made.precision.is_indicative
        assert "keandalan dimensi ini 0,65" in made.precision.caution

    def test_of_a_prorated_score_is_lower(self, person, version):
        calibrate(version, replace(FIRM, item_count=5))
        found = dimension(report(person, version, CLOSE)).precision
        # 4.65 * sqrt(5 / 4) = 5.20
        assert (found.low, found.high) == (59, 79)

    def test_below_sixty_there_is_no_number_no_band_and_no_tip(self, person, version):
        calibrate(version, replace(FIRM, reliability=0.59))
        made = report(person, version, {"A1": 1, "A2": 1, "A3": 1, "A4": 5})
        rapi = dimension(made)
        assert (rapi.display, rapi.band, rapi.calculation, rapi.precision) == (None, "", None, None)
        assert "belum cukup andal" in rapi.not_scored
        assert [line.answer for line in rapi.items]
        assert "RAPI" not in {area.code for area in made.growth}

    def test_of_every_dimension_makes_the_profile_firm(self, person, version):
        calibrate(version, FIRM, replace(FIRM, scale="PEKA"))
        made = report(
            person, version, {"A1": 5, "A2": 5, "A3": 5, "A4": 1, "B1": 2, "B2": 2, "B3": 2, "B4": 5}
        )
        assert not made.is_provisional
        assert [area.is_tendency for area in made.strengths] == [False]


class TestNorms:
    def norm(self, version, *, scores=range(210)):
        group = NormGroup.from_scores([Fraction(score % 100) for score in scores])
        people = {f"unit-{number}": group.n // 5 for number in range(5)}
        scale = ScaleNorm("RAPI", group, people)
        return actions.freeze_norm(facts=facts(version), scales=[scale], by=None)

    def test_are_told_as_percentile_ranks_only(self, person, version):
        self.norm(version)
        made = report(person, version, CLOSE)
        # of 210: 0..68 twice and 0..9 a third time are below 68.75: 138 + 10 = 148
        assert [(line.name, line.percentile) for line in made.comparison.lines] == [("Rapi", 70)]
        assert made.comparison.sample.people == 210

    def test_are_absent_where_the_sheet_has_none(self, person, version):
        assert report(person, version).comparison is None

    def test_say_nothing_of_a_scale_that_is_too_unreliable(self, person, version):
        self.norm(version)
        calibrate(version, replace(FIRM, reliability=0.5))
        assert report(person, version).comparison is None

    def test_wait_in_a_closed_fold(self, client, person, version):
        self.norm(version)
        attempt = campaigns.submitted_attempt(person, version)
        client.force_login(person)
        page = client.get(reverse("reports:personal", args=[attempt.public_id])).text
        before, after = page.split("Bandingkan dengan ASN lain")
        assert before.endswith("<summary>")
        assert '<details class="fold">' in before[-60:]
        assert POPULATION in after


class TestChange:
    def earlier(self, person, version, values, *, days=60):
        attempt = campaigns.submitted_attempt(person, version, values=values)
        moment = attempt.submitted_at - timedelta(days=days, minutes=1)
        Attempt.objects.filter(pk=attempt.pk).update(submitted_at=moment, started_at=moment)

    LOW = {"A1": 3, "A2": 3, "A3": 3, "A4": 3}  # 50
    HIGH = {"A1": 5, "A2": 5, "A3": 4, "A4": 1}  # 93.75

    def test_beyond_the_error_of_both_is_told(self, person, version):
        calibrate(version, FIRM)
        self.earlier(person, version, self.LOW)
        found = dimension(report(person, version, self.HIGH)).change
        assert (found.previous, found.difference) == (50, 44)
        assert found.sentence == "naik secara berarti"

    def test_downwards_is_told_the_same_way(self, person, version):
        calibrate(version, FIRM)
        self.earlier(person, version, self.HIGH)
        found = dimension(report(person, version, self.LOW)).change
        assert (found.difference, found.sentence) == (-44, "turun secara berarti")

    def test_within_the_error_is_called_so(self, person, version):
        calibrate(version, FIRM)
        self.earlier(person, version, {"A1": 4, "A2": 4, "A3": 4, "A4": 3})  # 68.75; now 62.5
        found = dimension(report(person, version, {"A1": 4, "A2": 4, "A3": 3, "A4": 3})).change
        assert found.sentence == "dalam rentang ketelitian"

    def test_is_not_told_without_a_calibration(self, person, version):
        self.earlier(person, version, self.LOW)
        assert dimension(report(person, version, self.HIGH)).change is None

    def test_is_not_told_too_soon(self, person, version):
        calibrate(version, FIRM)
        self.earlier(person, version, self.LOW, days=59)
        assert dimension(report(person, version, self.HIGH)).change is None

    def test_is_not_told_of_somebody_else(self, person, version):
        calibrate(version, FIRM)
        self.earlier(placed_person(root_of(AgencyFactory())), version, self.LOW)
        assert dimension(report(person, version, self.HIGH)).change is None

    def test_is_not_told_where_a_score_is_missing(self, person, version):
        calibrate(version, FIRM)
        self.earlier(person, version, {"A1": None, "A2": None})
        assert dimension(report(person, version, self.HIGH)).change is None


class TestThePage:
    def open(self, client, person, attempt, language="id"):
        client.force_login(person)
        client.cookies["django_language"] = language
        return client.get(reverse("reports:personal", args=[attempt.public_id]))

    def test_says_the_interval_in_words_on_the_bar_and_in_the_table(self, client, person, version):
        calibrate(version, FIRM)
        page = self.open(client, person, campaigns.submitted_attempt(person, version, values=CLOSE)).text
        assert "Skor 69, kira-kira 60–78" in page
        assert "skor 69, kira-kira 60 sampai 78 dari 100" in page
        assert '<td class="num">60–78</td>' in page
        assert 'class="interval"' in page
        assert "Skor awal" not in page
        assert "Ketelitian skor ini belum diketahui." in page  # of the dimension without a calibration
        assert POPULATION in page

    def test_says_it_in_english(self, client, person, version):
        calibrate(version, FIRM)
        attempt = campaigns.submitted_attempt(person, version, values=CLOSE)
        page = self.open(client, person, attempt, "en").text
        assert "about 60–78" in page
        assert "Developing – possibly Strong" in page

    def test_asks_the_database_as_often_for_two_calibrated_dimensions_as_for_one(
        self, client, person, version, django_assert_num_queries
    ):
        calibrate(version, FIRM, replace(FIRM, scale="PEKA"))
        attempt = campaigns.submitted_attempt(person, version)
        self.open(client, person, attempt)
        # session, person with roles, attempt, sheet, an earlier attempt, shares
        with django_assert_num_queries(6):
            client.get(reverse("reports:personal", args=[attempt.public_id]))
