"""Numbers of the reports as people read them: exact fractions, and cells that may be hidden."""

from fractions import Fraction

from django import template

from reports.bands import zones_of
from reports.disclosure import ShownCell
from reports.frozen_values import cell_text
from reports.numbers import decimal_text
from scoring.bands import STANDARD_BANDS

register = template.Library()


@register.filter
def decimals(value: Fraction, places: int) -> str:
    """An exact number with so many decimals, halves up, in the reader's notation."""
    return decimal_text(value, int(places))


@register.filter
def is_shown(cell) -> bool:
    """Whether a cell may be shown; a hidden cell has nothing to ask for."""
    return isinstance(cell, ShownCell)


@register.filter
def shown_text(cell) -> str:
    """The text of a shown cell; empty for a hidden one."""
    return cell_text(cell) if isinstance(cell, ShownCell) else ""


@register.filter
def zones(bands):
    """The bands of a rule as they are drawn; the standard bands if the page has no rule."""
    return zones_of(bands or STANDARD_BANDS)
