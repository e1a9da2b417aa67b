"""Reads of expert panels: what an expert has rated, how far a panel is, and what its figures say."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from panels import material
from panels.models import PanelInvitation, PanelNote, PanelRating
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


@dataclass(frozen=True)
class Progress:
    """How far one expert is: ratings saved, of how many."""

    invitation: PanelInvitation
    rated: int
    total: int


def progress_of(panel) -> list[Progress]:
    """The experts of a panel with how much each has rated; for editors only, because it names them."""
    total = len(material.read(panel.material).keys)
    rows = panel.invitations.annotate(rated=Count("ratings"))
    invitations = list(rows)
    for invitation in invitations:
        invitation.panel = panel
    return [Progress(invitation, invitation.rated, total) for invitation in invitations]


def notes_of(panel) -> dict[str, list[PanelNote]]:
    """What experts remark, by item code; for editors only, because it names them."""
    notes = defaultdict(list)
    rows = PanelNote.objects.filter(invitation__panel=panel).select_related("invitation")
    for note in rows.order_by("invitation_id"):
        notes[note.item_code].append(note)
    return notes
