"""The personal report of a bank with vignettes, forced choice, unscored questions and open texts."""

from fractions import Fraction

import pytest
from django.urls import reverse

from assessments import actions
from reports.personal import personal_report
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

# The key of every vignette is A 4.6, B 3.2, C 2.0, D 1.4.
ANSWERS = {
    "D1": "B",
    "D2": {"best": "A", "worst": "C"},
    "D3": {"A": 5, "B": 3, "C": 2, "D": 1},
    "D4": "B",
    "E1": "A",
    "E2": "A",
    "E3": "B",
}


@pytest.fixture
def version():
    return published_version(bank=rich_bank())


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()))


def report(person, version, values=ANSWERS, *, texts=None, language="id"):
    attempt = campaigns.answer(campaigns.started_attempt(person, version), values)
    if texts:
        actions.save_answers(
            attempt=attempt, patch={}, texts=texts, seen_revision=attempt.revision, by=person
        )
    actions.submit_attempt(attempt=attempt, by=person)
    attempt.refresh_from_db()
    return personal_report(attempt, language=language)


def marks(vignette):
    return {action.code: set(action.marks) for action in vignette.actions if action.marks}


class TestVignettes:
    def test_form_a_scale_of_their_own(self, person, version):
        made = report(person, version)
        [judgement] = made.judgements
        assert judgement.name == "Pertimbangan"
        assert "NALAR" not in {dimension.code for dimension in made.dimensions}
        # graded 9/16; best-worst (1 + 1 - 3/16) / 2; rated 1 - 1.0 / 12.4; not the best action
        scores = [Fraction(9, 16), Fraction(29, 32), 1 - Fraction(10, 124), Fraction(0)]
        assert [line.score for line in judgement.vignettes] == scores
        assert judgement.calculation.score == 100 * sum(scores) / 4
        assert judgement.display == 60
        assert judgement.band == "Cukup"

    def test_show_what_was_chosen_beside_the_key(self, person, version):
        graded, both, rated, _dichotomous = report(person, version).judgements[0].vignettes
        assert marks(graded) == {"A": {"key_best"}, "B": {"chosen_best"}, "D": {"key_worst"}}
        assert marks(both) == {"A": {"chosen_best", "key_best"}, "C": {"chosen_worst"}, "D": {"key_worst"}}
        assert [action.rating for action in rated.actions][:2] == ["Sangat tepat (5)", "Cukup tepat (3)"]

    def test_tell_the_reason_of_every_action(self, person, version):
        first = report(person, version).judgements[0].vignettes[0]
        assert [action.reason for action in first.actions] == [f"Rahasia D1{code}." for code in "ABCD"]

    def test_are_explained_with_the_numbers_of_the_answer(self, person, version):
        lines = report(person, version).judgements[0].vignettes
        assert [line.working for line in lines] == [
            "(3,2 − 1,4) ÷ (4,6 − 1,4) = 0,56",
            "(1 + 1,00 − 0,19) ÷ 2 = 0,91",
            "1 − 1,00 ÷ 12,40 = 0,92",
            "Tindakan paling tepat menurut kunci bernilai 1, yang lain 0: 0,00",
        ]

    def test_have_their_rules_in_words_once_each(self, person, version):
        judgement = report(person, version).judgements[0]
        assert [rule.split(":")[0] for rule in judgement.rules] == [
            "Situasi dengan satu pilihan",
            "Situasi dengan dua pilihan",
            "Situasi dengan penilaian setiap tindakan",
            "Situasi benar atau tidak",
        ]
        sum_ = judgement.calculation
        assert (sum_.count, sum_.applicable, sum_.needed) == (4, 4, 4)
        assert (sum_.band, sum_.band_low, sum_.band_high) == ("Cukup", 50, 74)

    def test_say_whose_key_it_is(self, person, version):
        judgement = report(person, version).judgements[0]
        assert judgement.key_notes == (
            "Kunci penyusun, belum divalidasi panel ahli.",
            "Kunci panel 9 ahli, ICC(2,k) 0,86.",
        )

    def test_answered_in_part_are_not_scored_and_still_explained(self, person, version):
        made = report(person, version, {**ANSWERS, "D2": {"best": "A"}})
        line = made.judgements[0].vignettes[1]
        assert (line.state, line.score, line.working) == ("unanswered", None, "")
        assert len(line.actions) == 4
        assert made.judgements[0].not_scored == "Belum dapat dihitung: 1 jawaban lagi diperlukan."
        assert made.judgements[0].calculation is None


class TestForcedChoice:
    def test_gives_an_order_of_ones_own_without_scores(self, person, version):
        made = report(person, version)
        assert [(p.place, p.name, p.picked, p.offered) for p in made.preferences] == [
            (1, "Rapi", 2, 2),
            (2, "Peka", 0, 2),
        ]
        assert set(type(made.preferences[0]).__dataclass_fields__) == {"place", "name", "picked", "offered"}

    def test_calls_equal_shares_equal(self, person, version):
        made = report(person, version, {**ANSWERS, "E2": "B"})
        assert [entry.place for entry in made.preferences] == [1, 1]

    def test_says_nothing_where_nothing_was_chosen(self, person, version):
        assert report(person, version, {**ANSWERS, "E1": None, "E2": None}).preferences == ()


class TestUnscoredAnswers:
    def test_come_back_to_their_owner(self, person, version):
        made = report(person, version, texts={"E4": "Bahasa isyarat"})
        assert [(entry.answer, entry.is_text) for entry in made.own_answers] == [
            ("Pilihan B", False),
            ("Bahasa isyarat", True),
        ]

    def test_left_empty_say_so(self, person, version):
        made = report(person, version, {**ANSWERS, "E3": None})
        assert [entry.answer for entry in made.own_answers] == ["Belum dijawab", "Dikosongkan"]

    def test_an_open_text_does_not_count_as_an_answer_that_is_missing(self, person, version):
        head = report(person, version).head
        assert head.answered == head.total


def test_climate_answers_come_back_without_a_score(person):
    bank = rich_bank()
    scale = {
        **bank["scales"][0],
        "code": "IKLIM",
        "kind": "climate",
        "name": {"id": "Iklim", "en": "Climate"},
    }
    bank["scales"].append({key: value for key, value in scale.items() if key != "feedback"})
    first = bank["sections"][0]["items"][0]
    bank["sections"][0]["items"].append({**first, "code": "K1", "scale": "IKLIM"})
    made = report(person, published_version(bank=bank))
    [climate] = made.climate
    assert (climate.name, [entry.answer for entry in climate.answers]) == ("Iklim", ["Sering"])
    assert "IKLIM" not in {dimension.code for dimension in made.dimensions}


class TestThePage:
    @pytest.fixture
    def sent(self, client, person, version):
        def open_page(language):
            attempt = campaigns.answer(campaigns.started_attempt(person, version), ANSWERS)
            actions.save_answers(
                attempt=attempt,
                patch={},
                texts={"E4": "<script>alert(1)</script>"},
                seen_revision=attempt.revision,
                by=person,
            )
            client.force_login(person)
            client.cookies["django_language"] = language
            return client.post(reverse("reports:submit", args=[attempt.public_id]))

        return open_page

    def test_labels_the_judgement_and_the_key(self, sent):
        text = sent("id").text
        assert "Pertimbangan situasional" in text
        assert text.count("Kunci penyusun, belum divalidasi panel ahli.") >= 4
        assert "Kunci: paling tepat" in text

    def test_reads_in_english_too(self, sent):
        text = sent("en").text
        assert "Situational judgement" in text
        assert "Author’s key, not yet validated by an expert panel." in text

    def test_shows_a_script_as_text(self, sent):
        text = sent("id").text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text

    def test_asks_the_database_as_often_as_any_report_and_once_for_the_texts(
        self, client, person, version, django_assert_num_queries
    ):
        address = reverse("reports:personal", args=[campaigns.submitted_attempt(person, version).public_id])
        client.force_login(person)
        client.get(address)
        # session, person with roles, attempt, sheet, open texts, shares
        with django_assert_num_queries(6):
            client.get(address)
