"""Expert panels in every state, reached by calling the actions.

:func:`panel_bank` is the small bank with two vignettes and five contrasts::

    page 1   V1 (A B C D)    page 2   V2 (A B C)    page 3   B4 B5 B6 B7    page 4   B8
"""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from panels import actions, material
from panels.models import ExpertPanel, PanelRating
from tests.factories.accounts import UserFactory
from tests.factories.questionnaires import published_version, small_document

_numbers = count(1)

# One expert's ratings of the two vignettes: they lie close to those of everybody else.
AGREED = {"V1": {"A": 5, "B": 4, "C": 2, "D": 1}, "V2": {"A": 2, "B": 5, "C": 3}}


def panel_document() -> dict:
    """A version document with two vignettes and five contrasts; see above."""
    document = small_document()
    page = document["sections"][1]["items"]
    contrast = page.pop()
    page += [contrast | {"code": f"B{number}"} for number in range(4, 9)]
    document["sections"][0]["items"] += [_vignette("V1", "ABCD"), _vignette("V2", "ABC")]
    return document


def _vignette(code, options):
    return {
        "code": code,
        "type": "sjt_best_worst",
        "role": "content",
        "vignette": {"id": f"Seorang warga datang ({code}).", "en": f"A citizen comes ({code})."},
        "options": [
            {
                "code": option,
                "text": {"id": f"Tindakan {option} dari {code}.", "en": f"Action {option} of {code}."},
                "effectiveness": 4.5 - place,
                "reason": {"id": "Alasan rahasia.", "en": "A secret reason."},
            }
            for place, option in enumerate(options)
        ],
    }


def open_panel(*, version=None, by=None, **times):
    """A panel that experts can rate now: of a version, or else with the material of :func:`panel_document`."""
    by, now = by or UserFactory(), timezone.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=14)} | times
    panel = actions.make_panel(
        version=version or published_version(code=f"bank-{next(_numbers)}"),
        purpose="Menetapkan kunci vinyet.",
        by=by,
        **times,
    )
    if version is not None:
        return panel
    ExpertPanel.objects.filter(pk=panel.pk).update(material=material.freeze(panel_document()))
    panel.refresh_from_db()
    return panel


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
