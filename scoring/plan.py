"""Compiling: a version document and a rule become the tables with which any number of people are scored.

How exactness and speed come together. For every slot and every byte a lookup table says what the answer adds
to four sums of a scale: answered items, not-applicable items, weighted score, weight. Scores and weights are
fractions; put over one common denominator of the plan they are whole numbers. Whole numbers below 2**53 are
exact in float64, and so is any sum of them that stays below it, in whatever order a matrix product adds them
up: one person and a million get the same number to the last bit. The four sums are written side by side into
one float64 as bit fields (a *plane*), so that one matrix product gives them all; where they do not fit into
53 bits together they get planes of their own, and a sum that does not even fit alone is kept in Python's
unbounded integers: slower, still exact.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from questionnaires.version_document import (
    CONTENT,
    NOT_APPLICABLE,
    SOCIAL_DESIRABILITY,
    Item,
    Scale,
    VersionDocument,
)
from scoring.composites import find_strangers
from scoring.items import exact, exact_score, is_extreme, spec_of
from scoring.rules import Rule

NO_ANSWER_BYTE, NA_BYTE = 0, 255
BYTES = 256
EXACT_BITS = 53  # whole numbers below 2**53 are exact in float64

PERSON, UNIT, STYLE = "person", "unit", "style"
_LEVELS = {"climate": UNIT, "response_style": STYLE}

ANSWERED, NOT_APPLICABLE_COUNT, NUMERATOR, DENOMINATOR = "answered", "na", "numerator", "denominator"
_FIELDS = (ANSWERED, NOT_APPLICABLE_COUNT, NUMERATOR, DENOMINATOR)
_NOTHING = (0, 0, 0, 0)


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

    @property
    def k(self) -> int:
        return len(self.items)

    @property
    def has_bands(self) -> bool:
        """Only dimensions of a person and their facets; the cuts of the bands do not fit any other scale."""
        return self.level == PERSON and self.kind in ("dimension", "facet")


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

    ``encoding``: item code to (slot, {answer: byte}). ``valid``: slots x 256, which bytes a slot may hold.
    ``common``: the denominator that turned all weighted item scores into whole numbers.
    """

    slots: tuple[str, ...]
    scales: tuple[ScalePlan, ...]
    rule: Rule
    common: int
    encoding: Mapping[str, tuple[int, Mapping[int | str, int]]]
    planes: tuple[Plane, ...]
    valid: np.ndarray
    bounds: Mapping[str, tuple[int, int]]

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
    scales = tuple(_plan_scale(document, scale) for scale in document.scales)
    slot_items = [document.item_by_code.get(code) for code in document.slots]
    problems = _find_problems(document, scales)
    problems += find_strangers(rule.composites, {scale.code: scale.kind for scale in document.scales})
    if problems:
        raise PlanError(problems)
    scored = {code for scale in scales for code in scale.items}
    fractions = [_contributions(item, item.code in scored) for item in slot_items]
    common = math.lcm(
        1, *(part.denominator for table in fractions for entry in table.values() for part in entry)
    )
    tables = [{byte: _whole(entry, common) for byte, entry in table.items()} for table in fractions]
    valid = np.zeros((len(tables), BYTES), dtype=bool)
    for slot, table in enumerate(tables):
        valid[slot, list(table)] = True
    valid.flags.writeable = False
    return ScoringPlan(
        slots=document.slots,
        scales=scales,
        rule=rule,
        common=common,
        encoding=MappingProxyType(
            {item.code: (slot, _encoding(item)) for slot, item in enumerate(slot_items)}
        ),
        planes=_plan_planes(tables, scales, document.slots),
        valid=valid,
        bounds=MappingProxyType(
            {i.code: (i.response_set.minimum, i.response_set.maximum) for i in slot_items}
        ),
    )


def _plan_scale(document: VersionDocument, scale: Scale) -> ScalePlan:
    """A style scale is made of social-desirability items, every other scale of content items and nothing else."""
    parent = document.scale_by_code.get(scale.parent)
    level = _LEVELS.get(parent.kind if parent else scale.kind, PERSON)
    role = SOCIAL_DESIRABILITY if level == STYLE else CONTENT
    items = tuple(item.code for item in document.items_of(scale.code) if item.role == role)
    return ScalePlan(code=scale.code, kind=scale.kind, level=level, items=items)


def _find_problems(document: VersionDocument, scales: tuple[ScalePlan, ...]) -> list[str]:
    problems = []
    codes = [item.code for item in document.items]
    if sorted(document.slots) != sorted(codes) or len(set(codes)) != len(codes):
        problems.append("Daftar slot harus memuat setiap butir tepat satu kali.")
    for item in document.items:
        problems += _item_problems(item)
    weights = {} if problems else {item.code: exact(item.weight) for item in document.items}
    content = [scale for scale in scales if scale.level != STYLE and scale.items] if weights else []
    for scale in content:
        if not any(weights[code] for code in scale.items):
            problems.append(f"Skala {scale.code}: jumlah bobot butir harus lebih dari nol.")
    return problems


def _item_problems(item: Item) -> list[str]:
    values = [option.value for option in item.response_set.options]
    if len(values) < 2 or values != list(range(values[0], values[0] + len(values))):
        return [f"Butir {item.code}: nilai pilihan harus berurutan tanpa celah dan sedikitnya dua."]
    problems = []
    if values[0] <= NO_ANSWER_BYTE or values[-1] >= NA_BYTE:
        problems.append(f"Butir {item.code}: nilai pilihan harus di antara 1 dan 254.")
    if item.key not in (1, -1):
        problems.append(f"Butir {item.code}: kunci harus 1 atau -1.")
    try:
        spec_of(item)
        if exact(item.weight) < 0:
            problems.append(f"Butir {item.code}: bobot tidak boleh negatif.")
    except ValueError as error:
        problems.append(str(error))
    return problems


def _contributions(item: Item, is_scored: bool) -> dict[int, tuple[Fraction, ...]]:
    """What each byte an item may have adds to the four sums. Attention items may be answered and add nothing."""
    nothing = tuple(Fraction(0) for _ in _FIELDS)
    one = Fraction(1)
    table = {NO_ANSWER_BYTE: nothing}
    if item.na_allowed:
        table[NA_BYTE] = (nothing[0], one, *nothing[2:]) if is_scored else nothing
    for value in sorted(item.response_set.values):
        if not is_scored:
            table[value] = nothing
        elif item.role == SOCIAL_DESIRABILITY:  # a share of answers: every item counts the same
            table[value] = (one, nothing[1], Fraction(is_extreme(item, value)), one)
        else:
            weight = exact(item.weight)
            table[value] = (one, nothing[1], weight * exact_score(spec_of(item), value), weight)
    return table


def _whole(entry: tuple[Fraction, ...], common: int) -> tuple[int, ...]:
    """Counts stay as they are; score and weight go over the common denominator."""
    answered, na, numerator, denominator = entry
    return int(answered), int(na), int(numerator * common), int(denominator * common)


def _encoding(item: Item) -> Mapping[int | str, int]:
    table: dict[int | str, int] = {value: value for value in item.response_set.values}
    if item.na_allowed:
        table[NOT_APPLICABLE] = NA_BYTE
    return MappingProxyType(table)


def _plan_planes(
    tables: list[dict[int, tuple]], scales: tuple[ScalePlan, ...], slots: tuple
) -> tuple[Plane, ...]:
    """The four sums packed into as few exact planes as their largest possible values allow."""
    bounds = [
        sum(max(entry[part] for entry in table.values()) for table in tables) for part in range(len(_FIELDS))
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
    membership = np.array(
        [[int(code in scale.items) for scale in scales] + [1] for code in slots], dtype=object
    ).reshape(len(slots), len(scales) + 1)
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
