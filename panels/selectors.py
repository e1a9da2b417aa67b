"""Reads of expert panels: what an expert has rated, how far a panel is, and what its figures say."""

from dataclasses import dataclass

from panels import material
from panels.models import PanelNote, PanelRating


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
