"""What is written down about a sample before anything is computed from it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

INCLUSION = (
    "Terkirim dalam periode ini, mutu jawaban tidak “rendah”, satu pengisian setiap orang (yang terakhir)."
)


@dataclass(frozen=True)
class SampleFacts:
    """Whose answers: ``people`` included, ``left_out`` for the quality of their answers.

    ``contributors``: included people by code of their agency, or of their unit where few agencies take part.
    """

    version_id: int
    rule_id: int
    campaign_code: str
    population: str
    first_day: date
    last_day: date
    people: int
    left_out: int
    contributors: Mapping[str, int]
    quality_version: str
