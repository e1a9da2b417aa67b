"""From the figures of a closed panel to the key of the next version: one step, in the trail."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from panels import material, policies, selectors
from panels.actions.panels import lock
from questionnaires.actions import PanelKey, PoleRatings, set_panel_figures, start_draft
from questionnaires.document import build_document
from questionnaires.models import Version
from scoring.panel_verdicts import TOO_FEW_EXPERTS, in_key

REWORDED = "reworded"  # the item reads differently now, or is gone: nobody has rated what it says today
_AGREEMENT_DECIMALS = Decimal("0.001")


@dataclass(frozen=True)
class Applied:
    """What became of a panel: the draft, vignettes with a new key, pairs with figures, and what stays as it was.

    ``left_alone``: ``{item code: reason codes}``.
    """

    version: Version
    vignettes: tuple[str, ...]
    pairs: tuple[str, ...]
    left_alone: dict[str, tuple[str, ...]]


@transaction.atomic
def apply_panel(*, panel, by):
    """Writes the panel's key into the open draft of the questionnaire, or into a new draft of what is published.

    Vignettes on whose options the experts agree get their means; pairs get the desirability of their poles. The rest
    keeps the author's key. Published versions, and so their reports, stay as they are.

    Raises:
        PolicyError: the panel is still open, or nothing in it may be used.
        questionnaires.policies.PolicyError: the draft is being reviewed.
    """
    current = lock(panel)
    policies.check_apply(current)
    figures = selectors.figures_of(current)
    draft = _next_draft(current, by)
    same = material.unchanged(current.material, build_document(draft))
    keys, poles, left_alone = {}, {}, {}
    for code, verdict in figures.vignettes.items():
        faults = (*verdict.faults, *([] if code in same else [REWORDED]))
        if faults:
            left_alone[code] = faults
        else:
            keys[code] = _key(verdict)
    for code, verdict in figures.pairs.items():
        # Poles of unequal weight get their figures too: the editor must see them to rewrite the pair.
        faults = [fault for fault in verdict.faults if fault == TOO_FEW_EXPERTS]
        faults += [] if code in same else [REWORDED]
        if faults:
            left_alone[code] = tuple(faults)
        else:
            poles[code] = PoleRatings(verdict.experts, in_key(verdict.left.mean), in_key(verdict.right.mean))
    if not keys and not poles:
        raise policies.PolicyError(
            _(
                "Tidak ada yang dapat dipakai dari panel ini; tidak ada draf yang diubah. "
                "Alasannya tertulis pada tiap butir."
            )
        )
    draft = set_panel_figures(version=draft, keys=keys, poles=poles, by=by)
    current.applied_at, current.applied_by, current.applied_number = timezone.now(), by, draft.number
    current.save(update_fields=["applied_at", "applied_by", "applied_number"])
    detail = {
        "number": draft.number,
        "keys": sorted(keys),
        "poles": sorted(poles),
        "left_alone": {code: list(reasons) for code, reasons in left_alone.items()},
    }
    record(event="panel.applied", by=by, target=current, detail=detail)
    return Applied(draft, tuple(keys), tuple(poles), left_alone)


def _next_draft(panel, by):
    versions = panel.questionnaire.versions
    draft = versions.filter(status__in=Version.OPEN).first()
    if draft is not None:
        return draft
    source = versions.filter(status=Version.Status.PUBLISHED).first() or panel.version
    if source is None:
        raise policies.PolicyError(
            _("Kuesioner ini tidak mempunyai versi terbit atau draf yang dapat memakai kunci panel.")
        )
    return start_draft(questionnaire=panel.questionnaire, copy_from=source, by=by)


def _key(verdict):
    return PanelKey(
        experts=verdict.experts,
        icc=in_key(verdict.agreement.icc, _AGREEMENT_DECIMALS),
        effectiveness={code: in_key(each.mean) for code, each in verdict.figures.items()},
        sd={code: in_key(Fraction(each.sd)) for code, each in verdict.figures.items()},
    )
