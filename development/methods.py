"""The ways of learning by their names, as the report says them too."""

from development.models import Goal
from reports.personal.wording import method as method_name

__all__ = ["method_choices", "method_name"]


def method_choices() -> list[tuple[str, str]]:
    """Every way of learning with its name in the active language, for a form."""
    return [(code, method_name(code)) for code in Goal.Method.values]
