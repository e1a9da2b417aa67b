"""The order of a draft: pages among each other, items on their page and from one page to another."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from questionnaires import policies
from questionnaires.actions.editing import begin_edit, record_part
from questionnaires.models import Item, Section

# Reordering goes through positions that nobody uses, because both databases check uniqueness row by row.
_ASIDE = 10_000
_PARKED = 9_999

UP, DOWN = -1, 1


@transaction.atomic
def move_section(*, section, by, position):
    """Puts a page at a place, counted from 1; the others make room."""
    current = begin_edit(section.version, by)
    order = list(current.sections.exclude(pk=section.pk).order_by("position"))
    order.insert(max(position - 1, 0), section)
    _renumber(Section, order)
    record_part("moved", section, current, by, position=section.position)
    return section


@transaction.atomic
def move_item(*, item, by, position, section=None):
    """Puts an item at a place of its page, or of another page of the same version, counted from 1."""
    current = begin_edit(item.version, by)
    target = section or item.section
    if target.version_id != current.pk:
        raise policies.PolicyError(_("Bagian yang dituju berasal dari versi lain."))
    order = list(target.items.exclude(pk=item.pk).order_by("position"))
    order.insert(max(position - 1, 0), item)
    if target.pk != item.section_id:
        Item.objects.filter(pk=item.pk).update(section=target, position=_PARKED)
        item.section = target
    _renumber(Item, order)
    record_part("moved", item, current, by, section=target.code, position=item.position)
    return item


@transaction.atomic
def shift_section(*, section, by, step):
    """Moves a page one place up or down (:data:`UP`, :data:`DOWN`); at the edge it stays, and nothing is recorded."""
    current = begin_edit(section.version, by)
    order = list(current.sections.order_by("position").values_list("pk", flat=True))
    place = order.index(section.pk) + step
    if not 0 <= place < len(order):
        return section
    return move_section(section=section, by=by, position=place + 1)


@transaction.atomic
def shift_item(*, item, by, step):
    """Moves an item one place up or down; over the edge of its page it goes to the end or start of the next one."""
    current = begin_edit(item.version, by)
    item.refresh_from_db(fields=["section", "position"])  # as it stands now that nobody else moves
    order = list(item.section.items.order_by("position").values_list("pk", flat=True))
    place = order.index(item.pk) + step
    if 0 <= place < len(order):
        return move_item(item=item, by=by, position=place + 1)
    sections = list(current.sections.order_by("position"))
    beside = sections.index(item.section) + step
    if not 0 <= beside < len(sections):
        return item
    target = sections[beside]
    position = target.items.count() + 1 if step == UP else 1
    return move_item(item=item, by=by, section=target, position=position)


def _renumber(model, order):
    model.objects.filter(pk__in=[row.pk for row in order]).update(position=F("position") + _ASIDE)
    for position, row in enumerate(order, start=1):
        row.position = position
    model.objects.bulk_update(order, ["position"])
