"""Reads of frozen scoring material. What is published never changes, so it is kept in memory."""

from functools import lru_cache

from questionnaires.document import load_document
from scoring.engine import compile_plan
from scoring.models import ScoringRule
from scoring.plan import ScoringPlan
from scoring.rules import from_document

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
