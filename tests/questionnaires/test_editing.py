"""Edits of a draft: who edited is noted, neighbours make room, and nothing reaches into another version."""

import pytest
from django.core.exceptions import ValidationError

from audit.models import AuditEvent
from questionnaires import actions, policies
from questionnaires.document import build_document
from questionnaires.models import ConsistencyPair, FeedbackText, Option, Scale
from tests.factories.accounts import UserFactory
from tests.factories.questionnaires import CompetencyFactory, draft_version, published_version, small_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return draft_version()


def codes(section):
    return list(section.items.order_by("position").values_list("code", flat=True))


def test_an_edit_is_noted_with_editor_and_one_event(version):
    editor, item = UserFactory(), version.items.get(code="A1")
    before = AuditEvent.objects.count()
    actions.update_item(
        item=item, stem_ind="Saya menata meja.", competencies=[CompetencyFactory()], by=editor
    )
    item.refresh_from_db()
    version.refresh_from_db()
    assert item.stem_ind == "Saya menata meja."
    assert item.competencies.count() == 1
    assert version.last_edited_by == editor
    assert AuditEvent.objects.count() == before + 1
    event = AuditEvent.objects.first()
    assert event.event == "item.edited"
    assert event.detail == {"part": "A1", "number": 1, "fields": ["competencies", "stem_ind"]}


def test_an_added_item_stands_at_the_end_of_its_page(version):
    section, model = version.sections.get(code="A"), version.items.get(code="A1")
    actions.add_item(
        section=section,
        by=UserFactory(),
        code="A5",
        stem_ind="Saya baru.",
        stem_eng="I am new.",
        scale=model.scale,
        response_set=model.response_set,
    )
    assert codes(section) == ["A1", "A2", "A3", "A4", "A5"]


def test_an_item_moves_within_its_page(version):
    section = version.sections.get(code="A")
    actions.move_item(item=version.items.get(code="A4"), position=1, by=UserFactory())
    assert codes(section) == ["A4", "A1", "A2", "A3"]
    actions.move_item(item=version.items.get(code="A4"), position=99, by=UserFactory())
    assert codes(section) == ["A1", "A2", "A3", "A4"]


def test_an_item_moves_to_another_page(version):
    target = version.sections.get(code="B")
    actions.move_item(item=version.items.get(code="A2"), section=target, position=2, by=UserFactory())
    assert codes(target) == ["B1", "A2", "B2", "B3", "B4"]
    assert build_document(version)["slots"][:3] == ["A1", "A3", "A4"]


def test_a_page_moves_and_a_page_is_added_at_the_end(version):
    texts = {
        "title_ind": "Baru",
        "title_eng": "New",
        "instruction_ind": "Pilih.",
        "instruction_eng": "Choose.",
    }
    section = actions.add_section(version=version, by=UserFactory(), code="D", **texts)
    actions.move_section(section=section, position=2, by=UserFactory())
    assert [s["code"] for s in build_document(version)["sections"]] == ["A", "D", "B", "C"]
    actions.update_section(section=section, code="E", by=UserFactory())
    actions.remove_section(section=section, by=UserFactory())
    assert [s["code"] for s in build_document(version)["sections"]] == ["A", "B", "C"]


def test_removing_an_item_removes_its_consistency_pair(version):
    actions.remove_item(item=version.items.get(code="A1"), by=UserFactory())
    document = build_document(version)
    assert document["slots"][0] == "A2"
    assert document["consistency_pairs"] == []


def test_a_scale_that_items_use_is_not_removed(version):
    with pytest.raises(policies.PolicyError, match="masih dipakai oleh butir"):
        actions.remove_part(part=version.scales.get(code="RAPI"), by=UserFactory())
    assert version.scales.count() == 3


def test_two_options_can_change_places(version):
    first, second = Option.objects.filter(response_set__version=version, response_set__code="frekuensi")[:2]
    first.value, second.value = 2, 1
    actions.save_parts(version=version, changed=[first, second], by=UserFactory())
    options = build_document(version)["response_sets"][0]["options"]
    assert [option["label"]["id"] for option in options[:2]] == ["Jarang", "Tidak pernah"]


def test_a_code_that_is_taken_is_refused(version):
    item = version.items.get(code="A2")
    with pytest.raises(ValidationError):
        actions.update_item(item=item, code="A1", by=UserFactory())


def test_a_part_points_only_into_its_own_version(version):
    other = draft_version(bank=small_bank(code="lain"))
    item = version.items.get(code="A1")
    for change in ({"scale": other.scales.first()}, {"response_set": other.response_sets.first()}):
        with pytest.raises(policies.PolicyError, match="versi lain"):
            actions.update_item(item=item, by=UserFactory(), **change)
    with pytest.raises(policies.PolicyError, match="versi lain"):
        actions.move_item(item=item, section=other.sections.first(), position=1, by=UserFactory())


def test_place_and_owner_are_not_edited_as_plain_fields(version):
    for change in ({"position": 3}, {"version": version}, {"tidak_ada": 1}):
        with pytest.raises(TypeError):
            actions.update_item(item=version.items.get(code="A1"), by=UserFactory(), **change)


def every_edit(version, by):
    """Each editing action once, as functions."""
    item, section = version.items.get(code="A1"), version.sections.get(code="A")
    scale = version.scales.get(code="RAPI")
    return {
        "update_version": lambda: actions.update_version(version=version, minutes=1, by=by),
        "update_item": lambda: actions.update_item(item=item, weight=2, by=by),
        "add_item": lambda: actions.add_item(
            section=section, by=by, code="Z", response_set=item.response_set
        ),
        "move_item": lambda: actions.move_item(item=item, position=2, by=by),
        "remove_item": lambda: actions.remove_item(item=item, by=by),
        "add_section": lambda: actions.add_section(version=version, by=by, code="Z"),
        "update_section": lambda: actions.update_section(section=section, code="Z", by=by),
        "move_section": lambda: actions.move_section(section=section, position=2, by=by),
        "remove_section": lambda: actions.remove_section(section=section, by=by),
        "add_part": lambda: actions.add_part(part=Scale(version=version, code="Z"), by=by),
        "update_part": lambda: actions.update_part(part=scale, code="Z", by=by),
        "remove_part": lambda: actions.remove_part(
            part=FeedbackText.objects.filter(scale=scale).first(), by=by
        ),
        "save_parts": lambda: actions.save_parts(
            version=version, removed=[ConsistencyPair.objects.filter(version=version).first()], by=by
        ),
    }


def test_no_edit_reaches_a_published_version():
    version = published_version()
    before = build_document(version)
    for name, edit in every_edit(version, UserFactory()).items():
        with pytest.raises(policies.PolicyError, match="sudah terbit"):
            edit()
            pytest.fail(f"{name} changed a published version")
    assert build_document(version) == before == version.document
