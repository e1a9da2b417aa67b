"""How often each option was chosen: counted from stored bytes, gated at thirty people, in JSON, CSV and on the page."""

import csv
import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Role
from assessments import answers as answer_bytes
from assessments.models import Attempt, CampaignInstrument
from assessments.option_counts import count_options
from questionnaires.version_document import parse_document
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.assessments import close, open_campaign, submitted_attempt
from tests.factories.item_types import rich_bank, rich_document
from tests.factories.questionnaires import published_version

DOCUMENT = parse_document(rich_document())
GIVEN = {
    "D1": "A",
    "D2": {"best": "A", "worst": "D"},
    "D3": {"A": 5, "B": 3, "C": 2, "D": 1},
    "D4": "B",
    "E1": "A",
    "E2": "B",
    "E3": "C",
}


def rows(*people):
    stored = b"".join(answer_bytes.encode(DOCUMENT, answers) for answers in people)
    return np.frombuffer(stored, dtype=np.uint8).reshape(len(people), -1)


def counted(*people):
    return {found.item.code: found for found in count_options(DOCUMENT, rows(*people))}


def counts(found, part=""):
    return next(one.counts for one in found.parts if one.part == part)


class TestCounting:
    def test_every_kind_of_item_is_counted_by_its_options(self):
        found = counted(*[GIVEN] * 30, *[{**GIVEN, "D1": "C", "D2": {"best": "B", "worst": "A"}}] * 10)
        assert counts(found["D1"]) == (30, 0, 10, 0)
        assert counts(found["D2"], "best") == (30, 10, 0, 0)
        assert counts(found["D2"], "worst") == (10, 0, 0, 30)
        assert counts(found["D3"], "A") == (0, 0, 0, 0, 40)
        assert counts(found["D3"], "B") == (0, 0, 40, 0, 0)
        assert counts(found["E1"]) == (40, 0)
        assert counts(found["E3"]) == (0, 0, 40)

    def test_items_of_rated_scales_and_open_texts_are_not_here(self):
        found = counted(GIVEN)
        assert not {"A1", "B1", "E4"} & set(found)
        assert {"C1", "D1", "D2", "D3", "D4", "E1", "E2", "E3"} <= set(found)

    def test_a_half_answered_vignette_counts_in_the_part_that_was_answered(self):
        found = counted(*[GIVEN] * 30, *[{"D2": {"best": "B"}}] * 5)["D2"]
        assert (found.n, found.missing) == (30, 5)
        assert [(part.part, part.n) for part in found.parts] == [("best", 35), ("worst", 30)]
        assert found.missing_share == 5 / 35

    def test_twenty_nine_people_are_not_shown(self):
        found = counted(*[GIVEN] * 29)["D1"]
        assert [(part.counts, part.reason) for part in found.parts] == [(None, "n_below_30")]
        assert found.n == 29

    def test_an_impossible_byte_is_counted_as_not_answered(self):
        stored = rows(*[GIVEN] * 31).copy()
        stored[0, DOCUMENT.slot_of["D1"]] = 9
        found = {one.item.code: one for one in count_options(DOCUMENT, stored)}["D1"]
        assert (found.n, found.missing, found.impossible) == (30, 1, 1)

    @given(st.lists(st.sampled_from(["A", "B", "C", "D", None]), min_size=30, max_size=60))
    def test_counts_always_add_up_to_the_people_who_answered(self, chosen):
        found = counted(*[{"D1": choice} if choice else {} for choice in chosen])["D1"]
        answered = [choice for choice in chosen if choice]
        assert found.n + found.missing == len(chosen)
        if len(answered) >= 30:
            assert counts(found) == tuple(answered.count(letter) for letter in "ABCD")
        else:
            assert counts(found) is None


@pytest.fixture
def campaign(db):
    """A closed campaign of thirty-five people who all chose the same."""
    version, agency = published_version(bank=rich_bank()), AgencyFactory()
    people = [placed_person(root_of(agency)) for _n in range(35)]
    campaign = open_campaign(version, agency=agency, people=people)
    for person in people:
        attempt = submitted_attempt(person, version, campaign=campaign)
        Attempt.objects.filter(pk=attempt.pk).update(answers=answer_bytes.encode(DOCUMENT, GIVEN))
    return close(campaign)


def run(campaign, form):
    out = StringIO()
    call_command(
        "item_statistics",
        "--questionnaire",
        "bank-kaya",
        "--campaign",
        campaign.code,
        "--format",
        form,
        stdout=out,
    )
    return out.getvalue()


def page_of(client, campaign, language="id"):
    client.force_login(person_with_role(Role.PSYCHOMETRICIAN))
    client.cookies["django_language"] = language
    instrument = CampaignInstrument.objects.get(campaign=campaign)
    return client.get(reverse("admin:assessments_campaigninstrument_change", args=[instrument.pk])).text


def test_the_json_names_every_option(campaign):
    choices = {entry["code"]: entry for entry in json.loads(run(campaign, "json"))["choices"]}
    assert choices["D2"]["parts"][1] == {
        "part": "worst",
        "n": 35,
        "counts": {"A": 0, "B": 0, "C": 0, "D": 35},
        "reason": None,
    }
    assert (choices["D1"]["type"], choices["D1"]["scale"], choices["D1"]["missing"]) == (
        "sjt_best",
        "NALAR",
        0,
    )


def test_the_csv_has_a_row_an_option(campaign):
    found = {
        (row["butir"], row["statistik"]): row["nilai"]
        for row in csv.DictReader(StringIO(run(campaign, "csv")))
    }
    assert found["D1", "count_A"] == "35"
    assert found["D2", "count_worst_D"] == "35"
    assert found["D3", "count_B_3"] == "35"
    assert found["E3", "count_C"] == "35"


def test_the_page_draws_each_part_with_its_sentence_and_says_whose_key_it_is(client, campaign):
    for page in (page_of(client, campaign), run(campaign, "html")):
        assert "Paling tepat: terbanyak A (100,0% dari 35 orang)." in page
        assert "Paling kurang tepat: terbanyak D (100,0% dari 35 orang)." in page
        assert "Tindakan B: nilai terbanyak 3 (100,0% dari 35 orang)." in page
        assert "Kunci penyusun, belum divalidasi panel ahli." in page
        assert "Kunci panel 9 ahli." in page
        assert "<td>35 (100,0%)</td>" in page


def test_english_readers_read_english(client, campaign):
    page = page_of(client, campaign, "en")
    assert "Least effective: most often D (100.0% of 35 people)." in page
    assert "Distribution of choices" in page
