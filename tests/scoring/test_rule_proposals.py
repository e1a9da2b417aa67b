"""Rules that editors prepare: published with their version, or later by a second person; old sheets keep theirs."""

from dataclasses import replace

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from questionnaires import actions as versions
from questionnaires import policies
from questionnaires.models import Version
from questionnaires.version_document import Text
from scoring import selectors
from scoring.actions import (
    RuleNotPublishable,
    propose_rule,
    publish_proposal,
    publish_rule,
    publish_version_with_rule,
    rule_in_force,
    withdraw_proposal,
)
from scoring.composites import Composite, Part
from scoring.models import RuleProposal, ScoringRule
from scoring.rules import STANDARD_RULE, from_document
from scoring.scales import Completeness
from tests.factories.accounts import UserFactory
from tests.factories.questionnaires import draft_version, published_version
from tests.questionnaires.refusals import refused_by

pytestmark = pytest.mark.django_db

STRICT = replace(STANDARD_RULE, label=Text("Ketat", "Strict"), completeness=Completeness(9, 10))
TOGETHER = Composite("BERSAMA", Text("Bersama", "Together"), (Part("RAPI", 1), Part("PEKA", 1)))


@pytest.fixture
def editor():
    return UserFactory()


@pytest.fixture
def approver():
    return UserFactory()


def next_draft(version, by):
    return versions.start_draft(questionnaire=version.questionnaire, copy_from=version, by=by)


def rule_of(version):
    return from_document(rule_in_force(version=version).document)


# --- Beside a draft ------------------------------------------------------------------------------------------


def test_the_rule_prepared_beside_a_draft_is_published_with_it(editor, approver):
    draft = draft_version(by=editor)
    propose_rule(version=draft, rule=STRICT, by=editor)
    versions.submit_for_review(version=draft, by=editor)
    version = publish_version_with_rule(version=draft, change_note="Pertama.", by=approver)
    rule = version.scoring_rules.get()
    assert (rule.number, rule.published_by, from_document(rule.document)) == (1, approver, STRICT)
    assert rule.proposal.change_note == "Pertama."
    assert selectors.open_proposal(version) is None


def test_whoever_prepared_the_rule_of_a_draft_does_not_publish_it(editor, approver):
    draft = draft_version(by=editor)
    propose_rule(version=draft, rule=STRICT, by=approver)
    versions.submit_for_review(version=draft, by=editor)
    with pytest.raises(policies.PolicyError, match="Anda ikut menyunting"):
        publish_version_with_rule(version=draft, change_note="Pertama.", by=approver)
    assert not ScoringRule.objects.exists()


def test_a_rule_that_does_not_fit_stops_the_version_too(editor, approver):
    draft = draft_version(by=editor)
    propose_rule(version=draft, rule=replace(STANDARD_RULE, composites=(TOGETHER,)), by=editor)
    # The dimension that the composite names gets another code before the draft is handed in.
    versions.update_part(part=draft.scales.get(code="RAPI"), code="TERTIB", by=editor)
    versions.submit_for_review(version=draft, by=editor)
    with pytest.raises(RuleNotPublishable, match="skala RAPI tidak ada di versi ini"):
        publish_version_with_rule(version=draft, change_note="Pertama.", by=approver)
    draft.refresh_from_db()
    assert draft.status == Version.Status.IN_REVIEW
    assert draft.document is None
    assert not ScoringRule.objects.exists()


def test_the_rule_stands_still_while_its_version_is_reviewed(editor):
    draft = draft_version(by=editor)
    versions.submit_for_review(version=draft, by=editor)
    with pytest.raises(policies.PolicyError, match="sedang ditelaah"):
        propose_rule(version=draft, rule=STRICT, by=editor)
    with pytest.raises(policies.PolicyError, match="sedang ditelaah"):
        withdraw_proposal(version=draft, by=editor)


def test_a_discarded_draft_takes_its_rule_along(editor):
    draft = draft_version(by=editor)
    propose_rule(version=draft, rule=STRICT, by=editor)
    versions.discard_draft(version=draft, by=editor)
    assert not RuleProposal.objects.exists()


def test_a_copy_inherits_the_rule_of_the_version_it_was_copied_from(editor, approver):
    first = published_version()
    publish_rule(version=first, rule=STRICT, by=approver)
    draft = next_draft(first, editor)
    assert selectors.coming_rule(draft) == STRICT
    versions.update_item(item=draft.items.get(code="A1"), stem_ind="Saya menata meja.", by=editor)
    versions.submit_for_review(version=draft, by=editor)
    # Published past the page that knows of rules: the first answer finds the inherited one.
    second = versions.publish_version(version=draft, change_note="Kata.", by=approver)
    assert rule_of(second) == STRICT


def test_answering_goes_on_where_an_inherited_composite_lost_its_scale(editor, approver):
    first = published_version()
    publish_rule(version=first, rule=replace(STRICT, composites=(TOGETHER,)), by=approver)
    draft = next_draft(first, editor)
    versions.update_part(part=draft.scales.get(code="RAPI"), code="TERTIB", by=editor)
    versions.submit_for_review(version=draft, by=editor)
    second = versions.publish_version(version=draft, change_note="Kode.", by=approver)
    assert rule_of(second) == STRICT


# --- For a version in use ------------------------------------------------------------------------------------


def test_a_second_person_publishes_the_next_rule_of_a_version_in_use(editor, approver):
    version = published_version()
    first = rule_in_force(version=version)
    propose_rule(version=version, rule=STRICT, by=editor)
    assert rule_in_force(version=version) == first
    with pytest.raises(RuleNotPublishable, match="Anda ikut menyunting usulan"):
        publish_proposal(version=version, change_note="Lebih ketat.", by=editor)
    with pytest.raises(RuleNotPublishable, match="catatan perubahan"):
        publish_proposal(version=version, change_note=" ", by=approver)
    second = publish_proposal(version=version, change_note="Lebih ketat.", by=approver)
    assert (second.number, rule_in_force(version=version)) == (2, second)
    hashes = dict(version.scoring_rules.values_list("number", "content_hash"))
    assert hashes[1] == first.content_hash != hashes[2]


def test_everybody_who_had_a_hand_in_a_proposal_is_kept_from_publishing_it(editor, approver):
    version = published_version()
    propose_rule(version=version, rule=STRICT, by=editor)
    propose_rule(version=version, rule=replace(STRICT, composites=(TOGETHER,)), by=approver)
    for person in (editor, approver):
        with pytest.raises(RuleNotPublishable):
            publish_proposal(version=version, change_note="Baru.", by=person)
    assert RuleProposal.objects.count() == 1


def test_a_proposal_without_news_or_none_at_all_is_not_published(editor, approver):
    version = published_version()
    rule_in_force(version=version)
    with pytest.raises(RuleNotPublishable, match="Belum ada usulan"):
        publish_proposal(version=version, change_note="Baru.", by=approver)
    propose_rule(version=version, rule=STANDARD_RULE, by=editor)
    with pytest.raises(RuleNotPublishable, match="sama persis"):
        publish_proposal(version=version, change_note="Baru.", by=approver)


def test_a_proposal_with_a_stranger_is_not_even_kept(editor):
    version = published_version()
    stranger = replace(TOGETHER, parts=(Part("RAPI", 1), Part("SD", 1)))
    with pytest.raises(RuleNotPublishable, match="skala SD bukan dimensi"):
        propose_rule(version=version, rule=replace(STANDARD_RULE, composites=(stranger,)), by=editor)
    assert not RuleProposal.objects.exists()


def test_a_withdrawn_proposal_leaves_the_present_rule(editor):
    version = published_version()
    propose_rule(version=version, rule=STRICT, by=editor)
    withdraw_proposal(version=version, by=editor)
    withdraw_proposal(version=version, by=editor)
    assert selectors.coming_rule(version) == STANDARD_RULE
    events = AuditEvent.objects.filter(event__startswith="scoring_rule.").values_list("event", flat=True)
    assert list(events) == ["scoring_rule.withdrawn", "scoring_rule.proposed"]


# --- What the database holds ---------------------------------------------------------------------------------


def proposal(version, **fields):
    return RuleProposal.objects.create(
        version=version, document={}, edited_by=UserFactory(), edited_at=timezone.now(), **fields
    )


def test_a_version_has_one_open_proposal():
    version = published_version()
    proposal(version)
    refused_by("rule_proposal_one_open_per_version", lambda: proposal(version))


def test_a_published_proposal_has_a_note_and_an_open_one_has_none():
    version = published_version()
    rule = rule_in_force(version=version)
    refused_by("rule_proposal_published_with_a_note", lambda: proposal(version, published_as=rule))
    refused_by("rule_proposal_published_with_a_note", lambda: proposal(version, change_note="Baru."))
