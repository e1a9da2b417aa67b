"""Reads of frozen scoring material. What is published never changes, so it is kept in memory."""

from functools import lru_cache

from questionnaires.document import load_document
from scoring.engine import compile_plan
from scoring.models import RuleProposal, ScoringRule
from scoring.plan import ScoringPlan
from scoring.rules import STANDARD_RULE, Rule, from_document, with_bands_for

# A few hundred kilobytes a plan; a national installation runs a dozen at a time.
_PLANS_KEPT = 64


@lru_cache(maxsize=_PLANS_KEPT)
def plan_of(rule_id: int) -> ScoringPlan:
    """The compiled plan of a published rule and its version, shared by all requests of the process."""
    rule = ScoringRule.objects.get(pk=rule_id)
    return compile_plan(load_document(rule.version_id), from_document(rule.document))


def rule_id_in_force(version_id: int) -> int:
    """The newest rule of a published version; one exists as soon as somebody has begun to answer it."""
    return (
        ScoringRule.objects.filter(version_id=version_id).order_by("-number").values_list("pk", flat=True)[0]
    )


def scale_kinds(version) -> dict[str, str]:
    """The kind of every scale of a version by code, draft or not."""
    return dict(version.scales.values_list("code", "kind"))


def open_proposal(version) -> RuleProposal | None:
    """The rule that is being prepared for a version, if somebody has begun."""
    return RuleProposal.objects.filter(version=version, published_as__isnull=True).first()


def latest_rule(version) -> ScoringRule | None:
    return ScoringRule.objects.filter(version=version).order_by("-number").first()


def present_rule(version) -> Rule:
    """The rule by which a version is scored now: its newest one, else that of the version it was copied from.

    A version that has never had a rule, nor any before it, is scored by the standard rule.
    """
    own = latest_rule(version)
    if own is not None:
        return from_document(own.document)
    return with_bands_for(_inherited_rule(version), scale_kinds(version).values())


def _inherited_rule(version) -> Rule:
    while version is not None:
        rule = latest_rule(version)
        if rule is not None:
            return from_document(rule.document)
        version = version.derived_from
    return STANDARD_RULE


def coming_rule(version) -> Rule:
    """The rule that a version gets when it is published next: the proposal, else the present one."""
    proposal = open_proposal(version)
    return from_document(proposal.document) if proposal else present_rule(version)
