"""A given answer in words, as pages that give answers back show it. Pure."""

from questionnaires.version_document import (
    BEST,
    NOT_APPLICABLE,
    RESPONSE_SET_TYPES,
    SJT_BEST_WORST,
    WORST,
    Answer,
    Item,
    Text,
)

# The parts of a best-and-worst vignette; those of a rated one are its actions.
_PART_NAMES = {
    BEST: Text("Paling tepat", "Most effective"),
    WORST: Text("Paling kurang tepat", "Least effective"),
}


def answer_lines(item: Item, given: Answer | None) -> tuple[tuple[Text | None, Text], ...]:
    """Pairs of the part that is answered (None for an item answered in one) and what was chosen."""
    if given is None:
        return ()
    if not item.parts:
        return ((None, _words(item, given)),)
    return tuple((_name(item, part), _words(item, given[part])) for part in item.parts if part in given)


def _name(item: Item, part: str) -> Text:
    return _PART_NAMES[part] if item.type == SJT_BEST_WORST else item.option_by_code[part].text


def _words(item: Item, value) -> Text:
    if value == NOT_APPLICABLE:
        return item.response_set.na_label
    if item.type in RESPONSE_SET_TYPES:
        return next(option.label for option in item.response_set.options if option.value == value)
    return item.option_by_code[value].text
