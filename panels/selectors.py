"""Reads of expert panels: what an expert has rated, how far a panel is, and what its figures say."""

from collections import defaultdict
from dataclasses import dataclass

from panels import material
from panels.models import PanelNote, PanelRating
from scoring.panel_verdicts import PairVerdict, VignetteVerdict, judge_pair, judge_vignette


@dataclass(frozen=True)
class ExpertWork:
    """What one expert has said so far."""

    material: material.Material
    ratings: dict
    notes: dict

    def rated_on(self, page) -> int:
        """How many ratings of a page there are."""
        return sum(key in self.ratings for key in page.keys)

    @property
    def unfinished(self):
        """Pages with a rating missing."""
        return [page for page in self.material.pages if self.rated_on(page) < len(page.keys)]

    @property
    def rated(self) -> int:
        return len(self.ratings)

    @property
    def total(self) -> int:
        return len(self.material.keys)


def work_of(invitation) -> ExpertWork:
    """The expert's own ratings and remarks; nobody else's."""
    ratings = PanelRating.objects.filter(invitation=invitation).values_list("item_code", "target", "value")
    notes = PanelNote.objects.filter(invitation=invitation).values_list("item_code", "text")
    return ExpertWork(
        material.read(invitation.panel.material),
        {(item, target): value for item, target, value in ratings},
        dict(notes),
    )


@dataclass(frozen=True)
class Figures:
    """What the experts who have finished say, by item code in the order of the form."""

    experts: int
    vignettes: dict[str, VignetteVerdict]
    pairs: dict[str, PairVerdict]


def figures_of(panel) -> Figures:
    """The verdicts over everything that a panel rates: two queries, however many experts and items."""
    asked = material.read(panel.material)
    experts = list(panel.invitations.filter(finished_at__isnull=False).values_list("pk", flat=True))
    said = {expert: defaultdict(dict) for expert in experts}
    rows = PanelRating.objects.filter(invitation__panel=panel, invitation__finished_at__isnull=False)
    for expert, item, target, value in rows.values_list("invitation_id", "item_code", "target", "value"):
        said[expert][item][target] = value
    return Figures(
        experts=len(experts),
        vignettes={
            entry.code: judge_vignette(
                [target.code for target in entry.targets], [each[entry.code] for each in said.values()]
            )
            for entry in asked.vignettes
        },
        pairs={entry.code: judge_pair([each[entry.code] for each in said.values()]) for entry in asked.pairs},
    )
