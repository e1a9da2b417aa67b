"""Values of fixed lists, as code and words."""

from django.utils.translation import gettext

from privacy.own_data.values import Coded


def chosen(row, name: str) -> Coded | None:
    """The value of a field with choices, in words of the active language; None where nothing was chosen."""
    code = getattr(row, name)
    return Coded(str(code), gettext(str(getattr(row, f"get_{name}_display")()))) if code else None
