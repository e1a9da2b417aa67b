"""The unit tree of one agency as one campaign saw it, and rolling counts up in it. Pure; knows no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from agencies import tree


@dataclass(frozen=True)
class UnitPlace:
    """A unit and where it stood: its id, its code and its path in the campaign."""

    id: int
    code: str
    path: str


@dataclass(frozen=True, eq=False)
class UnitTree:
    """Units in the order of their paths (parents before children), each with the index of its parent, -1 for a root."""

    places: tuple[UnitPlace, ...]
    parents: tuple[int, ...]

    @cached_property
    def index_of(self) -> Mapping[int, int]:
        """Unit id to index."""
        return {place.id: index for index, place in enumerate(self.places)}

    def __len__(self) -> int:
        return len(self.places)

    def parent_code(self, index: int) -> str | None:
        parent = self.parents[index]
        return None if parent < 0 else self.places[parent].code

    def roll_up(self, direct: np.ndarray) -> np.ndarray:
        """Values of the people directly in each unit (first axis) as sums over each unit with everything below it."""
        total = direct.copy()
        for index in range(len(self.places) - 1, -1, -1):
            if self.parents[index] >= 0:
                total[self.parents[index]] += total[index]
        return total


def build_tree(units: Iterable[tuple[int, str, str]], assigned_paths: Mapping[int, str]) -> UnitTree:
    """The tree as it was when people were asked.

    A unit that has moved since stands where it stood; a unit in which nobody was asked stands where it is now. The
    parent of a unit is the nearest unit above it on its path, so a gap left by a reorganisation loses nobody.

    Args:
        units: (id, code, present path) of every unit of the agency.
        assigned_paths: unit id to the path that was copied when its people were asked.
    """
    places = [UnitPlace(id, code, assigned_paths.get(id, path)) for id, code, path in units]
    places.sort(key=lambda place: (place.path, place.id))
    first_at: dict[str, int] = {}
    parents = []
    for index, place in enumerate(places):
        above = reversed(tree.ancestor_paths(place.path)[:-1])
        parents.append(next((first_at[path] for path in above if path in first_at), -1))
        first_at.setdefault(place.path, index)
    return UnitTree(tuple(places), tuple(parents))


def nearest_below(paths: Iterable[str], path: str) -> dict[str, bool]:
    """Of the given paths those directly below a path, in tree order, each with whether it has some of its own below it.

    Directly means that no other given path lies between.
    """
    nearest: dict[str, bool] = {}
    latest = None
    for candidate in sorted({other for other in paths if other != path and tree.is_within(other, path)}):
        if latest is not None and tree.is_within(candidate, latest):
            nearest[latest] = True
        else:
            latest = candidate
            nearest[latest] = False
    return nearest
