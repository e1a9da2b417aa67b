"""The quality report of items and scales in three forms: JSON values, CSV rows, and what the HTML page draws. Pure.

Everything in it has passed :func:`scoring.statistics.gated`: what may not be shown is not in the report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from assessments.csv_tables import harmless
from assessments.item_matrix import AnswerMatrix
from scoring.statistics import (
    REASONS,
    ItemStatistics,
    ScaleStatistics,
    gated,
    item_remarks,
    keyed_values,
    scale_remarks,
    scale_statistics,
    standing,
)
from scoring.statistics.gates import STANDING_WORDS

REPORT_FORMAT = "cermin-item-statistics/1"
CSV_HEADER = ("skala", "butir", "statistik", "nilai", "alasan")

# Names of the numbers in the order in which they are read; shares become per cent, points keep one digit.
_SCALE_ROWS = (
    ("alpha", "Alfa Cronbach", 3),
    ("alpha_ci95_feldt", "Selang 95% alfa (Feldt)", 3),
    ("alpha_pairwise", "Alfa berpasangan", 3),
    ("alpha_standardised", "Alfa terbaku", 3),
    ("omega_total", "Omega total", 3),
    ("omega_total_standardised", "Omega total terbaku", 3),
    ("mean_inter_item_r", "Rata-rata korelasi antarbutir", 3),
    ("min_inter_item_r", "Korelasi antarbutir terendah", 3),
    ("max_inter_item_r", "Korelasi antarbutir tertinggi", 3),
    ("split_half_odd_even_r", "Korelasi belah dua ganjil-genap", 3),
    ("split_half_spearman_brown", "Belah dua Spearman-Brown", 3),
    ("guttman_lambda4_odd_even", "Lambda 4 Guttman (ganjil-genap)", 3),
    ("eigenvalues", "Nilai eigen", 2),
    ("scale_mean_0_100", "Rata-rata skor (0–100)", 1),
    ("scale_sd_0_100", "Simpangan baku skor", 1),
    ("scale_mean_raw", "Rata-rata dalam satuan jawaban", 2),
    ("scale_sd_raw", "Simpangan baku dalam satuan jawaban", 2),
    ("sem_0_100", "Galat baku pengukuran dari alfa", 1),
    ("sem_omega_0_100", "Galat baku pengukuran dari omega", 1),
    ("scale_floor", "Orang di skor 0 (%)", 1),
    ("scale_ceiling", "Orang di skor 100 (%)", 1),
)
_ITEM_COLUMNS = (
    ("mean", 2),
    ("sd", 2),
    ("missing_share", 1),
    ("not_applicable_share", 1),
    ("floor", 1),
    ("ceiling", 1),
    ("r_drop", 3),
    ("alpha_if_deleted", 3),
    ("loading", 3),
)
_SHARES = {"scale_floor", "scale_ceiling", "missing_share", "not_applicable_share", "floor", "ceiling"}
_ITEM_TEXTS = {"code", "reasons"}
_SCALE_PARTS = {"items", "warnings", "reasons"}


@dataclass(frozen=True)
class ScaleReport:
    """One scale as it may be shown. ``standing``: hidden, provisional or firm, by the complete people."""

    code: str
    name: str
    statistics: ScaleStatistics
    impossible: int = 0

    @property
    def standing(self) -> str:
        return standing(self.statistics.n_used)


def report_on(code: str, name: str, matrix: AnswerMatrix, *, impossible: int = 0) -> ScaleReport:
    """The gated statistics of one scale.

    Args:
        impossible: stored values outside their items, counted as not answered.
    """
    keyed = keyed_values(matrix.values, matrix.items)
    found = scale_statistics(keyed, matrix.items, not_applicable=matrix.not_applicable)
    return ScaleReport(code, name, gated(found), impossible)


# --- JSON -----------------------------------------------------------------------------------------------------------


def as_json(source: Mapping[str, Any], scales: Sequence[ScaleReport]) -> dict:
    """The report as JSON values; a number that is not there is null and has its code under ``reasons``."""
    return {"format": REPORT_FORMAT, "source": dict(source), "scales": [_scale_json(s) for s in scales]}


def _scale_json(scale: ScaleReport) -> dict:
    found = scale.statistics
    values = _plain(found, _SCALE_PARTS)
    return {
        "code": scale.code,
        "name": scale.name,
        "standing": scale.standing,
        **values,
        "impossible_values": scale.impossible,
        "reasons": dict(found.reasons),
        "warnings": [{"code": w.code, "items": list(w.items)} for w in found.warnings],
        "remarks": [{"code": r.code, "sentence": r.sentence} for r in scale_remarks(found)],
        "items": [_item_json(item, found) for item in found.items],
    }


def _item_json(item: ItemStatistics, scale: ScaleStatistics) -> dict:
    return {
        "code": item.code,
        **_plain(item, _ITEM_TEXTS),
        "reasons": dict(item.reasons),
        "remarks": [{"code": r.code, "sentence": r.sentence} for r in item_remarks(item, scale)],
    }


def _plain(found: ItemStatistics | ScaleStatistics, without: set[str]) -> dict:
    values = {part.name: getattr(found, part.name) for part in fields(found) if part.name not in without}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


# --- CSV ------------------------------------------------------------------------------------------------------------


def csv_rows(scales: Sequence[ScaleReport]) -> Iterator[tuple[str, ...]]:
    """One row a number, scales first and then their items, full precision with a decimal point."""
    for scale in scales:
        found, code = scale.statistics, harmless(scale.code)
        yield code, "", "standing", scale.standing, ""
        yield from _value_rows(code, "", found, _SCALE_PARTS)
        for warning in found.warnings:
            yield code, "", "warning", warning.code, harmless(" ".join(warning.items))
        for item in found.items:
            yield from _value_rows(code, harmless(item.code), item, _ITEM_TEXTS)


def _value_rows(
    scale: str, item: str, found: ItemStatistics | ScaleStatistics, without: set[str]
) -> Iterator[tuple[str, ...]]:
    for name, value in _plain(found, without).items():
        if isinstance(value, list):
            first = found.minimum if name == "counts" else 1  # people by keyed value; anything else by place
            for place, part in enumerate(value, start=first):
                yield scale, item, f"{name}_{place}", repr(part), ""
        else:
            yield scale, item, name, "" if value is None else repr(value), found.reasons.get(name, "")


# --- HTML -----------------------------------------------------------------------------------------------------------

_CHART_WIDTH, _CHART_HEIGHT = 120, 32  # pixels of the drawing of one item's answers


def page_context(source: Mapping[str, Any], scales: Sequence[ScaleReport]) -> dict:
    """What the page draws: texts and whole numbers of pixels, nothing to compute."""
    return {
        "title": source["title"],
        "facts": source["facts"],
        "scales": [_scale_context(scale) for scale in scales],
    }


def _scale_context(scale: ScaleReport) -> dict:
    found = scale.statistics
    return {
        "code": scale.code,
        "name": scale.name,
        "standing": scale.standing,
        "standing_words": STANDING_WORDS[scale.standing],
        "n_used": found.n_used,
        "n_total": found.n_total,
        "k_used": found.k_used,
        "k_total": found.k_total,
        "impossible": scale.impossible,
        "remarks": [remark.sentence for remark in scale_remarks(found)],
        "rows": [
            {"name": words, "text": _shown(found, name, digits), "reason": _reason(found, name)}
            for name, words, digits in _SCALE_ROWS
        ],
        "items": [_item_context(item, found) for item in found.items],
    }


def _item_context(item: ItemStatistics, scale: ScaleStatistics) -> dict:
    return {
        "code": item.code,
        "is_reversed": item.key < 0,
        "n": item.n,
        "cells": [
            {"text": _shown(item, name, digits), "reason": _reason(item, name)}
            for name, digits in _ITEM_COLUMNS
        ],
        "remarks": [remark.sentence for remark in item_remarks(item, scale)],
        "chart": _chart(item),
    }


def _chart(item: ItemStatistics) -> dict | None:
    """Bars for the answers from lowest to highest keyed value, and the same in words; None where hidden."""
    if item.counts is None or not any(item.counts):
        return None
    step = _CHART_WIDTH // len(item.counts)
    tallest = max(item.counts)
    bars = []
    for place, count in enumerate(item.counts):
        height = round(_CHART_HEIGHT * count / tallest)
        bars.append({"x": place * step, "y": _CHART_HEIGHT - height, "height": height})
    words = "; ".join(f"{value}: {n} orang" for value, n in enumerate(item.counts, start=item.minimum))
    return {
        "bars": bars,
        "bar_width": max(1, step - 2),
        "width": _CHART_WIDTH,
        "height": _CHART_HEIGHT,
        "words": words,
    }


def _shown(found: ItemStatistics | ScaleStatistics, name: str, digits: int) -> str:
    value = getattr(found, name)
    if value is None:
        return "–"
    values = value if isinstance(value, tuple) else (value,)
    factor = 100 if name in _SHARES else 1
    texts = [f"{part * factor:.{digits}f}".replace(".", ",") for part in values]
    return " – ".join(texts) if name == "alpha_ci95_feldt" else "; ".join(texts)


def _reason(found: ItemStatistics | ScaleStatistics, name: str) -> str:
    return REASONS.get(found.reasons.get(name), "")
