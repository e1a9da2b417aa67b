"""Writes to scoring material. Rules are published, calibrations and norms frozen, whole; none of them ever changes."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from questionnaires.actions import publish_version
from questionnaires.actions.editing import begin_edit
from questionnaires.models import Version
from questionnaires.version_document import content_hash
from scoring import policies, selectors
from scoring.calibration import ScaleCalibration
from scoring.composites import find_strangers
from scoring.engine import ENGINE_VERSION
from scoring.models import Calibration, CalibrationSet, NormSet, NormTable, RuleProposal, ScoringRule
from scoring.norms import ScaleNorm
from scoring.policies import RuleNotPublishable
from scoring.rules import STANDARD_RULE, Rule, from_document, to_document, with_bands_for
from scoring.samples import INCLUSION, SampleFacts

__all__ = [
    "NothingToFreeze",
    "RuleNotPublishable",
    "freeze_calibration",
    "freeze_norm",
    "propose_rule",
    "publish_proposal",
    "publish_rule",
    "publish_version_with_rule",
    "rule_in_force",
    "withdraw_proposal",
]


class NothingToFreeze(ValueError):
    """No scale meets the conditions; the message is the sentence that the user reads."""


@transaction.atomic
def publish_rule(*, version, by, rule: Rule = STANDARD_RULE):
    """Publishes a rule for a published version, as the next number; attempts keep the rule that they were scored with.

    Raises:
        RuleNotPublishable: the version is still a draft, or the rule names scales that it does not have.
    """
    version = Version.objects.select_for_update().get(pk=version.pk)
    policies.check_takes_rules(version)
    kinds = selectors.scale_kinds(version)
    policies.check_fits(rule, kinds, has_level_items=selectors.has_level_items(version))
    document = to_document(with_bands_for(rule, kinds.values()))
    latest = selectors.latest_rule(version)
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
    """The newest rule of a published version.

    A version that has none yet gets, once, that of the version it was copied from, else the standard rule.
    """
    latest = selectors.latest_rule(version)
    if latest:
        return latest
    version = Version.objects.select_for_update().get(pk=version.pk)
    latest = selectors.latest_rule(version)
    return latest or publish_rule(version=version, by=by, rule=_without_strangers(version))


def _without_strangers(version) -> Rule:
    """The inherited rule, without what this version can no longer give (composites of its scales, levels of its items):
    answering must not stop."""
    rule, kinds = selectors.present_rule(version), selectors.scale_kinds(version)
    fitting = tuple(each for each in rule.composites if not find_strangers([each], kinds))
    levels = rule.levels if selectors.has_level_items(version) else None
    return replace(rule, composites=fitting, levels=levels)


@transaction.atomic
def propose_rule(*, version, rule: Rule, by) -> RuleProposal:
    """Keeps a rule that is being prepared: for a draft, to be published with it; for a published version, as its next.

    Raises:
        PolicyError: the version is in review.
        RuleNotPublishable: the rule names scales that the version does not have.
    """
    version = _held(version, by)
    policies.check_fits(
        rule, selectors.scale_kinds(version), has_level_items=selectors.has_level_items(version)
    )
    values = {"document": to_document(rule), "edited_by": by, "edited_at": timezone.now()}
    proposal, _is_new = RuleProposal.objects.update_or_create(
        version=version, published_as=None, defaults=values
    )
    proposal.editors.add(by)
    record(event="scoring_rule.proposed", by=by, target=version, detail={"number": version.number})
    return proposal


@transaction.atomic
def withdraw_proposal(*, version, by):
    """Throws the prepared rule of a version away; the present one stays. Without one there is nothing to do."""
    version = _held(version, by)
    proposal = selectors.open_proposal(version)
    if proposal is not None:
        proposal.delete()
        record(event="scoring_rule.withdrawn", by=by, target=version, detail={"number": version.number})


def _held(version, by):
    """The version, held until the transaction ends; whoever prepares the rule of a draft is one of its editors."""
    if version.status in Version.OPEN:
        return begin_edit(version, by)
    return Version.objects.select_for_update(of=("self",)).get(pk=version.pk)


@transaction.atomic
def publish_proposal(*, version, change_note, by) -> ScoringRule:
    """Publishes the prepared rule of a published version as its next number, by somebody who did not edit it.

    Raises:
        RuleNotPublishable: no proposal, the four-eyes rule, a missing note, or nothing new.
    """
    version = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    proposal = selectors.open_proposal(version)
    if proposal is None:
        raise RuleNotPublishable(_("Belum ada usulan aturan skor untuk versi ini."))
    policies.check_publish_proposal(proposal, by=by)
    policies.check_change_note(change_note)
    rule = from_document(proposal.document)
    if to_document(rule) == to_document(selectors.present_rule(version)):
        raise RuleNotPublishable(_("Usulan ini sama persis dengan aturan yang berlaku."))
    return _publish(proposal, version, rule, change_note, by)


@transaction.atomic
def publish_version_with_rule(*, version, change_note, by):
    """Publishes a version together with the rule prepared for it, or with the one it inherits: both or neither.

    Raises:
        PolicyError: see ``questionnaires.actions.publish_version``; also where the rule does not fit the version.
    """
    rule = selectors.coming_rule(version)
    published = publish_version(version=version, change_note=change_note, by=by)
    _publish(selectors.open_proposal(published), published, rule, change_note, by)
    return published


def _publish(proposal, version, rule, change_note, by):
    published = publish_rule(version=version, by=by, rule=rule)
    if proposal is not None:
        proposal.published_as, proposal.change_note = published, change_note.strip()
        proposal.save(update_fields=["published_as", "change_note"])
    return published


@transaction.atomic
def freeze_calibration(*, facts: SampleFacts, scales: Sequence[ScaleCalibration], by) -> CalibrationSet:
    """Keeps the calibration of a version; the same sample by the same rules is kept once and returned again.

    Raises:
        NothingToFreeze: no scale has a calibration.
    """
    frozen, is_new = _frozen_set(CalibrationSet, facts, scales, by)
    if is_new:
        Calibration.objects.bulk_create(
            Calibration(
                set=frozen,
                scale_code=scale.scale,
                sample_size=scale.sample_size,
                item_count=scale.item_count,
                mean=scale.mean,
                standard_deviation=scale.sd,
                reliability=scale.reliability,
                coefficient=scale.coefficient,
            )
            for scale in scales
        )
        _record_frozen(frozen, scales, event="calibration.frozen", by=by)
    return frozen


@transaction.atomic
def freeze_norm(*, facts: SampleFacts, scales: Sequence[ScaleNorm], by) -> NormSet:
    """Keeps a norm group of a version; the same sample by the same rules is kept once and returned again.

    Raises:
        NothingToFreeze: no scale has a norm.
    """
    frozen, is_new = _frozen_set(NormSet, facts, scales, by)
    if is_new:
        NormTable.objects.bulk_create(
            NormTable(
                set=frozen,
                scale_code=scale.scale,
                sample_size=scale.group.n,
                contributor_count=len(scale.people_by_contributor),
                largest_contribution=max(scale.people_by_contributor.values()),
                mean=scale.group.mean,
                standard_deviation=scale.group.sd,
                skewness=scale.group.skewness,
                frequencies=scale.group.to_rows(),
            )
            for scale in scales
        )
        _record_frozen(frozen, scales, event="norm.frozen", by=by)
    return frozen


def _frozen_set(model, facts: SampleFacts, scales, by):
    """``(set, whether it is new)``; the version is locked, so that two at once get one set."""
    if not scales:
        raise NothingToFreeze("Belum ada skala yang memenuhi syarat, jadi tidak ada yang dibekukan.")
    version = Version.objects.select_for_update().defer("document").get(pk=facts.version_id)
    sets = model.objects.filter(version=version)
    existing = sets.filter(
        campaign_code=facts.campaign_code,
        rule_id=facts.rule_id,
        quality_version=facts.quality_version,
        engine_version=ENGINE_VERSION,
    ).first()
    if existing:
        return existing, False
    latest = sets.order_by("-number").values_list("number", flat=True).first()
    values = {**asdict(facts), "contributors": dict(facts.contributors)}
    frozen = model.objects.create(
        number=(latest or 0) + 1,
        inclusion=INCLUSION,
        engine_version=ENGINE_VERSION,
        frozen_at=timezone.now(),
        frozen_by=by,
        **values,
    )
    return frozen, True


def _record_frozen(frozen, scales, *, event, by):
    record(
        event=event,
        by=by,
        target=frozen,
        detail={
            "version": frozen.version_id,
            "number": frozen.number,
            "campaign": frozen.campaign_code,
            "people": frozen.people,
            "scales": [scale.scale for scale in scales],
        },
    )
