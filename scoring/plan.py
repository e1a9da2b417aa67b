"""Compiling: a version document and a rule become the tables with which any number of people are scored.

How exactness and speed come together. For every slot and every byte a lookup table says what the answer adds
to four sums of a scale: answered items, not-applicable items, weighted score, weight. Scores and weights are
fractions; put over one common denominator of a scale and its facets they are whole numbers. Whole numbers below
2**53 are exact in float64, and so is any sum of them that stays below it, in whatever order a matrix product adds them
up: one person and a million get the same number to the last bit. The four sums are written side by side into
one float64 as bit fields (a *plane*), so that one matrix product gives them all; where they do not fit into
53 bits together they get planes of their own, and a sum that does not even fit alone is kept in Python's
unbounded integers: slower, still exact.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from questionnaires.version_document import CONTENT, SOCIAL_DESIRABILITY, Item, Scale, VersionDocument
from scoring.bands import Band
from scoring.composites import find_strangers
from scoring.items import exact
from scoring.rules import Rule
from scoring.slots import (
    PartedItem,
    Sums,
    contributions,
    encoding_of,
    item_problems,
    parted_items,
)

BYTES = 256
EXACT_BITS = 53  # whole numbers below 2**53 are exact in float64

SITUATIONAL = "situational"
PERSON, UNIT, STYLE = "person", "unit", "style"
_LEVELS = {"climate": UNIT, "response_style": STYLE}

ANSWERED, NOT_APPLICABLE_COUNT, NUMERATOR, DENOMINATOR = "answered", "na", "numerator", "denominator"
_FIELDS = (ANSWERED, NOT_APPLICABLE_COUNT, NUMERATOR, DENOMINATOR)


class PlanError(ValueError):
    """A document that cannot be scored; ``problems`` lists every Indonesian sentence at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class ScalePlan:
    """One scale as it is scored. ``items``: codes of its items and of its facets' items, in the order of the form.

    ``level`` says whom the score describes: ``person`` (dimensions, facets, situational scales), ``unit``
    (climate: a person gets no score of it) or ``style`` (way of answering; shown apart from the content).
    """

    code: str
    kind: str
    level: str
    items: tuple[str, ...]
    bands: tuple[Band, ...] = ()

    @property
    def k(self) -> int:
        return len(self.items)

    @property
    def has_bands(self) -> bool:
        """Dimensions of a person, their facets, and situational scales under a rule that has cuts for these."""
        return bool(self.bands)


@dataclass(frozen=True)
class Field:
    """Where one of the four sums stands in a plane. ``bits`` None: it has the plane to itself, unbounded."""

    name: str
    shift: int
    bits: int | None


@dataclass(frozen=True, eq=False)
class Plane:
    """One matrix product. ``table``: flat (slots x 256), NaN where a byte is no answer of the slot's item.

    ``membership``: slots x (scales + 1); 1 where the slot belongs to the scale, and a last column of ones
    that carries every NaN to the check.
    """

    fields: tuple[Field, ...]
    table: np.ndarray
    membership: np.ndarray


@dataclass(frozen=True, eq=False)
class ScoringPlan:
    """A compiled document and rule; frozen, free of state, safe to keep and to share between threads.

    ``values``: for each slot its item code and {value: byte}. ``encoding``: item code to (slot, {answer: byte}), for
    items answered in one; ``parted``: the vignettes whose answers have parts. ``valid``: slots x 256, which bytes
    a slot may hold.
    """

    slots: tuple[str, ...]
    scales: tuple[ScalePlan, ...]
    rule: Rule
    values: tuple[tuple[str, Mapping[int | str, int]], ...]
    encoding: Mapping[str, tuple[int, Mapping[int | str, int]]]
    parted: Mapping[str, PartedItem]
    planes: tuple[Plane, ...]
    valid: np.ndarray

    @property
    def is_bounded(self) -> bool:
        """Whether every sum fits into float64 and int64 (it does unless weights have very many digits)."""
        return all(field.bits is not None for plane in self.planes for field in plane.fields)

    def index_of(self, scale_code: str) -> int:
        """The column of a scale.

        Raises:
            KeyError: the plan has no such scale.
        """
        for index, scale in enumerate(self.scales):
            if scale.code == scale_code:
                return index
        raise KeyError(scale_code)


def compile_plan(document: VersionDocument, rule: Rule) -> ScoringPlan:
    """Everything needed to score answers to a document under a rule; a few milliseconds, so keep the plan.

    The same document and rule always give the same plan: callers may memoise it by version and rule id.

    Raises:
        PlanError: the document has items that cannot be scored exactly as written, or the rule names scales that the
            document does not have.
    """
    scales = tuple(_plan_scale(document, scale, rule) for scale in document.scales)
    problems = _find_problems(document, scales)
    problems += find_strangers(rule.composites, {scale.code: scale.kind for scale in document.scales})
    if problems:
        raise PlanError(problems)
    tables, values = _tables_of_slots(document, scored={code for scale in scales for code in scale.items})
    valid = np.zeros((len(tables), BYTES), dtype=bool)
    for slot, table in enumerate(tables):
        valid[slot, list(table)] = True
    valid.flags.writeable = False
    parted = {item.code: item for item in parted_items(document)}
    single = {code: (slot, table) for slot, (code, table) in enumerate(values) if code not in parted}
    return ScoringPlan(
        slots=document.slots,
        scales=scales,
        rule=rule,
        values=values,
        encoding=MappingProxyType(single),
        parted=MappingProxyType(parted),
        planes=_plan_planes(tables, scales, [code for code, _table in values]),
        valid=valid,
    )


def _tables_of_slots(document: VersionDocument, scored: set[str]) -> tuple[list, tuple]:
    """For each slot what its bytes add, in whole numbers, and what its values are."""
    tables: list = [None] * len(document.slots)
    values: list = [None] * len(document.slots)
    for items in _families(document):
        fractions = [
            (place, item, table)
            for item in items
            for place, table in zip(
                document.slots_of_item[item.code], contributions(item, item.code in scored), strict=True
            )
        ]
        common = _common_denominator(table for _place, _item, table in fractions)
        for place, item, table in fractions:
            tables[place] = {byte: _whole(entry, common) for byte, entry in table.items()}
            values[place] = (item.code, encoding_of(item))
    return tables, tuple(values)


def _families(document: VersionDocument) -> list[list[Item]]:
    """The items together where a scale adds them up: a scale and its facets.

    Each family has a common denominator of its own, so that the odd weights of a vignette's actions do not blow up the
    whole numbers of every other scale.
    """
    families: dict[str | None, list[Item]] = {}
    for item in document.items:
        scale = document.scale_by_code.get(item.scale)
        families.setdefault(scale and (scale.parent or scale.code), []).append(item)
    return list(families.values())


def _common_denominator(tables: Iterable[dict[int, Sums]]) -> int:
    return math.lcm(1, *(part.denominator for table in tables for entry in table.values() for part in entry))


def _plan_scale(document: VersionDocument, scale: Scale, rule: Rule) -> ScalePlan:
    """A style scale is made of social-desirability items, every other scale of content items and nothing else."""
    parent = document.scale_by_code.get(scale.parent)
    level = _LEVELS.get(parent.kind if parent else scale.kind, PERSON)
    role = SOCIAL_DESIRABILITY if level == STYLE else CONTENT
    items = tuple(item.code for item in document.items_of(scale.code) if item.role == role)
    bands = {"dimension": rule.bands, "facet": rule.bands, SITUATIONAL: rule.situational_bands}
    return ScalePlan(
        code=scale.code,
        kind=scale.kind,
        level=level,
        items=items,
        bands=bands.get(scale.kind, ()) if level == PERSON else (),
    )


def _find_problems(document: VersionDocument, scales: tuple[ScalePlan, ...]) -> list[str]:
    problems = []
    names = [name for item in document.items for name in item.slots]
    if sorted(document.slots) != sorted(names) or len(set(names)) != len(names):
        problems.append("Daftar slot harus memuat setiap butir tepat satu kali.")
    for item in document.items:
        if not item.is_open_text:
            problems += item_problems(item)
    weights = {} if problems else {item.code: exact(item.weight) for item in document.items}
    content = [scale for scale in scales if scale.level != STYLE and scale.items] if weights else []
    for scale in content:
        if not any(weights[code] for code in scale.items):
            problems.append(f"Skala {scale.code}: jumlah bobot butir harus lebih dari nol.")
    return problems


def _whole(entry: Sums, common: int) -> tuple[int, ...]:
    """Counts stay as they are; score and weight go over the common denominator."""
    answered, na, numerator, denominator = entry
    return int(answered), int(na), int(numerator * common), int(denominator * common)


def _plan_planes(
    tables: list[dict[int, tuple]], scales: tuple[ScalePlan, ...], item_codes: list[str]
) -> tuple[Plane, ...]:
    """The four sums packed into as few exact planes as the largest possible value of any scale allows."""
    membership = np.array(
        [[int(code in scale.items) for scale in scales] + [1] for code in item_codes], dtype=object
    ).reshape(len(item_codes), len(scales) + 1)
    largest = [
        [max(entry[part] for entry in table.values()) for part in range(len(_FIELDS))] for table in tables
    ]
    bounds = [
        max(
            sum(row[part] for row, is_in in zip(largest, column, strict=True) if is_in)
            for column in membership.T
        )
        for part in range(len(_FIELDS))
    ]
    groups: list[list[Field]] = []
    free = 0
    for name, bound in zip(_FIELDS, bounds, strict=True):
        bits = max(1, bound.bit_length())
        if bits > EXACT_BITS:
            groups.append([Field(name, 0, None)])
            free = 0
        elif groups and bits <= free:
            groups[-1].append(Field(name, EXACT_BITS - free, bits))
            free -= bits
        else:
            groups.append([Field(name, 0, bits)])
            free = EXACT_BITS - bits
    return tuple(_plan_plane(tuple(fields), tables, membership) for fields in groups)


def _plan_plane(fields: tuple[Field, ...], tables: list[dict[int, tuple]], membership: np.ndarray) -> Plane:
    dtype = object if fields[0].bits is None else np.float64
    table = np.full((len(tables), BYTES), math.nan, dtype=dtype)
    for slot, entries in enumerate(tables):
        for byte, entry in entries.items():
            table[slot, byte] = sum(entry[_FIELDS.index(field.name)] << field.shift for field in fields)
    table, membership = table.reshape(-1), membership.astype(dtype)
    table.flags.writeable = membership.flags.writeable = False
    return Plane(fields, table, membership)
