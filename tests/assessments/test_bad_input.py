"""Answers that no honest page sends: forged codes, somebody else's attempt, too late. What was saved stays."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import answers
from assessments.models import Attempt, Campaign, OpenText, ScoreSheet
from questionnaires.document import load_document
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import answer, open_campaign, started_attempt, submitted_attempt
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
TEXT_PAGE = 5  # of the rich bank: E1 to E4, the last of which takes text
GOES = ["next", "later", "autosave"]
# Of no item, of another page, of the response style, a part that the item has not, names of fields.
FORGED_CODES = ["PALSU-1", "B1", "C2", "a1", "A1:best", "A1 ", "A１", "revision", "state", "person"]
FORGED_VALUES = ["0", "6", "-1", "3.0", "3,5", "٣", "255", "9" * 400, SCRIPT, "\x00"]


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def person(agency):
    return placed_person(root_of(agency))


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def version():
    return published_version(bank=rich_bank())


@pytest.fixture
def attempt(person, version):
    return answer(started_attempt(person, version), {"A1": 2})


def section_url(attempt, number=1):
    return reverse("assessments:section", args=[attempt.public_id, number])


def page(**fields):
    """What a page posts that was drawn before anything was answered."""
    return {"base": "", "seconds": "", "go": "next", **fields}


def state(attempt):
    """All of an attempt that a post could change."""
    stored = Attempt.objects.get(pk=attempt.pk)
    sheets = list(ScoreSheet.objects.filter(attempt=attempt).values_list("pk", "scores"))
    texts = list(OpenText.objects.filter(attempt=attempt).values_list("item_code", "text"))
    given = answers.decode(load_document(stored.version_id), stored.answers)
    return given, stored.revision, stored.state, stored.submitted_at, sheets, texts


class TestForgedCodes:
    @pytest.mark.parametrize("go", GOES)
    def test_a_code_that_the_page_does_not_have_is_refused_whole(self, member, attempt, go):
        before = state(attempt)
        for code in FORGED_CODES:
            response = member.post(section_url(attempt), page(A1="5", go=go) | {code: "3"})
            assert response.status_code == 400, code
            assert "Tidak ada jawaban yang diubah" in response.content.decode(), code
            assert state(attempt) == before, code

    def test_a_script_for_a_code_is_shown_as_text(self, member, attempt):
        text = member.post(section_url(attempt), page() | {SCRIPT: "3"}).content.decode()
        assert SCRIPT not in text
        assert "&lt;script&gt;alert(1)" in text

    @pytest.mark.parametrize("go", GOES)
    def test_a_value_that_the_item_does_not_have_is_refused(self, member, attempt, go):
        before = state(attempt)
        for value in FORGED_VALUES:
            response = member.post(section_url(attempt), page(A1=value, go=go))
            assert response.status_code == 400, value
            assert SCRIPT not in response.content.decode(), value
            assert state(attempt) == before, value

    def test_thousands_of_fields_are_refused_without_a_fault(self, member, attempt):
        before = state(attempt)
        fields = page() | {f"X{number}": "1" for number in range(5000)}
        assert member.post(section_url(attempt), fields).status_code == 400
        assert state(attempt) == before


class TestAnotherPersonsAttempt:
    @pytest.mark.parametrize("go", GOES)
    def test_takes_no_answers_and_does_not_exist(self, client, attempt, agency, go):
        before = state(attempt)
        client.force_login(placed_person(root_of(agency)))
        assert client.post(section_url(attempt), page(A1="5", go=go)).status_code == 404
        assert state(attempt) == before

    def test_cannot_be_sent_nor_read(self, client, attempt, agency):
        before = state(attempt)
        client.force_login(placed_person(root_of(agency)))
        assert client.post(reverse("reports:submit", args=[attempt.public_id])).status_code == 404
        for name in ("assessments:resume", "assessments:review", "reports:personal", "reports:personal_pdf"):
            assert client.get(reverse(name, args=[attempt.public_id])).status_code == 404
        assert state(attempt) == before

    def test_lends_no_answers_to_ones_own(self, client, attempt, agency, version):
        """A page drawn for somebody else, posted to the own attempt, is a page of another tab: nothing comes along."""
        other = placed_person(root_of(agency))
        own = started_attempt(other, version)
        section = load_document(version.pk).sections[0]
        theirs = answers.page_token(section, answers.of_section(section, state(attempt)[0]))
        client.force_login(other)
        response = client.post(section_url(own), page(A2="3", base=theirs))
        assert response.status_code == 409
        assert state(own)[0] == {}
        client.post(section_url(own), page(A2="3", base=response.context["base"]))
        assert state(own)[0] == {"A2": 3}


class TestTooLate:
    @pytest.fixture
    def asked(self, person, version, agency):
        campaign = open_campaign(version, agency=agency, people=[person])
        return answer(started_attempt(person, version, campaign=campaign), {"A1": 2})

    @pytest.mark.parametrize("go", GOES)
    @pytest.mark.parametrize("closing", ["deadline", "closed early"])
    def test_after_the_deadline_409_says_what_is_kept(self, member, asked, go, closing):
        now = timezone.now()
        late = {"closes_at": now - timedelta(seconds=1)}
        early = {"state": Campaign.State.CLOSED, "closed_at": now}
        Campaign.objects.update(**(late if closing == "deadline" else early))
        before = state(asked)
        for url in (section_url(asked), section_url(asked, TEXT_PAGE)):
            response = member.post(url, page(A1="5", E4="Terlambat", go=go))
            assert response.status_code == 409
            assert "Jawaban yang sudah tersimpan tetap ada dan tidak berubah" in response.content.decode()
        assert state(asked) == before

    @pytest.mark.parametrize("go", GOES)
    def test_after_sending_409_leads_to_the_report(self, member, person, version, go):
        sent = submitted_attempt(person, version)
        before = state(sent)
        for url in (section_url(sent), section_url(sent, TEXT_PAGE)):
            response = member.post(url, page(A1="1", E4="Terlambat", go=go))
            text = response.content.decode()
            assert response.status_code == 409
            assert "Jawaban Anda sudah terkirim dan tidak berubah" in text
            assert reverse("reports:personal", args=[sent.public_id]) in text
        assert state(sent) == before

    def test_a_page_that_waited_for_a_new_session_is_refused_the_same_way(self, client, person, version):
        sent = submitted_attempt(person, version)
        before = state(sent)
        client.post(section_url(sent), page(A1="1"))  # the session has ended: kept until signing in
        client.force_login(person)
        response = client.get(section_url(sent))
        assert response.headers["Location"] == reverse("reports:personal", args=[sent.public_id])
        assert state(sent) == before
