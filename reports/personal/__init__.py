"""The personal report: one person's own mirror, built from the stored score sheet and the person's answers."""

from reports.personal.building import personal_report
from reports.personal.values import (
    ActionLine,
    Calculation,
    ClimateLine,
    Contrast,
    Crosswalk,
    Dimension,
    Growth,
    Head,
    ItemLine,
    Judgement,
    OwnAnswer,
    PersonalReport,
    Preference,
    Strength,
    VignetteLine,
)

__all__ = [
    "ActionLine",
    "Calculation",
    "ClimateLine",
    "Contrast",
    "Crosswalk",
    "Dimension",
    "Growth",
    "Head",
    "ItemLine",
    "Judgement",
    "OwnAnswer",
    "PersonalReport",
    "Preference",
    "Strength",
    "VignetteLine",
    "personal_report",
]
