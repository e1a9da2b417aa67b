"""Reads of frozen scoring material. What is published never changes, so it is kept in memory."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from questionnaires.document import load_document
from scoring.calibration import ScaleCalibration
from scoring.engine import compile_plan
from scoring.models import Calibration, FrozenSample, NormTable, RuleProposal, ScoringRule
from scoring.norms import NormGroup
from scoring.plan import ScoringPlan
from scoring.rules import STANDARD_RULE, Rule, from_document, with_bands_for

# A few hundred kilobytes a plan; a national installation runs a dozen at a time.
_PLANS_KEPT = 64


@lru_cache(maxsize=_PLANS_KEPT)
def plan_of(rule_id: int) -> ScoringPlan:
    """The compiled plan of a published rule and its version, shared by all requests of the process."""
    rule = ScoringRule.objects.get(pk=rule_id)
    return compile_plan(load_document(rule.version_id), from_document(rule.document))


@lru_cache(maxsize=_PLANS_KEPT)
def rule_number(rule_id: int) -> int:
    """What a published rule is called by people: its number within its version."""
    return ScoringRule.objects.values_list("number", flat=True).get(pk=rule_id)


@lru_cache(maxsize=_PLANS_KEPT)
def calibration_of(set_id: int) -> Mapping[str, ScaleCalibration]:
    """The frozen calibration of every scale that has one, by scale code."""
    rows = Calibration.objects.filter(set_id=set_id)
    return MappingProxyType(
        {
            row.scale_code: ScaleCalibration(
                scale=row.scale_code,
                sample_size=row.sample_size,
                item_count=row.item_count,
                mean=row.mean,
                sd=row.standard_deviation,
                reliability=row.reliability,
                coefficient=row.coefficient,
            )
            for row in rows
        }
    )


@lru_cache(maxsize=_PLANS_KEPT)
def norms_of(set_id: int) -> Mapping[str, NormGroup]:
    """The frozen norm group of every scale that has one, by scale code."""
    rows = NormTable.objects.filter(set_id=set_id).values_list("scale_code", "frequencies")
    return MappingProxyType({code: NormGroup.from_rows(frequencies) for code, frequencies in rows})


@lru_cache(maxsize=_PLANS_KEPT)
def facts_of(sets: type[FrozenSample], set_id: int) -> Mapping[str, object]:
    """What a person reads about a frozen sample: number, who they were, how many, and the days."""
    names = ("number", "population", "people", "first_day", "last_day")
    return MappingProxyType(sets.objects.values(*names).get(pk=set_id))


def scale_kinds(version) -> dict[str, str]:
    """The kind of every scale of a version by code, draft or not."""
    return dict(version.scales.values_list("code", "kind"))


def has_level_items(version) -> bool:
    """Whether any item of a version was written for a competency level, draft or not."""
    return version.items.filter(level_target__isnull=False).exists()


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
