"""Writes to scoring rules. A rule is published whole and never changed."""

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from questionnaires.models import Version
from questionnaires.version_document import content_hash
from scoring.models import ScoringRule
from scoring.rules import STANDARD_RULE, Rule, to_document


class RuleNotPublishable(ValueError):
    """The version cannot take a rule now; the message is the sentence that the user reads."""


@transaction.atomic
def publish_rule(*, version, by, rule: Rule = STANDARD_RULE):
    """Publishes a rule for a published version, as the next number; attempts keep the rule that they were scored with.

    Raises:
        RuleNotPublishable: the version is still a draft.
    """
    version = Version.objects.select_for_update().get(pk=version.pk)
    if version.status not in Version.FROZEN:
        raise RuleNotPublishable(
            "Aturan skor hanya dapat diterbitkan untuk versi kuesioner yang sudah terbit."
        )
    document = to_document(rule)
    latest = ScoringRule.objects.filter(version=version).order_by("-number").first()
    published = ScoringRule.objects.create(
        version=version,
        number=latest.number + 1 if latest else 1,
        document=document,
        content_hash=content_hash(document),
        published_at=timezone.now(),
        published_by=by,
    )
    record(
        event="scoring_rule.published",
        by=by,
        target=published,
        detail={"version": version.pk, "number": published.number},
    )
    return published


@transaction.atomic
def rule_in_force(*, version, by=None):
    """The newest rule of a published version. A version that has none yet gets the standard rule, once."""
    latest = ScoringRule.objects.filter(version=version).order_by("-number").first()
    if latest:
        return latest
    Version.objects.select_for_update().get(pk=version.pk)
    latest = ScoringRule.objects.filter(version=version).order_by("-number").first()
    return latest or publish_rule(version=version, by=by)
