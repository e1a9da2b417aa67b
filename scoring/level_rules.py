"""The switch of a scoring rule that lets reports show the self-indication of competency levels. Pure.

Without the switch, which is how every rule begins, nothing of :mod:`scoring.levels` is computed or shown. With it the
rule also says which level each category of posts requires, so that the indication stands beside something. The
regulation sets these levels for structural posts; for functional posts they depend on the rank, so the agency fills
them in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.levels import FEWEST_ITEMS, LEVELS, SHOWS_FROM

# The job categories of UU 20/2023 as agencies.models.JobCategory has them (a test holds the two together).
CATEGORIES = {
    "JPTU": "JPT Utama",
    "JPTM": "JPT Madya",
    "JPTP": "JPT Pratama",
    "ADM": "Administrator",
    "PWS": "Pengawas",
    "PLK": "Pelaksana",
    "JFK": "Fungsional keahlian",
    "JFT": "Fungsional keterampilan",
}
# What the form offers at first: the general levels of PermenPANRB 38/2017. The others are not confirmed.
USUAL_LEVELS = {"JPTM": 5, "JPTP": 4, "ADM": 3, "PWS": 2, "PLK": 1}
_KEYS = {"required_levels"}


@dataclass(frozen=True)
class LevelDisplay:
    """That reports show the indication. ``required``: (job category, level) of the categories whose level is known."""

    required: tuple[tuple[str, int], ...] = ()

    def required_of(self, category: str) -> int | None:
        return dict(self.required).get(category)


def to_json(display: LevelDisplay) -> dict:
    """As it stands in a rule document; :func:`from_json` gives the same back."""
    return {"required_levels": dict(display.required)}


def from_json(entry: Mapping) -> LevelDisplay:
    """Of a rule document without problems, in the order of the categories whatever the order of the keys."""
    levels = entry["required_levels"]
    return LevelDisplay(tuple((code, levels[code]) for code in CATEGORIES if code in levels))


def find_shape_problems(entry: object) -> list[str]:
    """What is wrong with this part of a rule document, as Indonesian sentences; empty if nothing."""
    if (
        not isinstance(entry, Mapping)
        or set(entry) != _KEYS
        or not isinstance(entry["required_levels"], Mapping)
    ):
        return ["Indikasi mandiri level harus memuat tepat required_levels: jenis jabatan dan levelnya."]
    problems = []
    for category, level in entry["required_levels"].items():
        if category not in CATEGORIES:
            known = ", ".join(CATEGORIES)
            problems.append(f"Jenis jabatan {category!r} tidak dikenal; yang dikenal: {known}.")
        elif isinstance(level, bool) or level not in LEVELS:
            problems.append(
                f"Level {CATEGORIES[category]} harus bilangan 1 sampai {LEVELS[-1]}, bukan {level!r}."
            )
    return problems


def describe(display: LevelDisplay, language: str) -> tuple[str, ...]:
    """What is shown and what it is not, then the levels that posts require, if any are set."""
    is_english = language.startswith("en")
    levels = "; ".join(f"{CATEGORIES[category]} {level}" for category, level in display.required)
    if is_english:
        shown = (
            "The report shows a self-indication of competency levels: of each competency the highest level whose "
            f"items, like those of every level below it, average at least {SHOWS_FROM} of 100, from at least "
            f"{FEWEST_ITEMS} answers at each level. It is not a competency assessment, is computed for the reader "
            "alone, and is not stored."
        )
        required = f"Levels required by category of post: {levels}."
    else:
        shown = (
            "Laporan menampilkan indikasi mandiri level kompetensi: dari setiap kompetensi, level tertinggi yang "
            f"butir-butirnya, seperti butir semua level di bawahnya, mempunyai rata-rata paling sedikit {SHOWS_FROM} "
            f"dari 100, dengan paling sedikit {FEWEST_ITEMS} jawaban pada setiap level. Ini bukan hasil penilaian "
            "kompetensi, hanya dihitung untuk pembacanya, dan tidak disimpan."
        )
        required = f"Level yang dipersyaratkan menurut jenis jabatan: {levels}."
    return (shown, required) if levels else (shown,)
