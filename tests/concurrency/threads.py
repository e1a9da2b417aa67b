"""Running functions at the same moment, each in a thread with a database connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connections

# A thread that hangs is a deadlock; nothing here takes longer than a few seconds.
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Outcome:
    """What became of one call: its value, or the refusal that it raised."""

    value: Any = None
    refusal: Exception | None = None


def at_once(*functions, refusals=()) -> list[Outcome]:
    """Runs the functions in one thread each, begun together; outcomes in their order.

    Args:
        refusals: exceptions that count as an answer; any other fails the test.
    """
    start = threading.Barrier(len(functions), timeout=_PATIENCE_SECONDS)

    def run(function):
        try:
            # A connection is opened before the start, so that the race is about the data.
            connections["default"].ensure_connection()
            start.wait()
            return Outcome(value=function())
        except refusals as refusal:
            return Outcome(refusal=refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(functions)) as pool:
        running = [pool.submit(run, function) for function in functions]
        return [future.result(_PATIENCE_SECONDS) for future in running]


class Counter:
    """Counts what has happened, and lets somebody wait until enough has."""

    def __init__(self):
        self.number = 0
        self._changed = threading.Condition()

    def add(self):
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def wait_for(self, number):
        with self._changed:
            assert self._changed.wait_for(lambda: self.number >= number, timeout=_PATIENCE_SECONDS)
