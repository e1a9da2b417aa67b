"""Items drawn from prepared pieces look exactly as their templates draw them."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.item_drawing import Row, draw, draw_published
from questionnaires.document import load_document
from questionnaires.version_document import NOT_APPLICABLE, SJT_BEST_WORST
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_version(bank=rich_bank())


def an_answer(item):
    """Any answer that the form could have offered, or none."""
    if item.type == SJT_BEST_WORST:
        return st.permutations(item.values).map(lambda order: {"best": order[0], "worst": order[1]})
    if item.parts:
        return st.dictionaries(st.sampled_from(item.parts), st.sampled_from(item.values)).map(
            lambda given: given or None
        )
    extra = [NOT_APPLICABLE] if item.na_allowed else []
    return st.sampled_from([None, *item.values, *extra])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_prepared_items_are_what_the_template_draws(version, data):
    language = data.draw(st.sampled_from(["id", "en"]))
    with translation.override(language):
        for number, item in enumerate(load_document(version.pk).items, start=1):
            given_answer = None if item.is_open_text else data.draw(an_answer(item))
            text = data.draw(st.text(max_size=40)) if item.is_open_text else ""
            row = Row(item, number, given_answer, text=text.replace("\x02", ""))
            assert draw_published(version.pk, row) == draw(row)


def test_what_somebody_wrote_is_shown_as_text_and_never_as_markup(version):
    item = load_document(version.pk).item_by_code["E4"]
    drawn = draw_published(version.pk, Row(item, 1, text="</textarea><script>alert(1)</script>"))
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_an_error_is_drawn_beside_its_item(version):
    item = load_document(version.pk).item_by_code["A1"]
    assert "Pilih ulang." in draw_published(version.pk, Row(item, 1, 3, error="Pilih ulang."))


@pytest.mark.parametrize("code", ["D1", "D2", "D3", "D4"])
def test_the_key_of_a_vignette_never_reaches_the_page(version, code):
    item = load_document(version.pk).item_by_code[code]
    drawn = draw_published(version.pk, Row(item, 1))
    assert "Rahasia" not in drawn
    assert "Secret" not in drawn
    assert not any(figure in drawn for figure in ("4.6", "3.2", "1.4", "4,6"))
