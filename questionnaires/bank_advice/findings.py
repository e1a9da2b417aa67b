"""How a finding is made, and the texts that findings are about. Pure."""

from collections.abc import Iterator

from questionnaires.bank_view import Entry
from questionnaires.problems import Keys, Problem, Severity


def advice(code: str, message: str, keys: Keys) -> Problem:
    """A finding that is worth a second look."""
    return Problem(message, keys, severity=Severity.WARNING, code=code)


def refusal(code: str, message: str, keys: Keys) -> Problem:
    """A finding that stops publication."""
    return Problem(message, keys, code=code)


def content_items(view) -> list[Entry]:
    """The items that are scored for what they say."""
    return [item for item in view.items if item.get("role", "content") == "content"]


def statements(item) -> Iterator[tuple[Keys, str]]:
    """The Indonesian texts a person says yes or no to: the stem, or both poles, or the options of a forced choice.

    The stem of a pair or of a vignette only asks; what is judged stands below it.
    """
    if item.get("type") == "bipolar":
        names = ("left", "right")
    elif item.get("type") == "likert":
        names = ("stem",)
    else:
        names = ()
    for name in names:
        yield (*item.keys, name, "id"), item.in_language(name)
    if item.get("type") == "forced_choice":
        yield from options(item)


def options(item) -> Iterator[tuple[Keys, str]]:
    """The Indonesian texts of an item's own options."""
    for number, option in enumerate(item.items_of("options")):
        keys = (*item.keys, "options", number)
        text = Entry(option, keys).in_language("text")
        yield (*keys, "text", "id"), text


def texts(value, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every Indonesian text of a bank, wherever it stands."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, (*keys, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from texts(each, (*keys, index))
    elif isinstance(value, str) and keys and keys[-1] == "id":
        yield keys, value
