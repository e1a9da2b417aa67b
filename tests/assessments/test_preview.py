"""A version drawn as its respondents will see it, for its editor: the same page, and nothing is saved."""

import re

import pytest
from django.urls import reverse

from agencies.models import Role
from assessments.models import Attempt
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.assessments import started_attempt
from tests.factories.questionnaires import draft_version, published_version, small_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = person_with_role(Role.BANK_EDITOR)
    client.force_login(person)
    return person


def frame(version, number, query=""):
    return reverse("assessments:preview", args=[version.pk, number]) + query


def items_of(response):
    """The items as drawn, without the form around them."""
    text = response.content.decode()
    return re.findall(r'<section class="card item".*?</section>', text, re.DOTALL)


def test_the_items_are_drawn_exactly_as_the_respondent_sees_them(client, editor):
    version = published_version()
    shown = items_of(client.get(frame(version, 2)))
    person = placed_person(root_of(AgencyFactory()))
    attempt = started_attempt(person, version)
    client.force_login(person)
    address = reverse("assessments:section", args=[attempt.public_id, 2])
    assert shown == items_of(client.get(address))
    assert len(shown) == 4


def test_only_our_own_pages_may_frame_it(client, editor):
    response = client.get(frame(draft_version(), 1))
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_language_of_the_frame_is_the_one_asked_for(client, editor):
    version = draft_version()
    shown = client.get(frame(version, 1, "?bahasa=en")).content.decode()
    assert '<html lang="en"' in shown
    assert "I do the thing A1." in shown
    assert '<html lang="id"' in client.get(frame(version, 0, "?bahasa=fr")).content.decode()


def test_the_buttons_lead_from_page_to_page_and_save_nothing(client, editor):
    version = draft_version()
    onward = client.get(frame(version, 1, "?go=next&bahasa=en&A1=4"))
    assert onward["Location"] == frame(version, 2, "?bahasa=en")
    assert client.get(frame(version, 1, "?go=back"))["Location"] == frame(version, 0, "?bahasa=id")
    assert client.get(frame(version, 3, "?go=next"))["Location"] == frame(version, 3, "?bahasa=id")
    assert client.get(frame(version, 2, "?go=later"))["Location"] == frame(version, 2, "?bahasa=id")
    assert client.get(frame(version, 4)).status_code == 404
    assert client.post(frame(version, 1), {"A1": "4"}).status_code == 405
    assert not Attempt.objects.exists()


def test_a_draft_with_holes_is_drawn_all_the_same(client, editor):
    version = draft_version(bank=small_bank(code="berlubang"))
    version.items.filter(code="B4").update(left_ind="", left_eng="", stem_ind="")
    version.response_sets.get(code="frekuensi").options.all().delete()
    for number in range(4):
        assert client.get(frame(version, number)).status_code == 200


def test_a_long_page_takes_no_more_queries(client, editor, django_assert_max_num_queries):
    version = draft_version()
    client.get(frame(version, 1))
    with django_assert_max_num_queries(24) as captured:
        client.get(frame(version, 1))
    few = len(captured)
    bank = small_bank(code="besar")
    template = bank["sections"][0]["items"][0]
    bank["sections"][0]["items"] += [{**template, "code": f"X{n}"} for n in range(196)]
    large = draft_version(bank=bank)
    with django_assert_max_num_queries(few):
        client.get(frame(large, 1))
