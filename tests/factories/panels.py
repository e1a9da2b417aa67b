"""Expert panels in every state, reached by calling the actions.

:func:`panel_bank` is the small bank with two vignettes and five contrasts::

    page 1   V1 (A B C D)    page 2   V2 (A B C)    page 3   B4 B5 B6 B7    page 4   B8
"""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from panels import actions
from panels.models import PanelRating
from questionnaires.bank_documents import complete
from tests.factories.accounts import UserFactory
from tests.factories.item_types import situational_scale, vignette
from tests.factories.questionnaires import published_version, small_bank

_numbers = count(1)

# One expert's ratings of the two vignettes: they lie close to those of everybody else.
AGREED = {"V1": {"A": 5, "B": 4, "C": 2, "D": 1}, "V2": {"A": 2, "B": 5, "C": 3}}


def panel_bank(*, code="bank-panel") -> dict:
    """A bank that can be published; see above. Yours to change."""
    bank = small_bank(code=code)
    bank["scales"].append(situational_scale())
    page = bank["sections"][1]["items"]
    contrast = page.pop()
    page += [contrast | {"code": f"B{number}"} for number in range(4, 9)]
    bank["sections"][0]["items"] += [
        vignette("V1", "sjt_best_worst"),
        vignette("V2", "sjt_best", effectiveness={"A": 1.5, "B": 4.5, "C": 3}),
    ]
    return bank


def panel_document() -> dict:
    """The document of :func:`panel_bank`."""
    return complete(panel_bank())


def open_panel(*, version=None, by=None, **times):
    """A panel that experts can rate now: of a version, or else of a published :func:`panel_bank`."""
    by, now = by or UserFactory(), timezone.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=14)} | times
    bank = panel_bank(code=f"bank-{next(_numbers)}")
    return actions.make_panel(
        version=version or published_version(bank=bank), purpose="Menetapkan kunci vinyet.", by=by, **times
    )


def invited(panel, number=1, *, by=None):
    """``(invitation, token)`` of further experts of a panel."""
    experts = [actions.NewExpert(f"Dr. Pakar {next(_numbers)}") for _n in range(number)]
    return actions.invite_experts(panel=panel, experts=experts, by=by or panel.created_by)


def finished_expert(panel, ratings=None):
    """An expert who has rated what ``ratings`` (``{item: {target: value}}``) says and finished."""
    [(invitation, _token)] = invited(panel)
    given = AGREED if ratings is None else ratings
    flat = {(item, target): value for item, row in given.items() for target, value in row.items()}
    actions.save_ratings(invitation=invitation, ratings=flat)
    return actions.finish(invitation=invitation)


def ratings_of(invitation) -> dict:
    """``{(item, target): value}`` as stored."""
    rows = PanelRating.objects.filter(invitation=invitation)
    return {(row.item_code, row.target): row.value for row in rows}


def closed_panel(experts=8, ratings=None, **fields):
    """A closed panel that so many experts have finished, all with the same ratings of V1, V2 and the contrasts."""
    panel = open_panel(**fields)
    poles = {f"B{number}": {"left": 4, "right": 4} for number in range(4, 9)}
    for _n in range(experts):
        finished_expert(panel, {**AGREED, **poles, **(ratings or {})})
    return actions.close_panel(panel=panel, by=panel.created_by)
