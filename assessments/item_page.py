"""What the page of the quality report draws, for the command's HTML and for the page in Django admin.

Texts in the reader's language and numbers of an SVG: the template computes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from assessments.choice_page import choices_context
from assessments.item_bars import bar_chart, decimal, value_groups
from assessments.item_report import QualityReport, ScaleReport, Screening
from scoring.statistics import REASONS, ItemStatistics, ScaleStatistics, item_remarks, scale_remarks
from scoring.statistics.remarks import Remark

# Names of the numbers in the order in which they are read, and decimals; shares become per cent.
_SCALE_ROWS = (
    ("alpha", gettext_noop("Alfa Cronbach"), 3),
    ("alpha_ci95_feldt", gettext_noop("Selang 95% alfa (Feldt)"), 3),
    ("alpha_pairwise", gettext_noop("Alfa berpasangan"), 3),
    ("alpha_standardised", gettext_noop("Alfa terbaku"), 3),
    ("omega_total", gettext_noop("Omega total"), 3),
    ("omega_total_standardised", gettext_noop("Omega total terbaku"), 3),
    ("mean_inter_item_r", gettext_noop("Rata-rata korelasi antarbutir"), 3),
    ("min_inter_item_r", gettext_noop("Korelasi antarbutir terendah"), 3),
    ("max_inter_item_r", gettext_noop("Korelasi antarbutir tertinggi"), 3),
    ("split_half_odd_even_r", gettext_noop("Korelasi belah dua ganjil-genap"), 3),
    ("split_half_spearman_brown", gettext_noop("Belah dua Spearman-Brown"), 3),
    ("guttman_lambda4_odd_even", gettext_noop("Lambda 4 Guttman (ganjil-genap)"), 3),
    ("eigenvalues", gettext_noop("Nilai eigen"), 2),
    ("scale_mean_0_100", gettext_noop("Rata-rata skor (0–100)"), 1),
    ("scale_sd_0_100", gettext_noop("Simpangan baku skor"), 1),
    ("scale_mean_raw", gettext_noop("Rata-rata dalam satuan jawaban"), 2),
    ("scale_sd_raw", gettext_noop("Simpangan baku dalam satuan jawaban"), 2),
    ("sem_0_100", gettext_noop("Galat baku pengukuran dari alfa"), 1),
    ("sem_omega_0_100", gettext_noop("Galat baku pengukuran dari omega"), 1),
    ("scale_floor", gettext_noop("Orang di skor 0 (%)"), 1),
    ("scale_ceiling", gettext_noop("Orang di skor 100 (%)"), 1),
)
_ITEM_COLUMNS = (
    ("mean", gettext_noop("Rata-rata"), 2),
    ("sd", gettext_noop("Simpangan baku"), 2),
    ("missing_share", gettext_noop("Kosong (%)"), 1),
    ("not_applicable_share", gettext_noop("Tidak berlaku (%)"), 1),
    ("floor", gettext_noop("Nilai terendah (%)"), 1),
    ("ceiling", gettext_noop("Nilai tertinggi (%)"), 1),
    ("r_drop", gettext_noop("Korelasi dengan butir lain"), 3),
    ("alpha_if_deleted", gettext_noop("Alfa tanpa butir"), 3),
    ("loading", gettext_noop("Muatan faktor"), 3),
)
_SHARES = {"scale_floor", "scale_ceiling", "missing_share", "not_applicable_share", "floor", "ceiling"}
_SOURCE_NAMES = {
    "file": gettext_noop("Berkas"),
    "questionnaire": gettext_noop("Kuesioner"),
    "version": gettext_noop("Versi"),
    "campaign": gettext_noop("Periode"),
    "people": gettext_noop("Orang"),
    "items": gettext_noop("Butir"),
    "ignored_columns": gettext_noop("Kolom yang tidak dipakai"),
}
_SCREENING_NAMES = {
    "mahalanobis": gettext_noop("Pola jawaban yang jauh dari pola umum (jarak Mahalanobis, p < 0,001)"),
    "psychometric_synonyms": gettext_noop(
        "Keajekan terendah pada pasangan butir yang serupa (sinonim psikometrik, 5% terbawah)"
    ),
}


def page_context(report: QualityReport, stems: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything the template shows.

    Args:
        stems: the words of the items by code, where they are known.
    """
    stems = stems or {}
    language = get_language() or "id"
    return {
        "title": report.title,
        "facts": [
            (_(words), _fact(report.source[name]))
            for name, words in _SOURCE_NAMES.items()
            if report.source.get(name)
        ],
        "scales": [_scale(scale, stems) for scale in report.scales],
        "choices": choices_context(report.choices, language),
        "screenings": [_screening(each) for each in report.screenings],
        "item_columns": [_(words) for _name, words, _digits in _ITEM_COLUMNS],
    }


def _fact(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(value)
    return number_format(value) if isinstance(value, int) else str(value)


def _scale(scale: ScaleReport, stems: Mapping[str, str]) -> dict[str, Any]:
    found = scale.statistics
    return {
        "code": scale.code,
        "name": scale.name,
        "standing": scale.standing,
        "n_used": found.n_used,
        "n_total": found.n_total,
        "k_used": found.k_used,
        "k_total": found.k_total,
        "impossible": scale.impossible,
        "remarks": _sentences(scale_remarks(found)),
        "rows": [
            {"name": _(words), "text": _shown(found, name, digits), "reason": _reason(found, name)}
            for name, words, digits in _SCALE_ROWS
        ],
        "items": [_item(item, found, stems.get(item.code, "")) for item in found.items],
    }


def _item(item: ItemStatistics, scale: ScaleStatistics, stem: str) -> dict[str, Any]:
    return {
        "code": item.code,
        "stem": stem,
        "is_reversed": item.key < 0,
        "n": item.n,
        "cells": [
            {"text": _shown(item, name, digits), "reason": _reason(item, name)}
            for name, _words, digits in _ITEM_COLUMNS
        ],
        "remarks": _sentences(item_remarks(item, scale)),
        "chart": _chart(item),
    }


def _screening(found: Screening) -> dict[str, str]:
    name = _(_SCREENING_NAMES[found.name])
    if found.flagged is None:
        return {"name": name, "text": "–", "reason": _(REASONS[found.reason])}
    people = _("%(count)s dari %(n)s orang") % {
        "count": number_format(found.flagged),
        "n": number_format(found.n),
    }
    return {"name": name, "text": f"{people} ({decimal(100 * found.flagged_share, 1)}%)", "reason": ""}


def _sentences(remarks: Sequence[Remark]) -> list[str]:
    return [remark.fill(_(remark.message)) for remark in remarks]


def _shown(found: ItemStatistics | ScaleStatistics, name: str, digits: int) -> str:
    value = getattr(found, name)
    if value is None:
        return "–"
    values = value if isinstance(value, tuple) else (value,)
    factor = 100 if name in _SHARES else 1
    texts = [decimal(part * factor, digits) for part in values]
    return " – ".join(texts) if name == "alpha_ci95_feldt" else "; ".join(texts)


def _reason(found: ItemStatistics | ScaleStatistics, name: str) -> str:
    reason = found.reasons.get(name)
    return _(REASONS[reason]) if reason else ""


# --- The distribution of one item -----------------------------------------------------------------------------------


def _chart(item: ItemStatistics) -> dict[str, Any] | None:
    """The drawing with the sentence above and the table beside it; None where hidden."""
    if item.counts is None or not any(item.counts):
        return None
    chart = bar_chart(value_groups(item.counts, item.minimum), item.n)
    chart["sentence"] = _(
        "Jawaban terbanyak %(value)s (%(most)s%%); nilai terendah %(floor)s%%, nilai tertinggi %(ceiling)s%%."
    ) % {
        "value": chart["commonest"]["label"],
        "most": chart["commonest"]["percent"],
        "floor": decimal(100 * item.floor, 1),
        "ceiling": decimal(100 * item.ceiling, 1),
    }
    return chart
