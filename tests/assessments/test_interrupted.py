"""A session that ends in the middle of a page loses no answer, with a script and without."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments import answers
from assessments.models import Attempt
from questionnaires.document import load_document
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import started_attempt
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt():
    return started_attempt(placed_person(root_of(AgencyFactory())), published_version())


@pytest.fixture
def url(attempt):
    return reverse("assessments:section", args=[attempt.public_id, 1])


def body_of(attempt, **fields):
    section = load_document(attempt.version_id).sections[0]
    return {"base": answers.page_token(section, {}), "go": "next", "seconds": "", **fields}


def stored(attempt):
    return answers.decode(load_document(attempt.version_id), Attempt.objects.get(pk=attempt.pk).answers)


def test_what_was_posted_without_a_session_is_marked_again_after_signing_in(client, attempt, url):
    response = client.post(url, body_of(attempt, A1="5", A2="2"))
    assert response.headers["Location"] == f"{reverse('account_login')}?next={url}"
    client.force_login(attempt.person)
    page = client.get(url).content.decode()
    assert "Sesi Anda sempat berakhir" in page
    assert page.count(" checked") == 2
    assert 'name="A1" value="5" checked' in page
    assert stored(attempt) == {}  # a GET writes nothing; the page's own button does
    client.post(url, body_of(attempt, A1="5", A2="2"))
    assert stored(attempt) == {"A1": 5, "A2": 2}


def test_it_is_shown_once(client, attempt, url):
    client.post(url, body_of(attempt, A1="5"))
    client.force_login(attempt.person)
    client.get(url)
    assert " checked" not in client.get(url).content.decode()


def test_another_person_who_signs_in_there_never_sees_it(client, attempt, url):
    client.post(url, body_of(attempt, A1="5"))
    client.force_login(placed_person(root_of(AgencyFactory())))
    assert client.get(url).status_code == 404


def test_a_page_that_does_not_exist_answers_a_visitor_alike(client, attempt, url):
    other = url.replace(str(attempt.public_id), "00000000-0000-4000-8000-000000000000")
    assert client.post(other, body_of(attempt, A1="5")).status_code == 302


def test_only_a_page_of_sensible_size_is_kept_and_the_visitors_session_is_short(client, attempt, url):
    client.post(url, body_of(attempt, A1="x" * 20_000))
    assert "interrupted_page" not in client.session
    client.post(url, body_of(attempt, A1="5"))
    assert "interrupted_page" in client.session
    assert client.session.get_expiry_age() <= timedelta(minutes=30).total_seconds()


def test_a_broken_page_is_redrawn_with_its_error_and_does_no_harm(client, attempt, url):
    client.post(url, body_of(attempt, A1="99", base="zz"))
    client.force_login(attempt.person)
    response = client.get(url)
    assert response.status_code == 200
    assert stored(attempt) == {}


def test_signing_out_asks_the_browser_to_forget(client, attempt):
    client.force_login(attempt.person)
    response = client.post(reverse("account_logout"))
    assert response.headers["Clear-Site-Data"] == '"storage"'


def test_the_offline_page_and_its_worker_need_no_account(client):
    page = client.get(reverse("offline")).content.decode()
    assert "Jaringan terputus" in page
    assert 'lang="en"' in page
    worker = client.get(reverse("service_worker"))
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert "respondWith" in worker.content.decode()
