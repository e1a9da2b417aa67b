"""People who press on without a pause: requests from a process of its own, so that it has a processor of its own.

    python -m benchmarks.load < plan.json

The plan is ``{"port", "at_once", "people"}``; each of the people is a list of ``[request, status]``, done in order on
one connection each, as gunicorn's workers want it. ``{begun}`` in a request stands for the address of the
questionnaire that the person has begun. Prints ``{"seconds", "latencies"}``: of
everything, and of each request in order.
"""

from __future__ import annotations

import json
import queue
import re
import socket
import sys
import threading
import time

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
_BEGUN = re.compile(rb"\r\nLocation: (/mengisi/[0-9a-f-]{36}/)")
_SECONDS = 60
_PIECE = 1 << 16


def main() -> None:
    plan = json.load(sys.stdin)
    waiting: queue.SimpleQueue = queue.SimpleQueue()
    for person in plan["people"]:
        waiting.put(person)
    latencies: list[list[float]] = []
    faults: list[str] = []

    def work():
        while not faults:
            try:
                person = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                latencies.append(go_through(person, plan["port"]))
            except Exception as fault:
                faults.append(repr(fault))

    workers = [threading.Thread(target=work) for _ in range(plan["at_once"])]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - started
    if faults:
        sys.exit(faults[0])
    print(json.dumps({"seconds": seconds, "latencies": latencies}))


def go_through(person: list, port: int) -> list[float]:
    """One person's requests in order; seconds of each."""
    found, begun = [], ""
    for request, expected in person:
        sent = request.replace("{begun}", begun).encode()
        started = time.perf_counter()
        answer = ask(sent, port)
        found.append(time.perf_counter() - started)
        status = int(_STATUS.match(answer).group(1))
        if status != expected:
            raise RuntimeError(f"{status} instead of {expected}: {request[:200]!r}: {answer[-600:]!r}")
        led_to = _BEGUN.search(answer)
        if led_to:
            begun = led_to.group(1).decode()
    return found


def ask(sent: bytes, port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=_SECONDS) as connection:
        connection.sendall(sent)
        pieces = []
        while piece := connection.recv(_PIECE):
            pieces.append(piece)
    return b"".join(pieces)


if __name__ == "__main__":
    main()
