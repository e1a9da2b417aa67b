"""Which field of an editing page a problem is about."""

_LANGUAGES = {"id": "ind", "en": "eng"}
# Small tables inside a page: bank key -> prefix of the rows in the form.
_TABLES = {"options": "options", "tips": "tips"}


def field_anchor(keys) -> str:
    """The fragment that leads to the field, such as ``#id_stem_ind``; empty where the whole page is meant."""
    keys = _below_the_page(keys)
    if not keys:
        return ""
    if keys[0] in _TABLES and len(keys) > 2:
        return f"#id_{_TABLES[keys[0]]}-{keys[1]}-{_field(keys[2:])}"
    if keys[0] in _TABLES:
        return f"#{_TABLES[keys[0]]}-group"
    return f"#id_{_field(keys)}"


def _below_the_page(keys):
    """What is left of the position inside the page that shows the part."""
    if keys[:1] == ("questionnaire",):
        return keys[1:]
    if len(keys) > 3 and keys[0] == "sections" and keys[2] == "items":
        return keys[4:]
    if len(keys) > 3 and keys[0] == "scales" and keys[2] == "feedback":
        return keys[4:]
    return keys[2:] if keys[:1] != ("consistency_pairs",) else ()


_PAIRS = {
    *("title", "summary", "introduction", "instruction", "stem", "left", "right", "reflection"),
    *("name", "definition", "label", "anchor", "meaning", "text", "na_label", "vignette", "reason"),
}


# Values that the form asks for piece by piece: the first of their fields.
_PIECES = {"panel": "panel_experts", "desirability": "desirability_left"}


def _field(keys):
    if keys[0] not in _PAIRS:
        return _PIECES.get(keys[0], keys[0])
    language = keys[1] if len(keys) > 1 else "id"
    return f"{keys[0]}_{_LANGUAGES.get(language, 'ind')}"
