"""What an expert panel says becomes part of a draft: keys of vignettes, desirability of poles."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from questionnaires import policies
from questionnaires.actions.editing import begin_edit
from questionnaires.models import Item, ItemOption


@dataclass(frozen=True)
class PanelKey:
    """The key of one vignette: how many experts, their ICC(2,k), and mean and SD of every option by its code."""

    experts: int
    icc: Decimal
    effectiveness: Mapping[str, Decimal]
    sd: Mapping[str, Decimal]


@dataclass(frozen=True)
class PoleRatings:
    """How desirable the experts find the two poles of a contrast: their number and two means on 1..5."""

    experts: int
    left: Decimal
    right: Decimal


@transaction.atomic
def set_panel_figures(*, version, keys, poles, by):
    """Writes the figures of a panel into a draft; whoever does so counts as one of its editors.

    Args:
        keys: :class:`PanelKey` by item code; the options named must be those of the item.
        poles: :class:`PoleRatings` by item code.

    Raises:
        PolicyError: the version is not a draft, or an item or option is not there.
    """
    current = begin_edit(version, by)
    rows = current.items.filter(code__in=[*keys, *poles]).prefetch_related("options")
    items = {item.code: item for item in rows}
    options = []
    for code, key in keys.items():
        options += _set_key(_found(items, code), key)
    for code, ratings in poles.items():
        item = _found(items, code)
        item.desirability_left, item.desirability_right = ratings.left, ratings.right
        item.desirability_experts = ratings.experts
    ItemOption.objects.bulk_update(options, ["effectiveness", "sd"])
    Item.objects.bulk_update(
        items.values(),
        [
            "key_basis",
            "panel_experts",
            "panel_icc",
            "desirability_left",
            "desirability_right",
            "desirability_experts",
        ],
    )
    detail = {"number": current.number, "keys": sorted(keys), "poles": sorted(poles)}
    record(event="version.keyed", by=by, target=current, detail=detail)
    return current


def _set_key(item, key):
    options = list(item.options.all())
    if {option.code for option in options} != set(key.effectiveness):
        raise policies.PolicyError(
            _("Pilihan butir %(code)s tidak sama dengan yang dinilai panel.") % {"code": item.code}
        )
    item.key_basis, item.panel_experts, item.panel_icc = Item.KeyBasis.PANEL, key.experts, key.icc
    for option in options:
        option.effectiveness, option.sd = key.effectiveness[option.code], key.sd[option.code]
    return options


def _found(items, code):
    if code not in items:
        raise policies.PolicyError(_("Butir %(code)s tidak ada di draf ini.") % {"code": code})
    return items[code]
