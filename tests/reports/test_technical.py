"""The technical report of a closed campaign: what it says, to whom, and what it leaves out."""

import io

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from assessments.item_matrix import content_scales
from assessments.models import ScoreSheet
from questionnaires import actions as banks
from questionnaires.document import load_document
from reports.technical import NotYet, figures, technical_report
from reports.technical.values import ResponseRate
from reports.technical.wording import document_of
from scoring.actions import publish_version_with_rule
from scoring.quality import GOOD
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory(name="Pemerintah Kabupaten Jenawi")


@pytest.fixture
def psychometrician():
    return person_with_role(Role.PSYCHOMETRICIAN)


def answered(agency, version, people=32, silent=8):
    """A closed campaign in which answers run from low to high and back, the same for all items but one."""
    unit = root_of(agency)
    asked = [placed_person(unit) for _n in range(people + silent)]
    campaign = campaigns.open_campaign(version, agency=agency, people=asked)
    for place, person in enumerate(asked[:people]):
        level = 1 + place % 5
        campaigns.submitted_attempt(
            person, version, campaign=campaign, values={"A1": 1 + (place + place // 5) % 5}, default=level
        )
    return campaigns.close(campaign)


def table_of(document, title):
    section = next(each for each in document.sections if each.title == title)
    return next(block for block in section.blocks if block.kind == "table")


def text_of(document):
    return str(document.as_data())


# --- what it says ---------------------------------------------------------------------------------------------------


def test_it_counts_who_was_asked_and_who_sent(agency):
    part = technical_report(answered(agency, published_version()), language="id").instruments[0]
    whole = part.rates[0]
    assert (whole.asked, whole.sent, whole.percent) == (40, 32, 80)  # 32 of 40
    assert (part.started, part.people) == (32, 32)


def test_its_reliability_is_that_of_the_item_statistics(agency):
    report = technical_report(answered(agency, published_version()), language="id")
    scale = report.instruments[0].scales[0]
    assert scale.statistics.n_used == 32
    assert scale.statistics.alpha is not None
    document = document_of(report, language="id")
    row = table_of(document, "Keandalan").rows[0]
    assert row[0] == scale.name
    assert row[1] == "32"
    assert row[3] == f"{scale.statistics.alpha:.2f}".replace(".", ",")


def test_fewer_than_thirty_people_have_counts_and_reasons_but_no_coefficient(agency):
    document = document_of(
        technical_report(answered(agency, published_version(), people=29), language="id"), language="id"
    )
    assert set(table_of(document, "Keandalan").rows[0][3:]) == {"–"}
    assert "Kurang dari 30 orang; tidak ditampilkan." in text_of(document)


def test_a_campaign_that_nobody_answered_says_so_and_no_more(agency):
    report = technical_report(answered(agency, published_version(), people=0, silent=12), language="id")
    document = document_of(report, language="id")
    assert "0 dari 12 orang" in text_of(document)
    assert [section.title for section in document.sections][-1] == "Yang berubah"
    assert "Keandalan" not in [section.title for section in document.sections]


def test_it_names_the_rule_and_the_engine_that_people_were_scored_by(agency):
    report = technical_report(answered(agency, published_version()), language="id")
    basis = report.instruments[0].basis
    assert basis.rule.startswith("Aturan skor 1: ")
    assert basis.engines == (ScoreSheet.objects.values_list("engine_version", flat=True).first(),)
    assert (basis.calibrations, basis.norms, basis.scored_again) == ((), (), 0)


def test_it_sets_the_same_questionnaire_of_the_time_before_beside_it(agency):
    version = published_version()
    first = answered(agency, version)
    second = answered(agency, version, people=30, silent=0)
    answered(AgencyFactory(), version)  # another agency's is none of it
    earlier = technical_report(second, language="id").instruments[0].earlier_campaign
    assert (earlier.title, earlier.people, earlier.rate.percent) == (first.title, 32, 80)
    assert set(earlier.alphas) == {scale.code for scale, _items in content_scales(load_document(version.pk))}
    assert technical_report(first, language="id").instruments[0].earlier_campaign is None


def test_it_says_what_changed_since_the_version_before(agency):
    first = published_version()
    editor, approver = (placed_person(root_of(agency)) for _n in range(2))
    draft = banks.start_draft(questionnaire=first.questionnaire, copy_from=first, by=editor)
    item = draft.items.get(code="A1")
    banks.update_item(item=item, stem_ind="Saya menata meja kerja.", by=editor)
    banks.submit_for_review(version=draft, by=editor)
    publish_version_with_rule(version=draft, change_note="Lebih lugas.", by=approver)
    draft.refresh_from_db()
    text = text_of(document_of(technical_report(answered(agency, draft), language="id"), language="id"))
    assert "Sejak versi 1" in text
    assert "+ Saya menata meja kerja." in text
    assert "Aturan skor tidak berubah." in text


def test_an_open_campaign_has_none(agency):
    campaign = campaigns.open_campaign(published_version(), agency=agency)
    with pytest.raises(NotYet, match="belum ditutup"):
        technical_report(campaign, language="id")


# --- the arithmetic -------------------------------------------------------------------------------------------------


def test_a_small_group_and_the_one_beside_it_have_no_numbers():
    rows = [("Pelaksana", "PNS", 40, 30), ("Pengawas", "PNS", 12, 6), ("Administrator", "PNS", 4, 4)]
    rates = figures.response_rates(rows, smallest=10, everybody="Semua")
    assert rates == (
        ResponseRate("Semua", 56, 40),
        ResponseRate("Administrator", None),  # four people
        ResponseRate("Pelaksana", 40, 30),
        ResponseRate("Pengawas", None),  # else 56 - 40 - 12 would be the four
        ResponseRate("PNS", 56, 40),
    )


def test_small_groups_that_are_many_together_hide_only_themselves():
    rows = [("Pelaksana", "PNS", 40, 30), ("Pengawas", "PNS", 6, 6), ("Administrator", "PNS", 5, 4)]
    shown = {rate.label: rate.asked for rate in figures.response_rates(rows, smallest=10, everybody="Semua")}
    assert shown == {"Semua": 51, "Pelaksana": 40, "Pengawas": None, "Administrator": None, "PNS": 51}


def test_quality_is_hidden_below_thirty_sheets():
    assert not figures.response_quality([(GOOD, b"")] * 29).is_shown
    quality = figures.response_quality([(GOOD, b"")] * 30)
    assert quality.is_shown
    assert (quality.ratings[GOOD], quality.detailed) == (30, 0)


# --- who may read it ------------------------------------------------------------------------------------------------


def test_the_page_and_the_file_say_the_same(client, agency, psychometrician):
    campaign = answered(agency, published_version())
    client.force_login(psychometrician)
    page = client.get(reverse("reports:technical", args=[campaign.public_id]))
    file = client.get(reverse("reports:technical_pdf", args=[campaign.public_id]))
    assert file["Content-Disposition"] == f'attachment; filename="laporan-teknis-{campaign.code}.pdf"'
    reader = pypdf.PdfReader(io.BytesIO(file.content))
    printed = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    for section in page.context["document"].sections:
        assert section.title in printed
        assert section.title in page.content.decode()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_comes_in_both_languages(client, agency, psychometrician, language):
    campaign = answered(agency, published_version())
    client.force_login(psychometrician)
    client.cookies["django_language"] = language
    title = {"id": "Kelengkapan jawaban", "en": "Completeness of the answers"}[language]
    assert title in client.get(reverse("reports:technical", args=[campaign.public_id])).content.decode()


def test_only_closed_campaigns_are_listed_and_have_a_page(client, agency, psychometrician):
    version = published_version()
    closed = answered(agency, version, people=0)
    running = campaigns.open_campaign(version, agency=agency)
    client.force_login(psychometrician)
    assert list(client.get(reverse("reports:technical_reports")).context["page"]) == [closed]
    assert client.get(reverse("reports:technical", args=[running.public_id])).status_code == 404


def test_a_national_campaign_belongs_to_all_agencies(client, agency, psychometrician):
    campaign = campaigns.open_campaign(
        published_version(), agency=None, people=[placed_person(root_of(agency))]
    )
    campaigns.close(campaign)
    client.force_login(psychometrician)
    for url in (
        reverse("reports:technical_reports"),
        reverse("reports:technical", args=[campaign.public_id]),
    ):
        assert "Semua instansi" in client.get(url).content.decode()


def test_the_list_asks_as_often_for_one_campaign_as_for_many(client, agency, psychometrician):
    version = published_version()
    client.force_login(psychometrician)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("reports:technical_reports")).status_code == 200
        return len(captured)

    answered(agency, version, people=0)
    queries()  # what is kept in memory
    before = queries()
    for _n in range(3):
        answered(agency, version, people=0)
    assert queries() == before
