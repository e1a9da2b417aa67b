"""Numbers of the reports as people read them: exact fractions, and cells that may be hidden."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import template
from django.utils.formats import number_format

from reports.bands import zones_of
from reports.disclosure import ShownCell
from reports.selectors import cell_text
from scoring.bands import STANDARD_BANDS

register = template.Library()


@register.filter
def decimals(value: Fraction, places: int) -> str:
    """An exact number with so many decimals, halves up, in the reader's notation."""
    value = Fraction(value)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    step = Decimal(1).scaleb(-int(places))
    return number_format(exact.quantize(step, ROUND_HALF_UP), decimal_pos=int(places))


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
