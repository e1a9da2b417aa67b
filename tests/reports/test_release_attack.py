"""Attack a whole release as it would be stored: every kind of figure of random agencies, all of them together.

The attacker of ``test_disclosure_attack`` gets, for each variable, every sum over people that the rows of the release
hold: totals, percent positive, people by band, the two demographics, staff and management. Atoms are the people of one
unit in one cell of job x employment, or on one side.
"""

import random
from dataclasses import dataclass

import numpy as np

from reports.aggregation import Aggregates, Sums
from reports.detail_figures import DetailKind, detail_rows
from reports.disclosure import DISTRIBUTION_THRESHOLD, SplitCount, publishable_split
from reports.layout import (
    CLIMATE,
    CROSSED,
    DIMENSION,
    JUDGEMENT,
    EmploymentGroup,
    ItemColumn,
    JobGroup,
    Layout,
    Side,
    Statistic,
)
from reports.patterns import find_patterns
from reports.unit_trees import UnitPlace, UnitTree
from tests.reports.test_disclosure_attack import MAX_ATOMS, derivable_small_groups

VERSION = 1
LAYOUT = Layout(
    statistics=(
        Statistic(VERSION, "ETOS", DIMENSION, 4),
        Statistic(VERSION, "INTEGRITAS", DIMENSION, 4),
        Statistic(VERSION, "IKLIM", CLIMATE, 4),
        Statistic(VERSION, "NALAR", JUDGEMENT, 3),
    ),
    items=(ItemColumn(VERSION, "A1"), ItemColumn(VERSION, "A2")),
    versions=(VERSION,),
)
JOBS, EMPLOYMENTS = tuple(JobGroup), tuple(EmploymentGroup)


@dataclass
class Office:
    """A random agency: per variable the people directly in each unit by cell (job x employment, or side)."""

    tree: UnitTree
    crossed: dict[str, np.ndarray]
    sides: dict[str, np.ndarray]
    answered: dict[str, np.ndarray]

    def rolled(self, direct):
        return self.tree.roll_up(np.asarray(direct))

    def numbers(self) -> Aggregates:
        sums = Sums.empty(len(self.tree), LAYOUT)
        for column, statistic in enumerate(LAYOUT.statistics):
            cells = self.crossed.get(statistic.scale_code, self.sides.get(statistic.scale_code))
            sums.count[:, column] = self.rolled(cells.sum(axis=1))
            # Nobody differs from anybody: what is at stake is who is counted, not what they said.
            sums.banded[:, column, 0] = sums.count[:, column]
            if statistic.kind == DIMENSION:
                sums.crossed_count[:, :, column] = self.rolled(cells)
            elif statistic.kind == CLIMATE:
                sums.side_count[:, :, column] = self.rolled(cells)
        for column, item in enumerate(LAYOUT.items):
            sums.answered[:, column] = self.rolled(self.answered[item.code])
        sums.sent[:, 0] = self.rolled(self.crossed["all"].sum(axis=1))
        return Aggregates(
            invited=sums.sent[:, 0],
            respondents=self.rolled(self.crossed["all"].sum(axis=1)),
            crossed_respondents=self.rolled(self.crossed["all"]),
            side_respondents=self.rolled(self.sides["all"]),
            sums=sums,
        )

    def below(self, unit):
        """The unit and everything below it, by index."""
        inside = {unit}
        for other in range(unit + 1, len(self.tree)):
            if self.tree.parents[other] in inside:
                inside.add(other)
        return inside

    def sum_row(self, unit, cells, width):
        """A published sum as a 0/1 row over the atoms: some cells of a unit and everything below it."""
        inside = self.below(unit)
        return [int(u in inside and cell in cells) for u in range(len(self.tree)) for cell in range(width)]


def random_office(rng, *, units, crossed_cells):
    reach = rng.choice([1, 3, units])
    parents = [-1] + [rng.randrange(max(0, unit - reach), unit) for unit in range(1, units)]
    places = tuple(UnitPlace(unit + 1, f"U{unit:02d}", f"{unit:04d}/") for unit in range(units))
    inhabited = rng.sample(range(len(CROSSED)), crossed_cells)
    empty = rng.choice([0.1, 0.3, 0.5])

    def people():
        if rng.random() < empty:
            return 0
        return rng.choice((rng.randint(1, 9), rng.randint(10, 14), rng.randint(10, 40)))

    everybody = np.zeros((units, len(CROSSED)), dtype=int)
    for unit in range(units):
        everybody[unit, inhabited] = [people() for _ in inhabited]
    management = np.array([[rng.randint(0, n) if rng.random() < 0.7 else 0] for n in everybody.sum(axis=1)])
    sides = np.hstack([everybody.sum(axis=1)[:, None] - management, management])

    def fewer(table):
        """Not everybody has a value of everything."""
        return np.maximum(
            0, table - np.array([[rng.choice([0, 0, 0, 0, 1, 30]) for _ in row] for row in table])
        )

    return Office(
        tree=UnitTree(places, tuple(parents)),
        crossed={
            "all": everybody,
            "ETOS": fewer(everybody),
            "INTEGRITAS": everybody,
            "NALAR": fewer(everybody),
        },
        sides={"all": sides, "IKLIM": fewer(sides)},
        answered={item.code: fewer(everybody.sum(axis=1)[:, None])[:, 0] for item in LAYOUT.items},
    )


SHAPES = [(2, 6), (3, 5), (4, 4), (5, 3), (8, 2)]  # units, inhabited cells of job x employment


def offices(count, seed):
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")
        units, cells = SHAPES[number % len(SHAPES)]
        assert units * cells <= MAX_ATOMS
        yield random_office(rng, units=rng.randint(1, units), crossed_cells=cells), rng


def released(office, threshold=10):
    """(patterns, {(kind, unit): figures}) of the office's release."""
    numbers = office.numbers()
    patterns = find_patterns(office.tree, LAYOUT, numbers, threshold)
    rows = detail_rows(office.tree, LAYOUT, numbers, patterns)
    return patterns, {(row.kind, row.unit): row.figures for row in rows}


ALL_CELLS = range(len(CROSSED))
CELLS_OF = {
    DetailKind.JOB: [{c for c in ALL_CELLS if c // len(EMPLOYMENTS) == job} for job in range(len(JOBS))],
    DetailKind.EMPLOYMENT: [
        {c for c in ALL_CELLS if c % len(EMPLOYMENTS) == e} for e in range(len(EMPLOYMENTS))
    ],
}


def test_no_small_group_can_be_derived_from_totals_and_both_demographics_together():
    both = single = 0
    for office, rng in offices(5_000, seed=11):
        patterns, rows = released(office)
        for code in ("ETOS", "INTEGRITAS"):
            people = office.crossed[code].ravel().tolist()
            totals = office.rolled(office.crossed[code].sum(axis=1))
            sums = [
                office.sum_row(unit, ALL_CELLS, len(CROSSED))
                for unit in np.flatnonzero(patterns.totals)
                if totals[unit]
            ]
            for (kind, unit), figures in rows.items():
                for cells, group in zip(CELLS_OF.get(kind, ()), figures.get(code, ()), strict=False):
                    if group:
                        sums.append(office.sum_row(unit, cells, len(CROSSED)))
            assert derivable_small_groups(people, sums, rng) == [], (office, code)
        both += len(patterns.splits) == 2
        single += len(patterns.splits) == 1
    assert both > 300  # the attack had something to work with
    assert single > 300


def test_no_small_group_can_be_derived_from_situational_judgement():
    told = 0
    for office, rng in offices(2_000, seed=17):
        patterns, rows = released(office)
        assert not any("NALAR" in f for (kind, _unit), f in rows.items() if kind in CELLS_OF)
        people = office.crossed["NALAR"].sum(axis=1)
        totals = office.rolled(people)
        units = [unit for unit in np.flatnonzero(patterns.totals) if totals[unit]]
        told += len(units)
        sums = [office.sum_row(unit, {0}, 1) for unit in units]
        assert derivable_small_groups(people.tolist(), sums, rng) == [], office
    assert told > 1_000


def test_no_small_group_can_be_derived_from_staff_and_management():
    told = 0
    for office, rng in offices(2_000, seed=12):
        patterns, rows = released(office)
        people = office.sides["IKLIM"].ravel().tolist()
        totals = office.rolled(office.sides["IKLIM"].sum(axis=1))
        sums = [
            office.sum_row(unit, {0, 1}, len(Side))
            for unit in np.flatnonzero(patterns.totals)
            if totals[unit]
        ]
        for (kind, unit), figures in rows.items():
            if kind == DetailKind.SIDES and "IKLIM" in figures:
                told += 1
                sums += [office.sum_row(unit, {side}, len(Side)) for side in range(len(Side))]
        assert derivable_small_groups(people, sums, rng) == [], office
    assert told > 300


def test_no_small_group_can_be_derived_from_items_each_with_its_own_pattern():
    told = 0
    for office, rng in offices(2_000, seed=13):
        _patterns, rows = released(office)
        for item in LAYOUT.items:
            people = office.answered[item.code].tolist()
            units = [unit for (kind, unit), f in rows.items() if kind == DetailKind.ITEMS and item.code in f]
            told += len(units)
            sums = [office.sum_row(unit, {0}, 1) for unit in units]
            assert derivable_small_groups(people, sums, rng) == [], (office, item)
    assert told > 3_000


def test_no_group_of_fewer_than_thirty_can_be_derived_from_what_tells_a_spread():
    told = 0
    for office, rng in offices(2_000, seed=14):
        _patterns, rows = released(office)
        for kind, key, direct in (
            (DetailKind.BANDS, "ETOS", office.crossed["ETOS"]),
            (DetailKind.QUALITY, "sent", office.crossed["all"]),
        ):
            people = direct.sum(axis=1).tolist()
            units = [unit for (one, unit), figures in rows.items() if one == kind and key in figures]
            told += len(units)
            sums = [office.sum_row(unit, {0}, 1) for unit in units]
            assert derivable_small_groups(people, sums, rng, threshold=DISTRIBUTION_THRESHOLD) == [], office
    assert told > 1_000


def test_what_is_not_shown_in_totals_has_no_row_of_any_kind():
    for office, _rng in offices(500, seed=15):
        patterns, rows = released(office)
        assert {unit for _kind, unit in rows} <= set(np.flatnonzero(patterns.totals).tolist())


def test_two_demographics_with_patterns_of_their_own_are_broken():
    # The weaker rule: each margin is safe by itself. Together they give small groups away.
    broken = 0
    for office, rng in offices(1_000, seed=16):
        numbers = office.numbers()
        published = {
            office.tree.places[unit].code
            for unit in np.flatnonzero(find_patterns(office.tree, LAYOUT, numbers, 10).totals)
        }
        direct = office.crossed["INTEGRITAS"]
        sums = [
            office.sum_row(unit, ALL_CELLS, len(CROSSED))
            for unit, place in enumerate(office.tree.places)
            if place.code in published
        ]
        for margin in CELLS_OF.values():
            table = office.rolled(
                np.stack([direct[:, sorted(cells)].sum(axis=1) for cells in margin], axis=1)
            )
            units = {
                place.code: SplitCount(
                    office.tree.parent_code(unit),
                    int(table[unit].sum()),
                    {str(category): int(n) for category, n in enumerate(table[unit])},
                )
                for unit, place in enumerate(office.tree.places)
            }
            for code in publishable_split(units=units, published=published & units.keys()).shown:
                unit = next(u for u, place in enumerate(office.tree.places) if place.code == code)
                sums += [office.sum_row(unit, cells, len(CROSSED)) for cells in margin]
        broken += bool(derivable_small_groups(direct.ravel().tolist(), sums, rng))
    assert broken > 20
