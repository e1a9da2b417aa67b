"""Exact numbers as people read them, in the active language."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.formats import number_format


def decimal_text(value: Fraction | float | int, places: int) -> str:
    """A number with so many decimals, halves up, in the reader's notation."""
    value = Fraction(value)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    step = Decimal(1).scaleb(-places)
    return number_format(exact.quantize(step, ROUND_HALF_UP), decimal_pos=places)
