"""The scoring engine: one person in-process, and a million people from a matrix in memory."""

from __future__ import annotations

from benchmarks import worlds
from benchmarks.measuring import Figure, measure
from scoring.engine import compile_plan, encode, score
from scoring.rules import STANDARD_RULE

ONE_PERSON, MATRIX = 0.0003, 0.5  # seconds
PEOPLE = 1_000_000
_ROUNDS, _PERSONS_A_ROUND = 7, 500


def run(size: float) -> list[Figure]:
    document = worlds.document()
    plan = compile_plan(document, STANDARD_RULE)
    people = max(1, int(PEOPLE * size))
    stored = worlds.answer_bytes(people)
    values = {0: None, 255: "na"}
    given = {
        code: values.get(byte, byte)
        for code, byte in zip(document.slots, stored[0].tolist(), strict=True)
        if byte
    }

    def many_single_persons():
        for _ in range(_PERSONS_A_ROUND):
            table = score(plan, encode(plan, [given]))
            table.person(0)

    one = measure(many_single_persons, rounds=_ROUNDS)
    matrix = measure(lambda: score(plan, stored), rounds=_ROUNDS)
    return [
        Figure(
            "one person: 60 answers by code into 12 scales, with bands",
            one.wall / _PERSONS_A_ROUND,
            one.cpu / _PERSONS_A_ROUND,
            ONE_PERSON,
        ),
        Figure(
            f"{people:,} people x 60 answers into 12 scales, from a numpy matrix",
            matrix.wall,
            matrix.cpu,
            MATRIX,
        ),
    ]
