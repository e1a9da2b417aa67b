"""From a closed panel to the key of the next version."""

import pytest

from audit.models import AuditEvent
from panels import actions, policies, selectors
from panels.actions.applying import REWORDED
from questionnaires import actions as bank
from questionnaires import policies as bank_policies
from questionnaires.document import build_document
from questionnaires.models import Item, Version
from questionnaires.validation import find_document_problems
from tests.factories.accounts import UserFactory
from tests.factories.panels import AGREED, closed_panel, finished_expert, invited, open_panel
from tests.questionnaires.refusals import refused_by

pytestmark = pytest.mark.django_db


def item(version, code):
    return {i["code"]: i for s in build_document(version)["sections"] for i in s["items"]}[code]


def test_the_key_of_the_panel_goes_into_the_next_version():
    panel = closed_panel(ratings={"V2": {"A": 2, "B": 5, "C": 3}})
    before = panel.version.document
    editor = UserFactory()
    applied = actions.apply_panel(panel=panel, by=editor)
    assert (applied.vignettes, applied.left_alone) == (("V1", "V2"), {})
    assert applied.pairs == ("B4", "B5", "B6", "B7", "B8")
    assert (applied.version.number, applied.version.status) == (2, Version.Status.DRAFT)
    vignette = item(applied.version, "V1")
    assert vignette["key_basis"] == "panel"
    assert vignette["panel"] == {"experts": 8, "icc": 1, "sd": {"A": 0, "B": 0, "C": 0, "D": 0}}
    assert [option["effectiveness"] for option in vignette["options"]] == [5, 4, 2, 1]
    assert item(applied.version, "B4")["desirability"] == {"left": 4, "right": 4, "experts": 8}
    panel.version.refresh_from_db()
    assert panel.version.document == before
    assert panel.version.status == Version.Status.PUBLISHED


def test_the_figures_are_those_of_the_ratings_rounded_as_a_key_holds_them():
    panel = open_panel()
    rows = [{"A": 5, "B": 3, "C": 2, "D": 1}] * 5 + [{"A": 4, "B": 3, "C": 1, "D": 1}] * 4
    for row in rows:
        finished_expert(panel, {"V1": row})
    applied = actions.apply_panel(
        panel=actions.close_panel(panel=panel, by=panel.created_by), by=UserFactory()
    )
    found = item(applied.version, "V1")
    # 41/9 = 4.556, 27/9 = 3, 14/9 = 1.556, 1; SD of five and four one apart: sqrt(9 * 5/9 * 4/9 / 8) = .527
    assert [option["effectiveness"] for option in found["options"]] == [4.56, 3, 1.56, 1]
    assert found["panel"]["sd"] == {"A": 0.53, "B": 0, "C": 0.53, "D": 0}
    verdict = selectors.figures_of(panel).vignettes["V1"]
    assert found["panel"]["icc"] == pytest.approx(float(verdict.agreement.icc), abs=0.0005)


def test_the_draft_with_the_key_has_no_problem_and_whoever_applied_may_not_publish_it():
    panel, editor = closed_panel(), UserFactory()
    draft = actions.apply_panel(panel=panel, by=editor).version
    assert [p for p in find_document_problems(build_document(draft)) if p.is_blocking] == []
    bank.submit_for_review(version=draft, by=UserFactory())
    with pytest.raises(bank_policies.PolicyError, match="ikut menyunting"):
        bank.publish_version(version=draft, change_note="Kunci panel.", by=editor)
    published = bank.publish_version(version=draft, change_note="Kunci panel.", by=UserFactory())
    assert published.status == Version.Status.PUBLISHED


def test_applying_is_one_step_in_the_trail():
    panel, editor = closed_panel(), UserFactory()
    actions.apply_panel(panel=panel, by=editor)
    [event] = AuditEvent.objects.filter(event="panel.applied")
    assert event.actor_id == editor.pk
    assert event.detail["keys"] == ["V1", "V2"]
    assert AuditEvent.objects.filter(event="version.keyed", actor_id=editor.pk).count() == 1
    panel.refresh_from_db()
    assert (panel.applied_by, panel.applied_number) == (editor, 2)
    refused_by(
        "panel_applied_whole_or_absent",
        lambda: type(panel).objects.filter(pk=panel.pk).update(applied_at=None),
    )


def test_an_open_draft_is_used_and_what_it_says_otherwise_stays():
    panel = closed_panel()
    draft = bank.start_draft(questionnaire=panel.questionnaire, copy_from=panel.version, by=UserFactory())
    bank.update_item(item=draft.items.get(code="A1"), by=UserFactory(), stem_ind="Saya menulis ulang.")
    applied = actions.apply_panel(panel=panel, by=UserFactory())
    assert applied.version == draft
    assert item(draft, "A1")["stem"]["id"] == "Saya menulis ulang."
    assert item(draft, "V1")["key_basis"] == "panel"


def test_a_draft_in_review_stands_still():
    panel = closed_panel()
    draft = bank.start_draft(questionnaire=panel.questionnaire, copy_from=panel.version, by=UserFactory())
    bank.update_item(item=draft.items.get(code="A1"), by=UserFactory(), stem_ind="Saya menulis ulang.")
    bank.submit_for_review(version=draft, by=UserFactory())
    with pytest.raises(bank_policies.PolicyError, match="sedang ditelaah"):
        actions.apply_panel(panel=panel, by=UserFactory())
    assert not Item.objects.filter(key_basis="panel").exists()


def test_experts_who_disagree_leave_the_authors_key():
    panel = open_panel()
    for place in range(8):
        odd = {"A": 1 + place % 5, "B": 5 - place % 5, "C": 3}
        finished_expert(panel, {"V1": AGREED["V1"], "V2": odd, "B4": {"left": 5, "right": 2}})
    applied = actions.apply_panel(
        panel=actions.close_panel(panel=panel, by=panel.created_by), by=UserFactory()
    )
    assert applied.vignettes == ("V1",)
    assert set(applied.left_alone) == {"V2", "B5", "B6", "B7", "B8"}
    kept = item(applied.version, "V2")
    assert (kept["key_basis"], kept["panel"]) == ("author", None)
    assert [option["effectiveness"] for option in kept["options"]] == [1.5, 4.5, 3]
    # Poles of unequal weight get their figures, so that the editor sees why the pair must be rewritten.
    assert item(applied.version, "B4")["desirability"] == {"left": 5, "right": 2, "experts": 8}


def test_what_was_reworded_since_does_not_get_the_key():
    panel = closed_panel()
    draft = bank.start_draft(questionnaire=panel.questionnaire, copy_from=panel.version, by=UserFactory())
    draft.items.filter(code="V1").update(vignette_ind="Situasi yang lain.")
    bank.remove_item(item=draft.items.get(code="B8"), by=UserFactory())
    applied = actions.apply_panel(panel=panel, by=UserFactory())
    assert applied.left_alone == {"V1": (REWORDED,), "B8": (REWORDED,)}
    assert item(draft, "V1")["key_basis"] == "author"


def test_seven_experts_make_no_key_and_no_draft():
    panel = closed_panel(experts=7)
    with pytest.raises(policies.PolicyError, match="Tidak ada yang dapat dipakai"):
        actions.apply_panel(panel=panel, by=UserFactory())
    assert panel.questionnaire.versions.count() == 1
    assert not AuditEvent.objects.filter(event__in=["panel.applied", "version.drafted"]).exists()


def test_an_open_panel_makes_no_key():
    panel = open_panel()
    for _n in range(8):
        finished_expert(panel)
    with pytest.raises(policies.PolicyError, match="sementara selama panel dibuka"):
        actions.apply_panel(panel=panel, by=UserFactory())


def test_a_panel_can_be_applied_again_when_its_draft_was_thrown_away():
    panel = closed_panel()
    draft = actions.apply_panel(panel=panel, by=UserFactory()).version
    bank.discard_draft(version=draft, by=UserFactory())
    assert actions.apply_panel(panel=panel, by=UserFactory()).version.number == 2


def test_only_finished_experts_count():
    panel = open_panel()
    for _n in range(7):
        finished_expert(panel)
    [(begun, _token)] = invited(panel)
    flat = {(code, target): value for code, row in AGREED.items() for target, value in row.items()}
    actions.save_ratings(invitation=begun, ratings=flat)
    figures = selectors.figures_of(panel)
    assert (figures.experts, figures.vignettes["V1"].experts) == (7, 7)
    actions.finish(invitation=begun)
    assert selectors.figures_of(panel).vignettes["V1"].experts == 8


def test_figures_cost_two_queries_however_many_experts(django_assert_num_queries):
    panel = closed_panel(experts=3)
    with django_assert_num_queries(2):
        selectors.figures_of(panel)
    bigger = closed_panel(experts=9)
    with django_assert_num_queries(2):
        assert selectors.figures_of(bigger).experts == 9


def test_applying_costs_no_more_for_more_vignettes(django_assert_max_num_queries):
    few, many = open_panel(), open_panel()
    for _n in range(8):
        finished_expert(few, {"V1": AGREED["V1"]})
        finished_expert(many, {**AGREED, "B4": {"left": 4, "right": 4}, "B5": {"left": 4, "right": 4}})
    counts = []
    for panel in (few, many):
        actions.close_panel(panel=panel, by=panel.created_by)
        bank.start_draft(questionnaire=panel.questionnaire, copy_from=panel.version, by=UserFactory())
        with django_assert_max_num_queries(60) as captured:
            actions.apply_panel(panel=panel, by=panel.created_by)
        counts.append(len(captured))
    assert counts[0] == counts[1]
