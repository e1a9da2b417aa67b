"""From a bank to the rows of each sheet, the way back of :mod:`assembly`. Pure; works for unfinished banks too."""

from questionnaires.bank_files.workbook import columns as c


def head_values(bank) -> dict:
    """The values of the head by keys."""
    return _flat(bank.get("questionnaire", {}))


def rows_of(bank, sheet) -> list[dict]:
    """The rows of a sheet, each as values by the keys of its columns."""
    return list(_ROWS[sheet.name](bank))


def _flat(entry, before=()):
    """Nested mappings as one mapping from keys to values; lists stay whole."""
    values = {}
    for key, value in entry.items():
        if isinstance(value, dict):
            values |= _flat(value, (*before, key))
        elif value is not None:
            values[(*before, key)] = value
    return values


def _response_sets(bank):
    for entry in bank.get("response_sets", ()):
        once = _flat({key: value for key, value in entry.items() if key != "options"})
        for number, option in enumerate(entry["options"] or [{}]):
            head = once if number == 0 else {("code",): entry["code"]}
            yield head | _flat(option, ("option",))


def _scales(bank):
    for entry in bank.get("scales", ()):
        yield _flat({key: value for key, value in entry.items() if key != "feedback"})


def _feedback(bank):
    for entry in bank.get("scales", ()):
        for band, part in (entry.get("feedback") or {}).items():
            code = {("scale",): entry["code"], ("band",): band}
            for number, tip in enumerate(part["tips"] or [{}]):
                once = _flat({"meaning": part["meaning"]}) if number == 0 else {}
                yield code | once | _flat(tip, ("tip",))


def _sections(bank):
    for entry in bank.get("sections", ()):
        yield _flat({key: value for key, value in entry.items() if key != "items"})


def _items(bank):
    for section in bank.get("sections", ()):
        for item in section["items"]:
            values = _flat({key: value for key, value in item.items() if key != "options"})
            own = {keys: value for keys, value in values.items() if keys[:2] != ("panel", "sd")}
            yield {("section",): section["code"]} | own


def _options(bank):
    for section in bank.get("sections", ()):
        for item in section["items"]:
            spread = (item.get("panel") or {}).get("sd") or {}
            for option in item.get("options") or ():
                extra = {("sd",): spread[option["code"]]} if option["code"] in spread else {}
                yield {("item",): item["code"]} | _flat(option) | extra


def _pairs(bank):
    for first, second in bank.get("consistency_pairs", ()):
        yield {("first",): first, ("second",): second}


_ROWS = {
    c.RESPONSE_SETS.name: _response_sets,
    c.SCALES.name: _scales,
    c.FEEDBACK.name: _feedback,
    c.SECTIONS.name: _sections,
    c.ITEMS.name: _items,
    c.OPTIONS.name: _options,
    c.PAIRS.name: _pairs,
}
