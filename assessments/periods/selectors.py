"""Reads for the pages of periods."""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, When
from django.utils.translation import gettext as _

from agencies import tree
from agencies.models import Unit
from assessments.models import Assignment, Campaign
from assessments.periods.audience import units_in_reach
from assessments.periods.reach import periods_of
from questionnaires.document import load_document
from questionnaires.models import Version
from questionnaires.version_document import VersionDocument


@dataclass(frozen=True)
class Offered:
    """A published version that a period may ask: what it is called, how long it takes, what it measures."""

    version_id: int
    number: int
    document: VersionDocument

    @property
    def title(self) -> str:
        return str(self.document.title)

    @property
    def measured(self):
        """Names of what gets a score: dimensions of the person, then themes of the unit."""
        return [scale.name for scale in self.document.dimensions]

    @property
    def measured_of_units(self):
        return [scale.name for scale in self.document.climates]


def offered_versions() -> tuple[Offered, ...]:
    """Every published version, in one query once the documents have been read."""
    published = Version.objects.filter(status=Version.Status.PUBLISHED).order_by("questionnaire__code")
    return tuple(
        Offered(pk, number, load_document(pk)) for pk, number in published.values_list("pk", "number")
    )


def asked_versions(campaign) -> tuple[Offered, ...]:
    """The versions of a period in the order in which it asks them."""
    rows = campaign.instruments.order_by("position", "pk").values_list("version_id", "version__number")
    return tuple(Offered(pk, number, load_document(pk)) for pk, number in rows)


def minutes_of(offered) -> int:
    """How long a person needs for all of them."""
    return sum(entry.document.minutes for entry in offered)


def listed_periods(user):
    """The person's periods, drafts first, then the newest, each with the number of its questionnaires."""
    drafts_first = Case(When(state=Campaign.State.DRAFT, then=0), default=1)
    periods = periods_of(user).annotate(questionnaires=Count("instruments"))
    return periods.order_by(drafts_first, "-opens_at", "-pk")


def list_problems(audience) -> list[tuple[int, str]]:
    """``(row, sentence)`` of the rejected rows of an uploaded list that are kept to be shown."""
    return [(row, _(sentence) % values) for row, sentence, values in audience.list_problems]


@dataclass(frozen=True)
class UnitChoice:
    """A unit that may be ticked. ``has_units_below``: one can look deeper."""

    unit: Unit
    is_chosen: bool
    has_units_below: bool


@dataclass(frozen=True)
class UnitPicker:
    """One level of the unit tree with what is chosen anywhere in it; however large the tree, a page shows one level."""

    here: Unit
    crumbs: tuple[Unit, ...]
    below: tuple[UnitChoice, ...]
    chosen: tuple[Unit, ...]

    @property
    def chosen_elsewhere(self) -> tuple[Unit, ...]:
        """Chosen units that are not among those of this level."""
        shown = {choice.unit.pk for choice in self.below}
        return tuple(unit for unit in self.chosen if unit.pk not in shown)


def unit_picker(campaign, *, code, chosen) -> UnitPicker:
    """The level below the unit of that code, or below the top of the period's reach.

    Args:
        chosen: the units ticked so far.

    Raises:
        Unit.DoesNotExist: no such unit within the period's reach.
    """
    units = units_in_reach(campaign)
    here = units.get(code=code) if code else units[0]
    level = units.filter(parent=here).annotate(deeper=Exists(Unit.objects.filter(parent=OuterRef("pk"))))
    ids = {unit.pk for unit in chosen}
    return UnitPicker(
        here=here,
        crumbs=tuple(units.filter(path__in=tree.ancestor_paths(here.path)[:-1])),
        below=tuple(UnitChoice(unit, unit.pk in ids, unit.deeper) for unit in level),
        chosen=tuple(chosen),
    )


def ticked_units(campaign, *, stored, shown, ticked):
    """The units chosen after a form was sent: those ticked on it, and the stored ones that it did not show."""
    codes = {unit.code for unit in stored} - set(shown) | set(ticked)
    return list(units_in_reach(campaign).filter(code__in=codes))


def national_periods(agency_ids):
    """Open national periods in which people of these agencies are asked; their organiser manages them."""
    asked = Assignment.objects.filter(campaign=OuterRef("pk"), agency_id__in=agency_ids)
    return Campaign.objects.filter(Exists(asked), agency__isnull=True, state=Campaign.State.OPEN).order_by(
        "-opens_at", "-pk"
    )
