"""How often each option was chosen, as the page draws it: a figure an item, a drawing a part, one table."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.item_bars import bar_chart, decimal
from assessments.option_counts import OptionCounts, PartCounts
from questionnaires.version_document import (
    ATTENTION,
    BEST,
    FORCED_CHOICE,
    PANEL_KEY,
    SINGLE_CHOICE,
    SJT_BEST,
    SJT_BEST_WORST,
    SJT_RATE,
    SOCIAL_DESIRABILITY,
    WORST,
    Item,
)

_KINDS = {
    SJT_BEST: gettext_lazy("Situasi, satu tindakan paling tepat"),
    SJT_BEST_WORST: gettext_lazy("Situasi, tindakan paling tepat dan paling kurang tepat"),
    SJT_RATE: gettext_lazy("Situasi, ketepatan setiap tindakan"),
    FORCED_CHOICE: gettext_lazy("Pilihan paksa"),
    SINGLE_CHOICE: gettext_lazy("Pilihan tunggal, tidak diskor"),
    ATTENTION: gettext_lazy("Butir perhatian"),
    SOCIAL_DESIRABILITY: gettext_lazy("Gaya menjawab"),
}


def choices_context(choices: Sequence[OptionCounts], language: str) -> list[dict[str, Any]]:
    """What the template shows of every item without scale statistics."""
    return [_item(found, language) for found in choices]


def _item(found: OptionCounts, language: str) -> dict[str, Any]:
    item = found.item
    charts = [chart for part in found.parts if (chart := _chart(part, found))]
    return {
        "code": item.code,
        "kind": _KINDS.get(item.type) or _KINDS.get(item.role, ""),
        "situation": item.vignette.in_language(language) if item.vignette else "",
        "stem": item.stem.in_language(language),
        "n": found.n,
        "missing": found.missing,
        "missing_percent": "–" if found.missing_share is None else decimal(100 * found.missing_share, 1),
        "not_applicable": found.not_applicable,
        "impossible": found.impossible,
        "key_note": _key_note(item),
        "charts": charts,
        "columns": _columns(found),
        "rows": _rows(found, language) if charts else [],
    }


def _key_note(item: Item) -> str:
    if not item.is_situational:
        return ""
    if item.key_basis == PANEL_KEY and item.panel:
        return _("Kunci panel %(experts)s ahli.") % {"experts": item.panel.experts}
    return _("Kunci penyusun, belum divalidasi panel ahli.")


def _chart(part: PartCounts, found: OptionCounts) -> dict[str, Any] | None:
    if part.counts is None or not any(part.counts):
        return None
    labels = [str(value) for value in found.values]
    chart = bar_chart(list(zip(labels, part.counts, strict=True)), part.n)
    most = {"value": chart["commonest"]["label"], "most": chart["commonest"]["percent"], "n": part.n}
    return chart | {"sentence": _sentence(part.part) % (most | {"action": part.part})}


def _sentence(part: str) -> str:
    if part == BEST:
        return _("Paling tepat: terbanyak %(value)s (%(most)s%% dari %(n)s orang).")
    if part == WORST:
        return _("Paling kurang tepat: terbanyak %(value)s (%(most)s%% dari %(n)s orang).")
    if part:
        return _("Tindakan %(action)s: nilai terbanyak %(value)s (%(most)s%% dari %(n)s orang).")
    return _("Terbanyak %(value)s (%(most)s%% dari %(n)s orang).")


# --- the table ----------------------------------------------------------------------------------------------------


def _columns(found: OptionCounts) -> list[str]:
    """Headings after the option and its words."""
    if found.item.type == SJT_RATE:
        return [_("Kunci"), *(_("Nilai %(value)s") % {"value": value} for value in found.values)]
    key = [_("Kunci")] if _has_key(found.item) else []
    names = {BEST: _("Paling tepat"), WORST: _("Paling kurang tepat")}
    return key + [names.get(part.part, _("Orang")) for part in found.parts]


def _rows(found: OptionCounts, language: str) -> list[dict[str, Any]]:
    """One row an option: of a rated vignette how often it got each value, else how often it was named in each part."""
    item = found.item
    if item.type == SJT_RATE:
        places = range(len(found.values))
        return [
            _row(item, part.part, language, [_cell(part, place) for place in places]) for part in found.parts
        ]
    return [
        _row(item, value, language, [_cell(part, place) for part in found.parts])
        for place, value in enumerate(found.values)
    ]


def _row(item: Item, value: int | str, language: str, cells: list[str]) -> dict[str, Any]:
    return {
        "label": str(value),
        "text": _words(item, value, language),
        "cells": ([_key_of(item, value)] if _has_key(item) else []) + cells,
    }


def _cell(part: PartCounts, place: int) -> str:
    if part.counts is None:
        return "–"
    return f"{part.counts[place]} ({decimal(100 * part.counts[place] / part.n, 1)}%)"


def _words(item: Item, value: int | str, language: str) -> str:
    if value in item.option_by_code:
        return item.option_by_code[value].text.in_language(language)
    return next(o.label.in_language(language) for o in item.response_set.options if o.value == value)


def _has_key(item: Item) -> bool:
    return item.is_situational or item.role == ATTENTION or item.type == FORCED_CHOICE


def _key_of(item: Item, value: int | str) -> str:
    """The key of an option: its effectiveness, the dimension that it speaks for, or whether attention accepts it."""
    if item.role == ATTENTION:
        return _("diterima") if value in item.accept else "–"
    option = item.option_by_code[value]
    if item.type == FORCED_CHOICE:
        return option.scale or "–"
    return "–" if option.effectiveness is None else decimal(option.effectiveness, 1)
