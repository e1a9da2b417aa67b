"""The report as a PDF: the page's words and numbers, in both languages, for its own person only."""

import io

import pypdf
import pytest
from django.urls import reverse

from assessments import actions
from reports.personal import personal_report
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version
from tests.factories.scoring import calibration_set, scale_calibration

pytestmark = pytest.mark.django_db

# RAPI is high and PEKA low, so that there are a strength, a growth area and a contrast to print.
ANSWERS = {"A1": 5, "A2": 5, "A3": 5, "A4": 1, "B1": 2, "B2": 2, "B3": 1, "B4": 6}


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()), person=UserFactory(name="Bulan *Tebal* #sari"))


@pytest.fixture
def attempt(person, version):
    return campaigns.submitted_attempt(person, version, values=ANSWERS)


def fetched(client, attempt, language="id"):
    client.force_login(attempt.person)
    client.cookies["django_language"] = language
    return client.get(reverse("reports:personal_pdf", args=[attempt.public_id]))


def text_of(response):
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_says_what_the_page_says(client, attempt):
    client.force_login(attempt.person)
    page = client.get(reverse("reports:personal", args=[attempt.public_id]))
    report = page.context["report"]
    text = text_of(fetched(client, attempt))

    assert "bukan penilaian kompetensi resmi" in text
    assert "Kunci penyusun, belum divalidasi panel ahli." in text
    assert report.headline in text
    for dimension in report.dimensions:
        assert f"Skor {dimension.display}. {dimension.band}" in text
        assert dimension.calculation.band in text
    for area in report.growth:
        assert all(tip.text in text for tip in area.tips)
    assert all(sentence in text for sentence in report.rule_sentences)
    assert report.strengths and report.growth and report.contrasts


def test_it_is_a_download_whose_name_says_nothing_about_anybody(client, attempt):
    response = fetched(client, attempt)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="laporan.pdf"'
    assert "no-store" in response.headers["Cache-Control"]


def test_a_name_is_printed_as_it_was_written(client, attempt):
    assert "Bulan *Tebal* #sari" in text_of(fetched(client, attempt))


def test_english_readers_get_an_english_file(client, attempt):
    response = fetched(client, attempt, "en")
    assert pypdf.PdfReader(io.BytesIO(response.content)).trailer["/Root"]["/Lang"] == "en"
    text = text_of(response)
    assert "How is this score calculated?" in text
    assert "Laporan pribadi" not in text


def test_it_prints_how_sure_a_score_is_and_where_that_comes_from(client, person, version):
    calibration_set(version, scale_calibration("RAPI"))
    attempt = campaigns.submitted_attempt(person, version, values=ANSWERS)
    rapi = next(one for one in personal_report(attempt, language="id").dimensions if one.code == "RAPI")
    text = text_of(fetched(client, attempt))
    assert rapi.precision.sentence in text
    assert rapi.precision.probabilities in text
    assert f"{rapi.precision.low}–{rapi.precision.high}" in text
    assert "Pegawai contoh dari lima instansi." in text


def test_situations_stand_beside_their_key_and_nothing_of_a_person_is_lost(client, person):
    version = published_version(bank=rich_bank())
    attempt = campaigns.submitted_attempt(person, version)
    report = personal_report(attempt, language="id")
    text = text_of(fetched(client, attempt))
    assert report.judgements
    for judgement in report.judgements:
        for line in judgement.vignettes:
            assert " ".join(line.stem.split()) in text
            assert all(action.reason in text for action in line.actions)
        assert all(note in text for note in judgement.key_notes)
    for preference in report.preferences:
        assert preference.name in text
    for own in report.own_answers:
        assert own.answer in text


def test_a_report_without_any_score_is_still_a_file(client, person, version):
    begun = campaigns.started_attempt(person, version)
    actions.save_answers(attempt=begun, patch={"A1": 3}, seen_revision=begun.revision, by=person)
    actions.submit_attempt(attempt=begun, by=person)
    begun.refresh_from_db()
    assert "Belum dapat dihitung" in text_of(fetched(client, begun))


def test_nobody_else_gets_it(client, attempt):
    client.force_login(placed_person(root_of(AgencyFactory())))
    assert client.get(reverse("reports:personal_pdf", args=[attempt.public_id])).status_code == 404


def test_who_has_not_finished_is_led_back_to_where_they_were(client, person, version):
    begun = campaigns.started_attempt(person, version)
    response = fetched(client, begun)
    assert response.headers["Location"] == reverse("assessments:resume", args=[begun.public_id])
