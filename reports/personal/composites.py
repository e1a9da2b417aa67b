"""Composites in the personal report: after their dimensions, in words, never first, without a band."""

from dataclasses import dataclass
from fractions import Fraction

from scoring.scales import composite_weights


@dataclass(frozen=True)
class CompositePart:
    """A dimension of a composite: its name, its displayed score, and its share of the weights in per cent."""

    name: str
    display: int
    share: Fraction


@dataclass(frozen=True)
class CompositeLine:
    """One composite; without a score ``missing`` names the dimensions that it waits for."""

    name: str
    display: int | None
    parts: tuple[CompositePart, ...]
    missing: tuple[str, ...]

    @property
    def is_weighted(self) -> bool:
        return len({part.share for part in self.parts}) > 1


def composite_lines(rule, table, results, names) -> tuple[CompositeLine, ...]:
    """The composites of the only person of a score table.

    Args:
        results: of the same person, by scale code.
        names: a function that says a text in the reader's language, and the scale names by code.
    """
    say, scale_names = names
    found = table.composites(0)
    return tuple(
        _line(composite, found[composite.code], results, say, scale_names) for composite in rule.composites
    )


def _line(composite, result, results, say, scale_names):
    name = say(composite.name)
    # A scale too unreliable to be shown is not in the results, and no composite may give it away.
    hidden = [part.scale for part in composite.parts if part.scale not in results]
    if result.score is None or hidden:
        waits_for = dict.fromkeys([*result.missing, *hidden])
        return CompositeLine(name, None, (), tuple(scale_names[code] for code in waits_for))
    weights = composite_weights(len(composite.parts), [part.weight for part in composite.parts])
    parts = tuple(
        CompositePart(scale_names[part.scale], results[part.scale].display, 100 * share)
        for part, share in zip(composite.parts, weights, strict=True)
        if share
    )
    return CompositeLine(name, result.display, parts, ())
