"""The personal report: one person's own mirror, built from the stored score sheet and the person's answers."""

from reports.personal.building import personal_report
from reports.personal.values import (
    Calculation,
    Contrast,
    Crosswalk,
    Dimension,
    Growth,
    Head,
    ItemLine,
    PersonalReport,
    Strength,
)

__all__ = [
    "Calculation",
    "Contrast",
    "Crosswalk",
    "Dimension",
    "Growth",
    "Head",
    "ItemLine",
    "PersonalReport",
    "Strength",
    "personal_report",
]
