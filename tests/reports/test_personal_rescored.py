"""A campaign scored again: the report stays what the person was told, and the newer sheet stands beside it with why."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
from django.urls import reverse

from assessments.models import Attempt
from assessments.rescoring import rescore_campaign
from reports.personal import personal_report
from scoring.actions import publish_rule
from scoring.rules import STANDARD_RULE
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import close, open_campaign, submitted_attempt
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version
from tests.factories.scoring import calibration_set, norm_set, scale_calibration

pytestmark = pytest.mark.django_db

# RAPI (1 + 3/4 + 3/4 + 1/4) / 4 = 68.75, shown as 69: Berkembang under the standard rule.
ANSWERS = {"A1": 5, "A2": 4, "A3": 4, "A4": 4}
# What stands in the newer card of the page, and nowhere else.
CARD = re.compile(r'<section class="card stack" aria-labelledby="hitungan-baru">.*?</section>', re.DOTALL)


@pytest.fixture
def version():
    return published_version()


def sent(version):
    """One person's answers in a campaign that is closed."""
    agency = AgencyFactory()
    person = placed_person(root_of(agency))
    campaign = open_campaign(version, agency=agency, people=[person])
    attempt = submitted_attempt(person, version, campaign=campaign, values=ANSWERS)
    close(campaign)
    return Attempt.objects.select_related("person", "assignment__campaign", "assignment__agency").get(
        pk=attempt.pk
    )


def score_again(attempt):
    rescore_campaign(campaign=attempt.assignment.campaign, by=None)


def told_by(attempt, **fields):
    """As if the person had been told by an earlier engine or earlier quality rules; sheets themselves never change."""
    sheet = attempt.score_sheets.get()
    sheet.delete()
    for name, value in fields.items():
        setattr(sheet, name, value)
    sheet.save(force_insert=True)


def strong_from_65():
    """The standard rule with the third band beginning at 65, where 69 is."""
    first, second, third, fourth = STANDARD_RULE.bands
    return replace(STANDARD_RULE, bands=(first, second, replace(third, minimum=65), fourth))


def line(newer, name="Rapi"):
    return next(one for one in newer.scores if one.name == name)


def page_of(client, attempt, language="id"):
    client.force_login(attempt.person)
    client.cookies["django_language"] = language
    return client.get(reverse("reports:personal", args=[attempt.public_id])).text


def file_of(client, attempt):
    client.force_login(attempt.person)
    response = client.get(reverse("reports:personal_pdf", args=[attempt.public_id]))
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_without_a_newer_sheet_nothing_stands_beside(client, version):
    attempt = sent(version)
    assert personal_report(attempt, language="id").newer is None
    assert "Hitungan baru" not in page_of(client, attempt)
    assert "Hitungan baru" not in file_of(client, attempt)


def test_the_report_stays_what_the_person_was_told(version):
    attempt = sent(version)
    told = personal_report(attempt, language="id")
    publish_rule(version=version, by=None, rule=strong_from_65())
    calibration_set(version)
    norm_set(version)
    score_again(attempt)
    assert replace(personal_report(attempt, language="id"), newer=None) == told


def test_another_cut_gives_another_band_and_says_which_fact_of_the_rule_it_was(version):
    attempt = sent(version)
    publish_rule(version=version, by=None, rule=strong_from_65())
    score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    assert (line(newer).told, line(newer).newer) == ("69. Berkembang", "69. Kuat")
    assert line(newer).verdict == "kategori berbeda"
    assert newer.headline == "2 dari 2 angka berbeda dari yang disampaikan kepada Anda."
    assert newer.reasons == ("Aturan skor nomor 1 diganti nomor 2.",)
    assert [(one.what, one.before, one.after) for one in newer.rule_changes] == [
        ("Kategori kuat: mulai dari", "70", "65")
    ]


def test_a_calibration_gives_the_interval_that_was_unknown(version):
    attempt = sent(version)
    calibration_set(version, scale_calibration("RAPI"))
    score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    # SEM 6: 68.75 - 11.76 and 68.75 + 11.76
    assert line(newer).newer.startswith("69, kira-kira 57–81. Berkembang")
    assert line(newer).verdict == "ketelitian kini diketahui"
    assert newer.headline == (
        "Skor dan kategori tetap seperti yang disampaikan kepada Anda; yang baru adalah ketelitiannya."
    )
    assert newer.reasons == (
        "Kalibrasi nomor 1 dipakai: 400 orang, 1 September 2026 sampai 30 September 2026.",
    )


def test_the_words_of_a_sample_stand_beside_the_figures_that_rest_on_it(client, version):
    attempt = sent(version)
    calibration_set(version)
    norm_set(version)
    score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    assert newer.populations == ("Pegawai contoh dari lima instansi.",)
    [card] = CARD.findall(page_of(client, attempt))
    assert '<p class="small muted" lang="id">Pegawai contoh dari lima instansi.</p>' in card
    assert "Pegawai contoh dari lima instansi." in file_of(client, attempt)


def test_a_scale_found_too_unreliable_says_so_beside_the_score_that_was_told(version):
    attempt = sent(version)
    calibration_set(version, scale_calibration("RAPI", reliability=0.5))
    score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    assert line(newer).told == "69. Berkembang"
    assert "belum cukup andal" in line(newer).newer
    assert line(newer).verdict == "kini tanpa angka"


def test_a_norm_gives_a_percentile_where_there_was_none(version):
    attempt = sent(version)
    norm_set(version)
    score_again(attempt)
    [percentile] = personal_report(attempt, language="id").newer.percentiles
    # four people at every whole score: 69 of 100 scores are below 68.75
    assert (percentile.name, percentile.told, percentile.newer) == ("Rapi", "–", "69")
    assert percentile.verdict == "kini ada angkanya"


def test_the_same_figures_by_another_engine_are_called_the_same(version):
    attempt = sent(version)
    told_by(attempt, engine_version="0")
    score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    assert newer.headline == "Semua angka tetap seperti yang disampaikan kepada Anda."
    assert all(one.is_same and one.verdict == "tetap" for one in newer.scores)
    assert newer.reasons[0].startswith("Mesin skor versi 0 diganti versi")


def test_another_rating_of_the_answers_is_told_gently(version):
    attempt = sent(version)
    told_by(attempt, engine_version="0", quality="rendah")
    score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    assert newer.quality_note


def test_only_the_newest_of_several_sheets_stands_beside_the_first(version):
    attempt = sent(version)
    for cut in (60, 65):
        first, second, third, fourth = STANDARD_RULE.bands
        rule = replace(STANDARD_RULE, bands=(first, second, replace(third, minimum=cut), fourth))
        publish_rule(version=version, by=None, rule=rule)
        score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    assert newer.reasons == ("Aturan skor nomor 1 diganti nomor 3.",)


def test_situational_scales_stand_in_the_comparison():
    version = published_version(bank=rich_bank())
    attempt = sent(version)
    calibration_set(version)
    score_again(attempt)
    report = personal_report(attempt, language="id")
    names = [one.name for one in report.newer.scores]
    assert names == [one.name for one in (*report.dimensions, *report.judgements, *report.composites)]


def test_page_and_file_show_both_with_the_reason(client, version):
    attempt = sent(version)
    publish_rule(version=version, by=None, rule=strong_from_65())
    score_again(attempt)
    newer = personal_report(attempt, language="id").newer
    [card] = CARD.findall(page_of(client, attempt))
    printed = file_of(client, attempt)
    for text in (card, printed):
        assert newer.headline in text
        assert newer.reasons[0] in text
        assert "Jawaban Anda tidak berubah" in text
        assert "69. Berkembang" in text
        assert "69. Kuat" in text
        assert "Kategori kuat: mulai dari" in text


def test_english_readers_read_english(client, version):
    attempt = sent(version)
    publish_rule(version=version, by=None, rule=strong_from_65())
    score_again(attempt)
    [card] = CARD.findall(page_of(client, attempt, "en"))
    assert "Scoring rule number 1 was replaced by number 2." in card
    assert "69. Strong" in card
    assert "Disampaikan" not in card


def test_a_newer_sheet_costs_no_query(client, version, django_assert_num_queries):
    attempt = sent(version)
    publish_rule(version=version, by=None, rule=strong_from_65())
    calibration_set(version)
    page_of(client, attempt)
    url = reverse("reports:personal", args=[attempt.public_id])
    with django_assert_num_queries(5):  # session, person with roles, attempt, sheets, shares
        client.get(url)
    score_again(attempt)
    client.get(url)
    with django_assert_num_queries(5):
        client.get(url)
