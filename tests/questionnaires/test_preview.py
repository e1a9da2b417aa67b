"""The preview of a version in the admin: two frames around the pages that respondents see."""

import pytest
from django.urls import reverse

from agencies.models import Role
from questionnaires import actions
from tests.factories.agencies import person_with_role
from tests.factories.questionnaires import draft_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = person_with_role(Role.BANK_EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def version():
    return draft_version()


def page(name, version, query=""):
    return reverse(f"admin:questionnaires_version_{name}", args=[version.pk]) + query


def test_the_preview_frames_a_page_in_the_chosen_language(client, editor, version):
    response = client.get(page("preview", version, "?bagian=2&butir=B3&bahasa=en"))
    frame = reverse("assessments:preview", args=[version.pk, 2])
    shown = response.content.decode()
    assert shown.count(f'src="{frame}?bahasa=en"') == 2
    assert 'data-item="b7"' in shown
    assert "frame-src 'self'" in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_the_preview_of_nonsense_falls_back_to_what_there_is(client, editor, version):
    for query in ("?bagian=99", "?bagian=x&bahasa=fr&butir=HILANG", "?bagian=0&butir=A1"):
        response = client.get(page("preview", version, query))
        assert response.status_code == 200, query
        assert 'data-item=""' in response.content.decode()


def test_an_empty_draft_has_a_preview_too(client, editor, version):
    empty = actions.start_draft(questionnaire=actions.create_questionnaire(code="baru", by=editor), by=editor)
    assert client.get(page("preview", empty)).status_code == 200


def test_every_edit_gives_the_preview_a_new_stamp(client, editor, version):
    before = client.get(page("stamp", version)).json()["stamp"]
    assert client.get(page("stamp", version)).json()["stamp"] == before
    actions.update_item(item=version.items.get(code="A1"), stem_ind="Saya menata meja.", by=editor)
    assert client.get(page("stamp", version)).json()["stamp"] > before


def test_every_item_and_page_leads_to_its_preview(client, editor, version):
    address = page("preview", version)
    shown = client.get(reverse("admin:questionnaires_version_change", args=[version.pk])).content.decode()
    assert f"{address}?bagian=2&amp;butir=B3" in shown
    item = version.items.get(code="B3")
    shown = client.get(reverse("admin:questionnaires_item_change", args=[item.pk])).content.decode()
    assert f"{address}?bagian=2&amp;butir=B3" in shown


def test_the_preview_of_a_long_draft_takes_no_more_queries(client, editor, django_assert_max_num_queries):
    from tests.questionnaires.test_admin import large_bank

    small, large = draft_version(), draft_version(bank=large_bank("besar", 47))
    client.get(page("preview", small))
    with django_assert_max_num_queries(30) as captured:
        client.get(page("preview", small))
    few = len(captured)
    with django_assert_max_num_queries(few):
        client.get(page("preview", large))
