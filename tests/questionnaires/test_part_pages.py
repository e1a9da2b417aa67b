"""The pages of single parts: both languages, what is wrong with this part, and only the fields that its type needs."""

import pytest
from django.urls import reverse

from agencies.models import Role
from questionnaires.admin.overview import build_overview
from questionnaires.admin.problem_links import field_anchor
from tests.factories.agencies import person_with_role
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import draft_version
from tests.questionnaires.test_admin import form_data, large_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = person_with_role(Role.BANK_EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def version():
    return draft_version(bank=rich_bank())


def page(table, row):
    return reverse(f"admin:questionnaires_{table}_change", args=[row.pk])


def text_of(response):
    return " ".join(response.content.decode().split())


def break_everywhere(version):
    """One fault for every kind of page."""
    version.items.filter(code="B4").update(
        left_ind="", left_eng="", desirability_experts=None, desirability_left=None, desirability_right=None
    )
    vignette = version.items.get(code="D1")
    vignette.options.filter(code="B").update(reason_eng="", effectiveness=None)
    version.items.filter(code="A1").update(stem_ind="", weight=0)
    version.items.filter(code="E4").update(longest=None)
    feedback = version.scales.get(code="RAPI").feedback_texts.get(band="kuat")
    feedback.tips.filter(position=1).update(text_ind="")
    version.scales.filter(code="PEKA").update(definition_eng="")
    version.sections.filter(code="C").update(instruction_ind="")
    version.response_sets.get(code="frekuensi").options.filter(value=2).update(label_eng="")
    type(version).objects.filter(pk=version.pk).update(summary_ind="")
    version.refresh_from_db()


def test_every_problem_leads_to_a_field_that_is_there(client, editor, version):
    break_everywhere(version)
    problems = build_overview(version).problems
    tables = {listed.url.split("/")[3] for listed in problems}
    assert tables == {"version", "section", "item", "scale", "responseset", "feedbacktext"}
    anchored = [listed for listed in problems if listed.anchor]
    assert len(anchored) >= 9
    for listed in anchored:
        shown = client.get(listed.url).content.decode()
        assert f'id="{listed.anchor[1:]}"' in shown, (listed.problem, listed.link)


def test_the_page_of_a_part_names_its_own_problems_only(client, editor, version):
    break_everywhere(version)
    shown = text_of(client.get(page("item", version.items.get(code="D1"))))
    assert "Yang perlu diperbaiki di halaman ini" in shown
    assert 'href="#id_options-1-reason_eng"' in shown
    assert 'href="#id_stem_ind"' not in shown
    shown = text_of(client.get(page("item", version.items.get(code="A2"))))
    assert "Yang perlu diperbaiki" not in shown


@pytest.mark.parametrize(
    ("keys", "anchor"),
    [
        (("questionnaire", "title", "en"), "#id_title_eng"),
        (("sections", 0), ""),
        (("sections", 0, "title"), "#id_title_ind"),
        (("sections", 0, "items", 2, "weight"), "#id_weight"),
        (("sections", 0, "items", 2, "options", 1, "text", "en"), "#id_options-1-text_eng"),
        (("sections", 0, "items", 2, "options"), "#options-group"),
        (("sections", 0, "items", 2, "panel", "icc"), "#id_panel_experts"),
        (("scales", 1, "feedback", "kuat", "tips", 0, "jp"), "#id_tips-0-jp"),
        (("scales", 1, "feedback", "kuat", "tips"), "#tips-group"),
        (("consistency_pairs", 0, 1), ""),
        ((), ""),
    ],
)
def test_a_position_in_the_bank_is_a_field_of_the_form(keys, anchor):
    assert field_anchor(keys) == anchor


def test_a_vignette_is_edited_with_its_options_reasons_and_key(client, editor, version):
    item = version.items.get(code="D1")
    response = client.get(page("item", item))
    data = form_data(response)
    rows = response.context["inline_admin_formsets"][0].formset
    assert [form.instance.code for form in rows.initial_forms] == ["A", "B", "C", "D"]
    data |= {
        "vignette_ind": "Warga menunggu lama.",
        "options-1-effectiveness": "3.75",
        "options-1-reason_ind": "Karena warga diberi kabar.",
    }
    response = client.post(page("item", item), data)
    assert response.status_code == 302
    item.refresh_from_db()
    assert item.vignette_ind == "Warga menunggu lama."
    option = item.options.get(code="B")
    assert (str(option.effectiveness), option.reason_ind) == ("3.75", "Karena warga diberi kabar.")
    version.refresh_from_db()
    assert version.last_edited_by == editor


def test_a_new_item_offers_the_first_options_and_none_are_made_of_empty_rows(client, editor, version):
    section = version.sections.get(code="E")
    address = reverse("admin:questionnaires_item_add") + f"?section={section.pk}"
    formset = client.get(address).context["inline_admin_formsets"][0].formset
    assert len(formset.forms) == 4
    data = form_data(client.get(address)) | {
        "code": "E9",
        "type": "single_choice",
        "role": "unscored",
        "stem_ind": "Di mana Anda bekerja?",
        "stem_eng": "Where do you work?",
        "options-0-code": "A",
        "options-0-text_ind": "Di kantor",
        "options-0-text_eng": "At the office",
    }
    assert client.post(address, data).status_code == 302
    item = version.items.get(code="E9")
    assert [option.code for option in item.options.all()] == ["A"]
    # A statement needs no options and is offered none.
    statement = client.get(page("item", version.items.get(code="A1")))
    assert len(statement.context["inline_admin_formsets"][0].formset.forms) == 0


def test_missing_feedback_is_offered_band_by_band(client, editor, version):
    scale = version.scales.get(code="NALAR")
    scale.feedback_texts.filter(band="cukup").delete()
    shown = text_of(client.get(reverse("admin:questionnaires_version_change", args=[version.pk])))
    assert "Tambah umpan balik cukup" in shown
    assert "Tambah umpan balik baik" not in shown
    address = reverse("admin:questionnaires_feedbacktext_add") + f"?scale={scale.pk}&band=cukup"
    assert client.get(address).context["adminform"].form["band"].value() == "cukup"


def test_both_languages_stand_side_by_side(client, editor, version):
    form = client.get(page("item", version.items.get(code="D1"))).context["adminform"]
    pairs = [line.fields for fieldset in form for line in fieldset if len(line.fields) == 2]
    assert ("stem_ind", "stem_eng") in pairs
    assert ("vignette_ind", "vignette_eng") in pairs


def test_the_page_of_an_item_takes_no_more_queries_in_a_long_draft(
    client, editor, django_assert_max_num_queries
):
    small, large = draft_version(), draft_version(bank=large_bank("besar", 47))
    address, other = page("item", small.items.first()), page("item", large.items.first())
    client.get(address)
    with django_assert_max_num_queries(45) as captured:
        client.get(address)
    few = len(captured)
    with django_assert_max_num_queries(few):
        client.get(other)
