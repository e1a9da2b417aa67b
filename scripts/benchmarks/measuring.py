"""Taking the time honestly: medians of wall and processor time, the load of the machine beside them."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

MEGABYTE = 1 << 20
_KILO = 1024  # Linux gives the largest resident size in kilobytes


@dataclass(frozen=True)
class Timing:
    """Medians over the rounds, seconds. ``cpu`` counts all threads of the process."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Figure:
    """One row of the page: what was measured, in seconds or in megabytes, and its limit in the same unit.

    ``at_least``: more is better."""

    what: str
    wall: float
    cpu: float | None = None
    limit: float | None = None
    unit: str = "s"
    note: str = ""
    at_least: bool = False

    @property
    def is_within(self) -> bool | None:
        if self.limit is None:
            return None
        return self.wall >= self.limit if self.at_least else self.wall <= self.limit

    def row(self) -> str:
        within = {None: "", True: "yes", False: "**no**"}[self.is_within]
        what = f"{self.what} ({self.note})" if self.note else self.what
        limit = f"at least {self._text(self.limit)}" if self.at_least else self._text(self.limit)
        cells = [what, self._text(self.wall), self._text(self.cpu), limit, within]
        return f"| {' | '.join(cells)} |"

    def _text(self, value: float | None) -> str:
        if value is None:
            return ""
        if self.unit == "s" and value < 0.1:
            return f"{1000 * value:.3g} ms"
        return f"{value:.3g} {self.unit}" if value < 1000 else f"{value:,.0f} {self.unit}"


def measure(function: Callable[[], object], *, rounds: int, warm: bool = True) -> Timing:
    """Runs it ``rounds`` times, after once for nothing; whatever it makes is dropped between rounds."""
    if warm:
        function()
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        function()
        cpus.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
    return Timing(statistics.median(walls), statistics.median(cpus))


def largest_memory() -> float:
    """Megabytes this process has held at most, code and all."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO / MEGABYTE


def measured_now() -> str:
    """When, and how busy the machine was."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, load {load} (1, 5, 15 minutes)"


def machine() -> str:
    """Processor, cores, memory and Python, without naming the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    cores = len(os.sched_getaffinity(0))
    return f"{processor()}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()}"


def processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()
