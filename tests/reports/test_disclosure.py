"""Disclosure control: the reference cases, the rule as a naive loop, bad input, speed."""

import json
import random
import time
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure import (
    THRESHOLD,
    SplitCount,
    UnitCount,
    publishable_split,
    publishable_totals,
)

REFERENCE = Path(__file__).parent.parent / "reference"
SUPPRESSION = json.loads((REFERENCE / "suppression_cases.json").read_text(encoding="utf-8"))
TREE_CASES = SUPPRESSION["cases"]
SPLIT_CASES = {name: case for name, case in TREE_CASES.items() if case["categories"]}


# --- The naive loops: the rule word for word, everything recomputed in every round --------------------------


def chain_upwards(parents, code):
    """The unit itself, its parent, ... up to its root."""
    chain = []
    while code is not None:
        chain.append(code)
        code = parents[code]
    return chain


def nearest_above(parents, code, chosen):
    return next((unit for unit in chain_upwards(parents, code)[1:] if unit in chosen), None)


def is_small(n, threshold=THRESHOLD):
    return 0 < n < threshold


def naive_totals(units, threshold=THRESHOLD):
    parents = {code: unit.parent for code, unit in units.items()}
    tables = {code: {"(all)": unit.n, **(unit.n_by_statistic or {})} for code, unit in units.items()}
    reasons = {}
    for code, unit in units.items():
        if not unit.publishable:
            reasons[code] = "not_publishable"
        elif unit.n == 0:
            reasons[code] = "empty"
        elif any(is_small(n, threshold) for n in tables[code].values()):
            reasons[code] = "primary"
    while True:
        published = units.keys() - reasons.keys()
        maxpub = {u: [c for c in published if nearest_above(parents, c, published) == u] for u in published}
        violating = [
            u
            for u in published
            for statistic in tables[u]
            if is_small(tables[u][statistic] - sum(tables[c][statistic] for c in maxpub[u]), threshold)
        ]
        if not violating:
            return published, reasons
        deepest = min(violating, key=lambda u: (-len(chain_upwards(parents, u)), u))
        reasons[min(maxpub[deepest], key=lambda c: (units[c].n, c))] = "complementary"


def naive_split(units, published, threshold=THRESHOLD):
    parents = {code: unit.parent for code, unit in units.items()}
    tables = {code: {"(all)": unit.by_category, **(unit.by_statistic or {})} for code, unit in units.items()}
    categories = sorted({c for unit in units.values() for c in unit.by_category})
    statistics = next(iter(tables.values())).keys()
    subsets = [set(a) for size in range(1, len(categories)) for a in combinations(categories, size)]

    def group(u, statistic):
        below = [c for c in published if nearest_above(parents, c, published) == u]
        return {c: tables[u][statistic][c] - sum(tables[b][statistic][c] for b in below) for c in categories}

    groups = {u: {statistic: group(u, statistic) for statistic in statistics} for u in published}
    reasons = {}
    for code in units:
        if code not in published:
            reasons[code] = "total_suppressed"
        elif any(is_small(n, threshold) for table in tables[code].values() for n in table.values()):
            reasons[code] = "split_primary"

    def violates(rows):
        for statistic in statistics:
            for subset in subsets:
                margin = 0
                for row in rows:
                    if any(n for c, n in row[statistic].items() if c not in subset):
                        margin += sum(row[statistic][c] for c in subset)
                if is_small(margin, threshold):
                    return True
        return False

    while True:
        shown = units.keys() - reasons.keys()
        owner = {u: u if u in shown else nearest_above(parents, u, shown) for u in published}
        violating = [h for h in shown if violates([groups[u] for u in published if owner[u] == h])]
        if not violating:
            return shown, reasons
        deepest = min(violating, key=lambda u: (-len(chain_upwards(parents, u)), u))
        below = [u for u in shown if nearest_above(parents, u, shown) == deepest]
        reasons[min(below, key=lambda u: (units[u].n, u), default=deepest)] = "split_complementary"


# --- Random trees -------------------------------------------------------------------------------------------

PEOPLE = st.sampled_from([0, 0, 1, 2, 3, 4, 6, 9, 10, 11, 15, 30])  # staff placed directly in a unit


@st.composite
def shapes(draw, largest):
    """{code: parent}, several roots possible; codes say nothing about the place in the tree."""
    size = draw(st.integers(1, largest))
    codes = draw(st.permutations([f"U{i:02d}" for i in range(size)]))
    shape = {codes[0]: None}
    for i in range(1, size):
        above = draw(st.integers(-1 if draw(st.integers(0, 9)) == 0 else 0, i - 1))
        shape[codes[i]] = None if above < 0 else codes[above]
    return shape


def rolled_up(shape, direct):
    """Counts with the whole subtree from counts of direct staff; both {code: [numbers]}, parents come first."""
    totals = {code: list(row) for code, row in direct.items()}
    for code in reversed(list(shape)):
        if shape[code] is not None:
            totals[shape[code]] = [a + b for a, b in zip(totals[shape[code]], totals[code], strict=True)]
    return totals


@st.composite
def total_trees(draw):
    shape = draw(shapes(14))
    statistics = [f"s{i}" for i in range(draw(st.integers(0, 3)))]
    direct = {}
    for code in shape:
        n = draw(PEOPLE)
        direct[code] = [n, *(max(0, n - draw(st.sampled_from([0, 0, 0, 1, 5, 30]))) for _ in statistics)]
    totals = rolled_up(shape, direct)
    return {
        code: UnitCount(
            parent=shape[code],
            n=totals[code][0],
            publishable=draw(st.integers(0, 9)) > 0,
            n_by_statistic=dict(zip(statistics, totals[code][1:], strict=True)),
        )
        for code in shape
    }


@st.composite
def split_trees(draw):
    shape = draw(shapes(9))
    categories = "abcdef"[: draw(st.sampled_from([2, 2, 3, 3, 4, 6]))]
    has_statistic = draw(st.booleans())
    direct = {}
    for code in shape:
        row = [draw(PEOPLE) for _ in categories]
        fewer = [max(0, n - draw(st.sampled_from([0, 0, 1, 30]))) for n in row]
        direct[code] = row + (fewer if has_statistic else [])
    totals = rolled_up(shape, direct)
    width = len(categories)
    return {
        code: SplitCount(
            parent=shape[code],
            n=sum(totals[code][:width]),
            by_category=dict(zip(categories, totals[code], strict=False)),
            by_statistic={"s": dict(zip(categories, totals[code][width:], strict=True))}
            if has_statistic
            else None,
        )
        for code in shape
    }


def totals_of(units):
    return {
        code: UnitCount(
            parent=unit.parent,
            n=unit.n,
            n_by_statistic={name: sum(table.values()) for name, table in (unit.by_statistic or {}).items()},
        )
        for code, unit in units.items()
    }


# --- Totals -------------------------------------------------------------------------------------------------


def units_of_case(case):
    return {
        code: UnitCount(parent=unit["parent"], n=unit["n"], publishable=unit.get("publishable", True))
        for code, unit in case["units"].items()
    }


@pytest.mark.parametrize("case", TREE_CASES.values(), ids=TREE_CASES.keys())
def test_totals_follow_the_reference(case):
    pattern = publishable_totals(units=units_of_case(case), threshold=SUPPRESSION["threshold"])

    assert pattern.published == set(case["expected_totals_published"])
    assert pattern.reasons == case["expected_totals_suppressed"]


@settings(max_examples=400)
@given(units=total_trees(), threshold=st.sampled_from([10, 10, 10, 30]))
def test_totals_are_those_of_the_naive_loop(units, threshold):
    pattern = publishable_totals(units=units, threshold=threshold)

    assert (pattern.published, pattern.reasons) == naive_totals(units, threshold)


@settings(max_examples=200)
@given(units=total_trees())
def test_every_unit_is_either_published_or_has_a_reason_not_to_be(units):
    pattern = publishable_totals(units=units)

    assert pattern.published | pattern.reasons.keys() == units.keys()
    assert not pattern.published & pattern.reasons.keys()


@settings(max_examples=100)
@given(units=total_trees(), seed=st.integers(0, 9))
def test_the_order_in_which_units_are_given_changes_nothing(units, seed):
    shuffled = list(units.items())
    random.Random(seed).shuffle(shuffled)

    assert publishable_totals(units=dict(shuffled)) == publishable_totals(units=units)


def test_direct_staff_of_a_unit_count_as_one_more_unit_that_is_not_published():
    units = {"R": UnitCount(None, 37), "A": UnitCount("R", 20), "B": UnitCount("R", 12)}

    pattern = publishable_totals(units=units)

    # 37 - 20 - 12 = 5 people placed directly in R: hide the smaller unit, then 37 - 20 = 17
    assert pattern.published == {"R", "A"}
    assert pattern.reasons == {"B": "complementary"}


def test_published_units_below_a_hidden_one_reopen_the_hole_and_are_hidden_too():
    units = {
        "R": UnitCount(None, 104),
        "S": UnitCount("R", 4),
        "X": UnitCount("R", 40),
        "Y": UnitCount("R", 60),
        "X1": UnitCount("X", 25),
        "X2": UnitCount("X", 15),
    }

    pattern = publishable_totals(units=units)

    # 104 - 40 - 60 = 4: hide X; 104 - 60 - 25 - 15 = 4 again: hide X2; 104 - 60 - 25 = 19
    assert pattern.reasons == {"S": "primary", "X": "complementary", "X2": "complementary"}


def test_a_unit_that_is_switched_off_protects_its_siblings_like_direct_staff():
    units = {
        "R": UnitCount(None, 60),
        "A": UnitCount("R", 30, publishable=False),
        "B": UnitCount("R", 30),
    }

    assert publishable_totals(units=units).reasons == {"A": "not_publishable"}  # 60 - 30 = 30


def test_trees_of_a_forest_do_not_touch_each_other():
    units = {
        "R": UnitCount(None, 34),
        "A": UnitCount("R", 30),
        "B": UnitCount("R", 4),
        "Q": UnitCount(None, 24),
        "C": UnitCount("Q", 24),
    }

    assert publishable_totals(units=units).published == {"R", "Q", "C"}


def test_a_unit_is_hidden_when_few_of_it_answered_one_statistic():
    units = {
        "R": UnitCount(None, 90, n_by_statistic={"ethos": 88, "digital": 64}),
        "A": UnitCount("R", 50, n_by_statistic={"ethos": 50, "digital": 60 - 56}),
        "B": UnitCount("R", 40, n_by_statistic={"ethos": 38, "digital": 38}),
    }

    # digital: 4 of A answered; what is left of R beside B is 64 - 38 = 26, so B may stay
    assert publishable_totals(units=units).reasons == {"A": "primary"}


def test_a_statistic_nobody_of_a_unit_answered_does_not_hide_the_unit():
    units = {
        "R": UnitCount(None, 90, n_by_statistic={"ethos": 90, "management": 40}),
        "A": UnitCount("R", 50, n_by_statistic={"ethos": 50, "management": 0}),
        "B": UnitCount("R", 40, n_by_statistic={"ethos": 40, "management": 40}),
    }

    assert publishable_totals(units=units).published == {"R", "A", "B"}


def test_a_small_residual_of_one_statistic_hides_the_unit_with_the_fewest_respondents_of_all():
    units = {
        "R": UnitCount(None, 100, n_by_statistic={"ethos": 83}),
        "A": UnitCount("R", 30, n_by_statistic={"ethos": 30}),
        "B": UnitCount("R", 40, n_by_statistic={"ethos": 20}),
        "C": UnitCount("R", 30, n_by_statistic={"ethos": 30}),
    }

    # respondents: 100 - 30 - 40 - 30 = 0; ethos: 83 - 30 - 20 - 30 = 3, so A goes: smallest n 30, before C
    assert publishable_totals(units=units).reasons == {"A": "complementary"}


def test_no_units_give_an_empty_pattern():
    assert publishable_totals(units={}).published == frozenset()


BAD_TREES = {
    "unknown parent": ({"A": UnitCount("Z", 12)}, "Unit A names Z as its parent"),
    "cycle": (
        {"R": UnitCount(None, 20), "B": UnitCount("A", 12), "A": UnitCount("B", 12), "C": UnitCount("A", 1)},
        "Unit A is its own ancestor",
    ),
    "own parent": ({"A": UnitCount("A", 12)}, "Unit A is its own ancestor"),
    "negative": ({"R": UnitCount(None, 20), "A": UnitCount("R", -1)}, "Unit A has a negative count"),
    "fraction": ({"A": UnitCount(None, 12.5)}, "Unit A has a count that is not a whole number"),
    "child larger": ({"R": UnitCount(None, 20), "A": UnitCount("R", 21)}, "Unit R counts fewer respondents"),
    "children larger together": (
        {"R": UnitCount(None, 20), "A": UnitCount("R", 12), "B": UnitCount("R", 12)},
        "Unit R counts fewer respondents",
    ),
    "statistic of a child larger": (
        {
            "R": UnitCount(None, 20, n_by_statistic={"s": 11}),
            "A": UnitCount("R", 12, n_by_statistic={"s": 12}),
        },
        "Unit R counts fewer respondents",
    ),
    "statistic larger than n": (
        {"A": UnitCount(None, 20, n_by_statistic={"s": 21})},
        "Unit A has a statistic with more people",
    ),
    "statistic missing": (
        {
            "R": UnitCount(None, 20, n_by_statistic={"s": 20}),
            "A": UnitCount("R", 12, n_by_statistic=None),
        },
        "Unit A does not give a count for exactly the same statistics",
    ),
    "other statistic": (
        {
            "R": UnitCount(None, 20, n_by_statistic={"s": 20}),
            "A": UnitCount("R", 12, n_by_statistic={"t": 12}),
        },
        "Unit R does not give a count for exactly the same statistics",
    ),
}


@pytest.mark.parametrize(("units", "sentence"), BAD_TREES.values(), ids=BAD_TREES.keys())
def test_impossible_counts_are_refused_with_a_sentence_that_names_the_unit(units, sentence):
    with pytest.raises(ValueError, match=sentence):
        publishable_totals(units=units)


def test_an_empty_unit_may_leave_its_statistics_out():
    units = {"R": UnitCount(None, 20, n_by_statistic={"s": 20}), "A": UnitCount("R", 0)}

    assert publishable_totals(units=units).reasons == {"A": "empty"}


def test_a_campaign_may_ask_for_larger_groups_but_not_for_smaller_ones():
    units = {"R": UnitCount(None, 60), "A": UnitCount("R", 30), "B": UnitCount("R", 30)}

    assert publishable_totals(units=units, threshold=31).published == {"R"}
    with pytest.raises(ValueError, match="at least 10"):
        publishable_totals(units=units, threshold=9)


# --- Splits -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", SPLIT_CASES.values(), ids=SPLIT_CASES.keys())
def test_splits_follow_the_reference(case):
    units = {code: SplitCount(u["parent"], u["n"], u["cats"]) for code, u in case["units"].items()}
    published = publishable_totals(units=units_of_case(case)).published

    pattern = publishable_split(units=units, published=published, threshold=SUPPRESSION["threshold"])

    assert pattern.shown == set(case["expected_splits_published"])
    assert pattern.reasons == case["expected_splits_suppressed"]


@settings(max_examples=500)
@given(units=split_trees())
def test_splits_are_those_of_the_naive_loop(units):
    published = publishable_totals(units=totals_of(units)).published

    pattern = publishable_split(units=units, published=published)

    assert (pattern.shown, pattern.reasons) == naive_split(units, published)


def test_splits_of_large_random_trees_are_those_of_the_naive_loop():
    for seed in range(12):
        units = random_split_tree(size=60, statistics=1, categories=(2, 3, 4, 5)[seed % 4], seed=seed)
        published = publishable_totals(units=totals_of(units)).published

        pattern = publishable_split(units=units, published=published)

        assert (pattern.shown, pattern.reasons) == naive_split(units, published)


def test_a_split_is_hidden_when_few_of_one_category_answered_one_statistic():
    def count(parent, women, men, women_ethos, men_ethos):
        ethos = {"ethos": {"P": women_ethos, "L": men_ethos}}
        return SplitCount(parent, women + men, {"P": women, "L": men}, ethos)

    units = {
        "R": count(None, 60, 60, 44, 59),
        "A": count("R", 30, 30, 20, 30),
        "B": count("R", 12, 12, 6, 11),
    }

    pattern = publishable_split(units=units, published={"R", "A", "B"})

    # B: 6 women answered ethos. R beside A, women's ethos: 44 - 20 = 24; men's: 59 - 30 = 29.
    assert pattern.reasons == {"B": "split_primary"}


def test_seven_categories_are_refused():
    by_category = dict.fromkeys("abcdefg", 10)

    with pytest.raises(ValueError, match="merge some of them first"):
        publishable_split(units={"R": SplitCount(None, 70, by_category)}, published={"R"})


WOMEN_MEN = {"P": 20, "L": 20}
BAD_SPLITS = {
    "categories do not add up": (
        {"R": SplitCount(None, 41, WOMEN_MEN)},
        {"R"},
        "categories of unit R do not add up",
    ),
    "category missing": (
        {"R": SplitCount(None, 40, WOMEN_MEN), "A": SplitCount("R", 20, {"P": 20})},
        {"R"},
        "Unit A does not give a count for exactly the same categories",
    ),
    "other category": (
        {"R": SplitCount(None, 40, {"P": 20, "L": 20, "X": 0}), "A": SplitCount("R", 20, {"P": 20, "L": 0})},
        {"R"},
        "Unit A does not give a count for exactly the same categories",
    ),
    "statistic missing": (
        {"R": SplitCount(None, 40, WOMEN_MEN, {"s": WOMEN_MEN}), "A": SplitCount("R", 40, WOMEN_MEN)},
        {"R"},
        "Unit A does not give a count for exactly the same statistics",
    ),
    "statistic larger": (
        {"R": SplitCount(None, 40, WOMEN_MEN, {"s": {"P": 21, "L": 19}})},
        {"R"},
        "Unit R has a statistic with more people",
    ),
    "negative": ({"R": SplitCount(None, 10, {"P": 11, "L": -1})}, {"R"}, "Unit R has a negative count"),
    "child larger": (
        {"R": SplitCount(None, 40, WOMEN_MEN), "A": SplitCount("R", 32, {"P": 21, "L": 11})},
        {"R"},
        "Unit R counts fewer respondents",
    ),
    "unknown unit published": ({"R": SplitCount(None, 40, WOMEN_MEN)}, {"R", "Z"}, "Unit Z"),
    "small unit published": (
        {"R": SplitCount(None, 40, WOMEN_MEN), "A": SplitCount("R", 9, {"P": 5, "L": 4})},
        {"R", "A"},
        "The totals pattern is not safe for unit A",
    ),
    "totals with a hole": (
        {"R": SplitCount(None, 40, WOMEN_MEN), "A": SplitCount("R", 31, {"P": 15, "L": 16})},
        {"R", "A"},
        "The totals pattern is not safe for unit R",
    ),
}


@pytest.mark.parametrize(("units", "published", "sentence"), BAD_SPLITS.values(), ids=BAD_SPLITS.keys())
def test_impossible_splits_are_refused_with_a_sentence_that_names_the_unit(units, published, sentence):
    with pytest.raises(ValueError, match=sentence):
        publishable_split(units=units, published=published)


def test_refusals_never_tell_how_many_people_there_are():
    with pytest.raises(ValueError) as refusal:
        publishable_totals(units={"R": UnitCount(None, 3), "A": UnitCount("R", 7)})

    assert not any(character.isdigit() for character in str(refusal.value))


def test_an_empty_unit_may_leave_its_categories_out():
    units = {"R": SplitCount(None, 40, WOMEN_MEN, {"s": WOMEN_MEN}), "A": SplitCount("R", 0, {})}

    assert publishable_split(units=units, published={"R"}).reasons == {"A": "total_suppressed"}


# --- Speed and depth ----------------------------------------------------------------------------------------


def random_split_tree(*, size, statistics, categories, seed, parent_of=None):
    rng = random.Random(seed)
    parent_of = parent_of or (lambda i: rng.randrange(i))
    shape = {"U00000": None} | {f"U{i:05d}": f"U{parent_of(i):05d}" for i in range(1, size)}
    names = [f"c{i}" for i in range(categories)]
    direct = {}
    for code in shape:
        row = [rng.choice([0, rng.randrange(1, 30), rng.randrange(10, 30)]) for _ in names]
        parts = [n if n < 11 or rng.random() < 0.9 else n - 1 for _ in range(statistics) for n in row]
        direct[code] = row + parts
    totals = rolled_up(shape, direct)
    rows = {
        code: [dict(zip(names, row[i : i + categories], strict=True)) for i in range(0, len(row), categories)]
        for code, row in totals.items()
    }
    return {
        code: SplitCount(
            parent=shape[code],
            n=sum(tables[0].values()),
            by_category=tables[0],
            by_statistic={f"s{i}": table for i, table in enumerate(tables[1:])},
        )
        for code, tables in rows.items()
    }


PARENTS = {"ministry": lambda i: (i - 1) // 12, "chain": lambda i: i - 1, "star": lambda i: 0}


@pytest.mark.parametrize("parent_of", PARENTS.values(), ids=PARENTS.keys())
def test_ten_thousand_units_with_twenty_five_statistics_take_seconds(parent_of):
    units = random_split_tree(size=10_500, statistics=25, categories=2, seed=1, parent_of=parent_of)
    totals = totals_of(units)

    started = time.perf_counter()
    published = publishable_totals(units=totals).published
    after_totals = time.perf_counter()
    publishable_split(units=units, published=published)
    after_split = time.perf_counter()

    assert after_totals - started < 3  # 0.4 s measured, left room for a busy machine
    assert after_split - after_totals < 10  # 1.7 s measured


def test_hiding_ten_thousand_units_one_after_the_other_is_not_quadratic():
    # R has 3 people of its own; below the first R one unit must go, below the second one after the other
    units = {"R": UnitCount(None, 12 * 10_000 + 3)}
    units |= {f"U{i:05d}": UnitCount("R", 12) for i in range(10_000)}
    chain = {"R": UnitCount(None, 10_003), "U00000": UnitCount("R", 10_000)}
    chain |= {f"U{i:05d}": UnitCount(f"U{i - 1:05d}", 10_000) for i in range(1, 10_000)}

    started = time.perf_counter()
    star_pattern = publishable_totals(units=units)
    chain_pattern = publishable_totals(units=chain)
    elapsed = time.perf_counter() - started

    assert star_pattern.reasons == {"U00000": "complementary"}  # 12 + 3 = 15
    assert chain_pattern.published == {"R"}  # every unit of the chain leaves 3 people over
    assert elapsed < 5  # 0.2 s measured
