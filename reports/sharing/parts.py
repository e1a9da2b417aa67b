"""What can be shared of a report, and for how long. Pure; no Django."""

from dataclasses import dataclass
from enum import StrEnum

# A quarter of a year: long enough for a series of talks, short enough that nobody forgets it is there.
LONGEST_DAYS = 90
USUAL_DAYS = 30
LONGEST_NOTE = 500  # characters; a few sentences to the recipient


class Part(StrEnum):
    """The parts of a report that its owner may share; a dimension is shared by itself."""

    DIMENSION = "dimension"
    AREAS = "areas"
    JUDGEMENT = "judgement"
    ANSWERS = "answers"
    PLAN = "plan"


@dataclass(frozen=True)
class Choice:
    """What is shared: ``dimensions`` by their scale codes, and which of the other parts.

    ``ANSWERS`` are those to the items of what else is shared, never of anything more.
    """

    dimensions: frozenset[str] = frozenset()
    parts: frozenset[Part] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.dimensions and not self.parts

    @property
    def has_answers_of_something(self) -> bool:
        return bool(self.dimensions) or Part.JUDGEMENT in self.parts

    def has(self, part: Part) -> bool:
        return part in self.parts
