"""The order of a draft: a step up or down, over the edge of a page, or dropped at a place."""

import pytest
from django.urls import reverse

from agencies.models import Role
from audit.models import AuditEvent
from questionnaires import actions
from tests.factories.accounts import UserFactory
from tests.factories.agencies import person_with_role
from tests.factories.questionnaires import draft_version, small_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return person_with_role(Role.BANK_EDITOR)


@pytest.fixture
def version():
    return draft_version()


def order(version):
    return {
        section.code: [item.code for item in section.items.order_by("position")]
        for section in version.sections.order_by("position")
    }


def press(client, version, **fields):
    return client.post(reverse("admin:questionnaires_version_move", args=[version.pk]), fields)


def key(version, code):
    row = version.sections.filter(code=code).first() or version.items.get(code=code)
    return f"{row._meta.model_name}-{row.pk}"


def test_a_step_changes_places_with_the_neighbour(version):
    actions.shift_item(item=version.items.get(code="A2"), step=actions.UP, by=UserFactory())
    actions.shift_section(section=version.sections.get(code="B"), step=actions.DOWN, by=UserFactory())
    assert order(version) == {
        "A": ["A2", "A1", "A3", "A4"],
        "C": ["C1", "C2", "C3", "C4"],
        "B": ["B1", "B2", "B3", "B4"],
    }


def test_a_step_over_the_edge_leads_to_the_page_beside(version):
    actions.shift_item(item=version.items.get(code="B1"), step=actions.UP, by=UserFactory())
    actions.shift_item(item=version.items.get(code="B4"), step=actions.DOWN, by=UserFactory())
    assert order(version) == {
        "A": ["A1", "A2", "A3", "A4", "B1"],
        "B": ["B2", "B3"],
        "C": ["B4", "C1", "C2", "C3", "C4"],
    }


def test_a_step_over_the_edge_of_the_form_changes_nothing_and_is_no_event(version):
    before, events = order(version), AuditEvent.objects.count()
    actions.shift_item(item=version.items.get(code="A1"), step=actions.UP, by=UserFactory())
    actions.shift_item(item=version.items.get(code="C4"), step=actions.DOWN, by=UserFactory())
    actions.shift_section(section=version.sections.get(code="A"), step=actions.UP, by=UserFactory())
    assert order(version) == before
    assert AuditEvent.objects.count() == events


def test_every_move_is_one_event_that_says_where_to(version):
    events = AuditEvent.objects.count()
    actions.shift_item(item=version.items.get(code="B1"), step=actions.UP, by=UserFactory())
    assert AuditEvent.objects.count() == events + 1
    event = AuditEvent.objects.first()
    assert (event.event, event.detail["section"], event.detail["position"]) == ("item.moved", "A", 5)


def test_a_button_keeps_the_focus_on_the_page_that_comes_back(client, editor, version):
    client.force_login(editor)
    pressed = f"{key(version, 'A2')}-naik"
    response = press(client, version, pindah=pressed)
    assert response["Location"].endswith(f"?fokus={pressed}")
    shown = client.get(response["Location"]).content.decode()
    assert f'value="{pressed}" aria-label="Naikkan A2" autofocus' in shown
    assert shown.count("autofocus") == 1
    assert order(version)["A"] == ["A2", "A1", "A3", "A4"]


def test_a_drop_answers_where_the_row_stands_now(client, editor, version):
    client.force_login(editor)
    # A gap in the positions of B: B1 left it.
    actions.shift_item(item=version.items.get(code="B1"), step=actions.UP, by=editor)
    fields = {"pindah": key(version, "A1"), "bagian": version.sections.get(code="B").pk, "posisi": "2"}
    response = client.post(
        reverse("admin:questionnaires_version_move", args=[version.pk]),
        fields,
        headers={"Accept": "application/json"},
    )
    assert response.json() == {
        "section": version.sections.get(code="B").pk,
        "position": 2,
        "said": "Butir A1 kini urutan 2 di bagian B.",
    }
    assert order(version)["B"] == ["B2", "A1", "B3", "B4"]
    response = client.post(
        reverse("admin:questionnaires_version_move", args=[version.pk]),
        {"pindah": key(version, "C"), "posisi": "1"},
        headers={"Accept": "application/json"},
    )
    assert response.json()["said"] == "Bagian C kini di urutan 1."
    assert list(order(version)) == ["C", "A", "B"]


def test_a_move_that_makes_no_sense_is_not_found_and_changes_nothing(client, editor, version):
    other = draft_version(bank=small_bank(code="lain"))
    client.force_login(editor)
    before = order(version)
    own = key(version, "A1")
    for fields in (
        {},
        {"pindah": "item-x-naik"},
        {"pindah": f"{own}-miring"},
        {"pindah": "item-99999-naik"},
        {"pindah": f"{key(other, 'A1')}-naik"},
        {"pindah": own, "posisi": "1"},
        {"pindah": own, "posisi": "-1", "bagian": version.sections.first().pk},
        {"pindah": own, "posisi": "1", "bagian": other.sections.first().pk},
    ):
        assert press(client, version, **fields).status_code == 404, fields
    assert order(version) == before


def test_a_move_in_a_version_under_review_is_refused_with_a_sentence(client, editor, version):
    actions.submit_for_review(version=version, by=editor)
    client.force_login(editor)
    before = order(version)
    response = client.post(
        reverse("admin:questionnaires_version_move", args=[version.pk]),
        {"pindah": f"{key(version, 'A2')}-naik"},
        follow=True,
    )
    assert "sedang ditelaah" in response.content.decode()
    assert order(version) == before


@pytest.mark.parametrize("items", [4, 200])
def test_a_move_takes_the_same_queries_however_long_the_page_is(
    client, editor, items, django_assert_max_num_queries
):
    bank = small_bank()
    template = bank["sections"][0]["items"][0]
    bank["sections"][0]["items"] += [{**template, "code": f"X{n}"} for n in range(items - 4)]
    version = draft_version(bank=bank)
    client.force_login(editor)
    press(client, version, pindah=f"{key(version, 'A1')}-turun")
    with django_assert_max_num_queries(28):
        press(client, version, pindah=f"{key(version, 'A1')}-turun")
