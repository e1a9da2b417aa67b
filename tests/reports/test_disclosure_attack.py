"""Attack what disclosure control publishes, and find no group of 1 to 9 people.

The attacker knows nothing about the rules. He gets the published sums over *atoms* (the people placed directly in
one unit, in one category), forgets the atoms nobody is in (he knows structural zeros), and does linear algebra in
exact integers: a group can be derived if and only if its indicator is a combination of published sums, that is if
it is orthogonal to everything that all published sums are orthogonal to. He tries every group of fewer than ten.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import gcd, lcm

import numpy as np

from reports.disclosure import THRESHOLD, SplitCount, UnitCount, publishable_split, publishable_totals

MAX_ATOMS = 16
PRIME = 2_147_483_647

Row = list[int]


# --- The attacker ---


def reduced_rows(rows: Iterable[Sequence[int]]) -> list[tuple[int, Row]]:
    """(pivot column, row): an integer reduced echelon form; each pivot column is zero in every other row."""
    done: list[tuple[int, Row]] = []
    for given in rows:
        row = list(given)
        for pivot, other in done:
            if row[pivot]:
                row = eliminated(row, other, pivot)
        pivot = next((column for column, number in enumerate(row) if number), None)
        if pivot is not None:
            done = [(p, eliminated(other, row, pivot) if other[pivot] else other) for p, other in done]
            done.append((pivot, row))
    return done


def eliminated(row: Row, other: Row, pivot: int) -> Row:
    """A multiple of `row` with as much of `other` taken away as makes the pivot column zero."""
    combined = [a * other[pivot] - b * row[pivot] for a, b in zip(row, other, strict=True)]
    divisor = gcd(*combined) or 1
    return [number // divisor for number in combined]


def null_space(rows: Iterable[Sequence[int]], width: int) -> list[Row]:
    """An integer basis of all vectors orthogonal to every row."""
    reduced = reduced_rows(rows)
    pivots = {pivot for pivot, _ in reduced}
    scale = lcm(*(row[pivot] for pivot, row in reduced))
    basis = []
    for free in set(range(width)) - pivots:
        vector = [0] * width
        vector[free] = scale
        for pivot, row in reduced:
            vector[pivot] = -row[free] * scale // row[pivot]
        basis.append(vector)
    return basis


def derivable_small_groups(
    people: Sequence[int], sums: Iterable[Sequence[int]], rng: random.Random, *, threshold: int = THRESHOLD
) -> list[set[int]]:
    """Every set of atoms with 1 to ``threshold`` - 1 people whose sum is a combination of the published `sums`.

    `people` is the size of each atom, `sums` the 0/1 rows of what is published. All candidates are tried at once
    against one random combination of the null space modulo a prime (no derivable group can fail that), and the few
    that pass are checked exactly.
    """
    inhabited = [atom for atom, n in enumerate(people) if n]
    basis = null_space([[row[atom] for atom in inhabited] for row in sums], len(inhabited))
    weights = [rng.randrange(1, PRIME) for _ in basis]
    check = [
        sum(w * v[i] for w, v in zip(weights, basis, strict=True)) % PRIME for i in range(len(inhabited))
    ]

    sizes, marks, sets = (np.zeros(1, dtype=np.int64) for _ in range(3))
    for i, atom in enumerate(inhabited):
        room = sizes + people[atom] < threshold
        sizes = np.concatenate((sizes, sizes[room] + people[atom]))
        marks = np.concatenate((marks, (marks[room] + check[i]) % PRIME))
        sets = np.concatenate((sets, sets[room] | 1 << i))

    found = []
    for bits in sets[(marks == 0) & (sizes > 0)].tolist():
        members = [i for i in range(len(inhabited)) if bits >> i & 1]
        if all(sum(vector[i] for i in members) == 0 for vector in basis):
            found.append({inhabited[i] for i in members})
    return found


def rank_without(sums: Iterable[Sequence[int]], atoms: set[int]) -> int:
    return len(reduced_rows([[n for i, n in enumerate(row) if i not in atoms] for row in sums]))


# --- What is published ---


@dataclass
class Office:
    """A random tree with the people placed directly in every unit: direct[code][category], parents first."""

    parents: dict[str, str | None]
    direct: dict[str, Row]
    switched_off: frozenset[str] = frozenset()

    def atoms(self) -> list[tuple[str, int]]:
        return [(code, c) for code, row in self.direct.items() for c in range(len(row))]

    def people(self) -> Row:
        return [self.direct[code][c] for code, c in self.atoms()]

    def lies_in(self, code: str | None, unit: str) -> bool:
        while code is not None and code != unit:
            code = self.parents[code]
        return code == unit

    def subtree(self, unit: str) -> Row:
        rows = [row for code, row in self.direct.items() if self.lies_in(code, unit)]
        return [sum(column) for column in zip(*rows, strict=True)]

    def sum_row(self, unit: str, category: int | None = None) -> Row:
        """The published sum over a unit (or over one category of it) as a 0/1 row over the atoms."""
        return [int(self.lies_in(code, unit) and category in (None, c)) for code, c in self.atoms()]

    def sums(self, published: Iterable[str], shown: Iterable[str] = ()) -> list[Row]:
        width = len(next(iter(self.direct.values())))
        split = [self.sum_row(unit, c) for unit in sorted(shown) for c in range(width)]
        return [self.sum_row(unit) for unit in sorted(published)] + split

    def unit_counts(self) -> dict[str, UnitCount]:
        return {
            code: UnitCount(parent, sum(self.subtree(code)), publishable=code not in self.switched_off)
            for code, parent in self.parents.items()
        }

    def split_counts(self) -> dict[str, SplitCount]:
        rows = {code: self.subtree(code) for code in self.parents}
        return {
            code: SplitCount(parent, sum(rows[code]), {f"c{i}": n for i, n in enumerate(rows[code])})
            for code, parent in self.parents.items()
        }


def random_office(rng: random.Random, *, units: int, categories: int) -> Office:
    codes = [f"U{i:02d}" for i in range(units)]
    rng.shuffle(codes)
    reach = rng.choice([1, 3, units])  # 1: a chain, 3: deep, all: bushy
    parents: dict[str, str | None] = {codes[0]: None}
    for i in range(1, units):
        parents[codes[i]] = None if rng.random() < 0.03 else codes[rng.randrange(max(0, i - reach), i)]
    zero = rng.choice([0.1, 0.3, 0.5])

    def people() -> int:
        return (
            0
            if rng.random() < zero
            else rng.choice((rng.randint(1, 9), rng.randint(1, 9), rng.randint(10, 30)))
        )

    direct = {code: [people() for _ in range(categories)] for code in codes}
    return Office(parents, direct, frozenset(code for code in codes if rng.random() < 0.04))


def offices(
    count: int, seed: int, shapes: Sequence[tuple[int, int]]
) -> Iterable[tuple[Office, random.Random]]:
    """Random offices; `shapes` are (largest number of units, categories) with at most MAX_ATOMS atoms."""
    for i in range(count):
        rng = random.Random(f"{seed}-{i}")
        most, categories = shapes[i % len(shapes)]
        assert most * categories <= MAX_ATOMS
        yield random_office(rng, units=rng.randint(2, most), categories=categories), rng


# --- The attacks ---

ONLY_TOTALS = [(16, 1)]
WITH_SPLIT = [(8, 2), (5, 3), (4, 4), (3, 5), (2, 6)]


def test_the_attacker_finds_what_is_there_to_find():
    # atoms of 4, 6 and 20 people; published: all (30) and the last two (26): the first 4 are the difference
    assert derivable_small_groups([4, 6, 20], [[1, 1, 1], [0, 1, 1]], random.Random(1)) == [{0}]
    # halves count too: (x0 + x1) + (x0 + x2) - (x1 + x2) = 2 x0
    sums = [[1, 1, 0], [1, 0, 1], [0, 1, 1]]
    assert derivable_small_groups([4, 20, 20], sums, random.Random(1)) == [{0}]
    # an empty atom hides nobody: x0 + x1 with nobody in x1 is x0
    assert derivable_small_groups([4, 0, 20], [[1, 1, 0]], random.Random(1)) == [{0}]
    # one sum of two small atoms is safe as soon as they are ten together
    assert derivable_small_groups([4, 6, 20], [[1, 1, 0]], random.Random(1)) == []


def test_no_small_group_can_be_derived_from_totals():
    published_units = 0
    for office, rng in offices(4_000, seed=1, shapes=ONLY_TOTALS):
        published = publishable_totals(units=office.unit_counts()).published
        published_units += len(published)

        assert derivable_small_groups(office.people(), office.sums(published), rng) == [], office

    assert published_units > 8_000  # the attack had something to work with


def test_no_small_group_can_be_derived_from_totals_of_any_statistic():
    for office, rng in offices(1_000, seed=2, shapes=ONLY_TOTALS):
        answered = {
            statistic: Office(
                office.parents,
                {code: [max(0, n - rng.choice([0, 0, 1, 30]))] for code, [n] in office.direct.items()},
            )
            for statistic in ("ethos", "integrity")
        }
        units = {
            code: UnitCount(
                unit.parent,
                unit.n,
                unit.publishable,
                {statistic: sum(table.subtree(code)) for statistic, table in answered.items()},
            )
            for code, unit in office.unit_counts().items()
        }
        published = publishable_totals(units=units).published

        for table in (office, *answered.values()):
            assert derivable_small_groups(table.people(), table.sums(published), rng) == [], office


def test_no_small_group_can_be_derived_from_totals_and_a_split_together():
    shown_splits = below_the_top = 0
    for office, rng in offices(6_000, seed=3, shapes=WITH_SPLIT):
        published = publishable_totals(units=office.unit_counts()).published
        shown = publishable_split(units=office.split_counts(), published=published).shown
        shown_splits += len(shown)
        below_the_top += sum(office.parents[code] is not None for code in shown)

        assert derivable_small_groups(office.people(), office.sums(published, shown), rng) == [], office

    assert shown_splits > 2_000  # the attack had something to work with
    assert below_the_top > 500


def test_no_small_group_can_be_derived_from_a_split_of_any_statistic():
    for office, rng in offices(1_000, seed=4, shapes=WITH_SPLIT):
        fewer = {
            code: [max(0, n - rng.choice([0, 0, 0, 1, 30])) for n in row]
            for code, row in office.direct.items()
        }
        answered = Office(office.parents, fewer)
        units = {
            code: UnitCount(unit.parent, unit.n, unit.publishable, {"ethos": sum(answered.subtree(code))})
            for code, unit in office.unit_counts().items()
        }
        splits = {
            code: SplitCount(
                unit.parent,
                unit.n,
                unit.by_category,
                {"ethos": {f"c{i}": n for i, n in enumerate(answered.subtree(code))}},
            )
            for code, unit in office.split_counts().items()
        }
        published = publishable_totals(units=units).published
        shown = publishable_split(units=splits, published=published).shown

        for table in (office, answered):
            assert derivable_small_groups(table.people(), table.sums(published, shown), rng) == [], office


def test_not_even_a_weighted_sum_of_fewer_than_ten_people_can_be_derived_from_totals():
    # Some combination of the rows lives on a set of atoms only if leaving those atoms out lowers the rank.
    for office, _ in offices(300, seed=5, shapes=[(7, 1)]):
        published = publishable_totals(units=office.unit_counts()).published
        people, sums = office.people(), office.sums(published)
        empty = {atom for atom, n in enumerate(people) if n == 0}
        inhabited = set(range(len(people))) - empty
        rank = rank_without(sums, empty)
        for size in range(1, len(inhabited) + 1):
            for group in combinations(inhabited, size):
                if sum(people[atom] for atom in group) < THRESHOLD:
                    assert rank_without(sums, empty | set(group)) == rank, (office, group)


# --- Weaker rules fall ---


def test_hiding_only_small_units_is_broken():
    broken = 0
    for office, rng in offices(500, seed=6, shapes=ONLY_TOTALS):
        large = [code for code, unit in office.unit_counts().items() if unit.n >= THRESHOLD]
        broken += bool(derivable_small_groups(office.people(), office.sums(large), rng))

    assert broken > 250  # more than half


def test_hiding_only_small_categories_is_broken():
    broken = 0
    for office, rng in offices(500, seed=7, shapes=WITH_SPLIT):
        published = publishable_totals(units=office.unit_counts()).published
        large = [code for code in published if all(n == 0 or n >= THRESHOLD for n in office.subtree(code))]
        broken += bool(derivable_small_groups(office.people(), office.sums(published, large), rng))

    assert broken > 50


def test_looking_at_each_category_as_a_table_of_its_own_is_broken():
    # Each category alone: hide splits until every residual of every category is 0 or at least ten.
    broken = 0
    for office, rng in offices(2_000, seed=3, shapes=WITH_SPLIT):
        published = publishable_totals(units=office.unit_counts()).published
        shown = {code for code in published if all(n == 0 or n >= THRESHOLD for n in office.subtree(code))}
        while True:
            residuals = {
                (unit, c): office.subtree(unit)[c]
                - sum(office.subtree(d)[c] for d in nearest_below(office, unit, shown))
                for unit in shown
                for c in range(len(office.direct[unit]))
            }
            violating = sorted(unit for (unit, _), n in residuals.items() if 0 < n < THRESHOLD)
            if not violating:
                break
            below = nearest_below(office, violating[-1], shown)
            shown.remove(min(below, default=violating[-1]))
        broken += bool(derivable_small_groups(office.people(), office.sums(published, shown), rng))

    assert broken > 20


def nearest_below(office: Office, unit: str, chosen: Iterable[str]) -> list[str]:
    below = [code for code in chosen if code != unit and office.lies_in(code, unit)]
    return [code for code in below if not any(d != code and office.lies_in(code, d) for d in below)]


def test_a_known_limit_the_difference_of_two_small_cells_of_a_hidden_split_can_be_derived():
    # The rule guards groups, as agreed. A: 4 women, 30 men; B: 30 women, 3 men; only R shows its split.
    office = Office({"R": None, "A": "R", "B": "R"}, {"R": [0, 0], "A": [4, 30], "B": [30, 3]})
    published = publishable_totals(units=office.unit_counts()).published
    shown = publishable_split(units=office.split_counts(), published=published).shown
    assert (published, shown) == ({"R", "A", "B"}, {"R"})

    total_of_a, men_of_r = office.sum_row("A"), office.sum_row("R", category=1)
    difference = [a - b for a, b in zip(total_of_a, men_of_r, strict=True)]
    # A minus the men of R = 4 women of A minus 3 men of B: a difference of seven people, but no group of them
    inhabited = {atom: d for atom, d, n in zip(office.atoms(), difference, office.people(), strict=True) if n}
    assert inhabited == {("A", 0): 1, ("A", 1): 0, ("B", 0): 0, ("B", 1): -1}
    assert derivable_small_groups(office.people(), office.sums(published, shown), random.Random(1)) == []
