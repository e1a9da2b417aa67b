"""A page of items drawn from prepared pieces looks exactly as its template draws it, whoever it is for."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role
from assessments import page_drawing
from assessments.models import Attempt
from questionnaires.document import load_document
from tests.factories import assessments as campaigns
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")([^"]+)')
NAMES = ["Sri Wahyuni", "Dr. <b>Budi</b> & \"Anak\" 'Negeri'", "\x02name\x03"]


def pages_of(client, attempt, monkeypatch, language):
    """Every page twice: from prepared pieces, and by the template alone. Tokens are masked anew for each response."""
    client.cookies["django_language"] = language
    numbers = range(1, len(load_document(attempt.version_id).sections) + 1)
    urls = [reverse("assessments:section", args=[attempt.public_id, number]) for number in numbers]
    prepared = [TOKEN.sub(r"\1", client.get(url).content.decode()) for url in urls]
    draw = page_drawing.draw_section
    with monkeypatch.context() as patch:
        patch.setattr(
            "assessments.views.answering.draw_section",
            lambda *given, **named: draw(*given, **(named | {"is_special": True})),
        )
        drawn = [TOKEN.sub(r"\1", client.get(url).content.decode()) for url in urls]
    return list(zip(prepared, drawn, strict=True))


@pytest.fixture
def version():
    return published_version(bank=rich_bank())


@pytest.mark.parametrize("language", ["id", "en"])
def test_prepared_pages_are_what_the_template_draws(client, version, monkeypatch, language):
    for place, name in enumerate(NAMES):
        person = placed_person(root_of(AgencyFactory()), person=UserFactory(name=name))
        attempt = campaigns.started_attempt(person, version)
        if place:
            Attempt.objects.filter(pk=attempt.pk).update(revision=place, saved_at=timezone.now())
            person_with_role(Role.BANK_EDITOR, person=person)
        client.force_login(person)
        for prepared, drawn in pages_of(client, attempt, monkeypatch, language):
            assert prepared == drawn
            assert str(attempt.public_id) in prepared


def test_the_token_of_a_prepared_page_is_accepted_and_another_is_not(version):
    person = placed_person(root_of(AgencyFactory()))
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    attempt = campaigns.started_attempt(person, version)
    url = reverse("assessments:section", args=[attempt.public_id, 1])
    page = client.get(url).content.decode()
    answer = {"base": re.search(r'name="base" value="(\w+)', page).group(1), "seconds": "5", "go": "stay"}
    assert client.post(url, answer | {"csrfmiddlewaretoken": TOKEN.search(page).group(2)}).status_code == 302
    assert client.post(url, answer | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
