"""Pages over HTTP: gunicorn with two workers on PostgreSQL, beside a bare Django view in the same run."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pg
from benchmarks.children import ROOT, environment, run_child
from benchmarks.measuring import Figure
from benchmarks.web_world import FOURTH, ITEMS_A_PAGE, PAGES

# A bare view has a session, its person and thirty radios; see benchmarks.bare.
RATIO = 1.3
SUBMIT_SECONDS, PDF_SECONDS, JOURNEYS_A_SECOND = 0.040, 0.100, 15.0
QUERIES = {"answering page": 6, "save": 5, "submit": 10}
WORKERS, AT_ONCE = 2, 8
_ROUNDS, _REQUESTS = 9, 200  # requests of a round, by as many people as there are workers
_JOURNEYS, _JOURNEY_ROUNDS = 60, 5
_REPORTS = 12  # people a questionnaire
_START_SECONDS = 60
_TOKEN = "c" * 32  # what a page and its cookie must agree on


@dataclass(frozen=True)
class Round:
    """What one round of requests took: seconds by the clock for each, and processor seconds of the server for each."""

    wall: float
    cpu: float
    latencies: list


@dataclass
class Server:
    """A gunicorn that was started here."""

    process: subprocess.Popen
    port: int

    def cpu(self) -> float:
        """Processor seconds of its workers so far."""
        return sum(_cpu_of(pid) for pid in self.workers())

    def workers(self) -> list[str]:
        pid = self.process.pid
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()

    def do(self, people: list, *, at_once: int = WORKERS) -> Round:
        plan = {"port": self.port, "at_once": at_once, "people": people}
        before = self.cpu()
        load = subprocess.run(
            [sys.executable, "-m", "benchmarks.load"],
            input=json.dumps(plan),
            env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        used, found = self.cpu() - before, json.loads(load.stdout)
        requests = sum(map(len, people))
        return Round(found["seconds"] / requests, used / requests, found["latencies"])


def _cpu_of(pid: str) -> float:
    """Nanoseconds on a processor, where the clock ticks of ``stat`` are too coarse for a round."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def run(size: float) -> list[Figure]:
    rounds = max(1, round(_ROUNDS * min(1, size)))
    requests = max(2 * WORKERS, int(_REQUESTS * size))
    journeys, journey_rounds = max(2, int(_JOURNEYS * size)), max(1, round(_JOURNEY_ROUNDS * min(1, size)))
    reports = max(3, int(_REPORTS * size))
    with pg.server() as url:
        world = run_child("web_world", WORKERS, journeys * (1 + journey_rounds), reports, url=url)
        ours = environment(url)
        bare = ours | {"DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings"}
        migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
        subprocess.run(migrate, env=bare, check=True)
        with gunicorn(ours) as product, gunicorn(bare) as beside:
            return [
                *_ratios(world, product, beside, rounds, requests // WORKERS),
                *_reports(world, product),
                _journeys(world, product, journeys, journey_rounds),
                *(
                    Figure(f"queries of one {name}", asked, None, QUERIES.get(name), unit="queries")
                    for name, asked in world["queries"].items()
                ),
            ]


@contextlib.contextmanager
def gunicorn(settings: dict) -> Iterator[Server]:
    port = pg.free_port()
    command = [
        sys.executable, "-m", "gunicorn", "django.core.wsgi:get_wsgi_application()",
        "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS),
        "--log-level", "error",
        "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=settings)
    try:
        server = Server(process, port)
        _wait_for(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            if len(server.workers()) == WORKERS:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not start")


# --- what is asked ---


def get(path: str, session: str) -> str:
    return f"GET {path} HTTP/1.1\r\n{_head(session)}\r\n"


def post(path: str, session: str, fields: dict) -> str:
    body = urlencode(fields | {"csrfmiddlewaretoken": _TOKEN})
    kind = "application/x-www-form-urlencoded"
    return f"POST {path} HTTP/1.1\r\n{_head(session)}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}"


def _head(session: str) -> str:
    return (
        f"Host: 127.0.0.1\r\nConnection: close\r\nCookie: sessionid={session}; csrftoken={_TOKEN}\r\n"
        "Accept: text/html\r\nAccept-Encoding: gzip\r\n"
    )


def page_fields(codes: list, values: list, drawn_from: list, go: str) -> dict:
    """The form of one page: the values that are chosen, and those that the page was drawn with."""
    return dict(zip(codes, values, strict=True)) | {
        "base": bytes(drawn_from).hex(),
        "seconds": "20",
        "go": go,
    }


class Answerer:
    """Somebody on the first page, who changes the first answer again and again."""

    def __init__(self, begun: dict, codes: list):
        self.session, self.codes = begun["session"], codes
        self.page = f"/mengisi/{begun['attempt']}/bagian/1/"
        self.values = [FOURTH] * len(codes)

    def saves(self, times: int, go: str, status: int) -> list:
        made = []
        for _save in range(times):
            before = list(self.values)
            self.values[0] = self.values[0] % 5 + 1
            fields = page_fields(self.codes, self.values, before, go)
            made.append([post(self.page, self.session, fields), status])
        return made


# --- what is measured ---


def _ratios(world, product, beside, rounds, requests) -> Iterator[Figure]:
    """Rounds of the product and of the bare view take turns, so that both meet the same machine."""
    people = [Answerer(begun, world["items"][0]) for begun in world["answering"]]
    bare_get = [[[get("/", session), 200]] * requests for session in world["bare_sessions"]]
    bare_post = [[[post("/", session, {"B1": 3}), 302]] * requests for session in world["bare_sessions"]]
    plans = {
        "page": (product, lambda: [[[get(p.page, p.session), 200]] * requests for p in people]),
        "bare page": (beside, lambda: bare_get),
        "autosave": (product, lambda: [p.saves(requests, "autosave", 200) for p in people]),
        "save": (product, lambda: [p.saves(requests, "next", 302) for p in people]),
        "bare save": (beside, lambda: bare_post),
    }
    taken = {name: [] for name in plans}
    for number in range(1 + rounds):
        for name, (server, people_of) in plans.items():
            found = server.do(people_of())
            if number:  # the first round warms up
                taken[name].append(found)
    for what, name, bare in (
        ("an answering page", "page", "bare page"),
        ("a save by a button", "save", "bare save"),
        ("a save by the page itself", "autosave", "bare save"),
    ):
        yield _ratio(what, taken[name], taken[bare])


def _ratio(what, ours, bare) -> Figure:
    walls = statistics.median(a.wall / b.wall for a, b in zip(ours, bare, strict=True))
    cpus = statistics.median(a.cpu / b.cpu for a, b in zip(ours, bare, strict=True))
    each = ", ".join(
        f"{name} {1000 * statistics.median(r.wall for r in rounds):.2f} ms,"
        f" processor {1000 * statistics.median(r.cpu for r in rounds):.2f}"
        for name, rounds in (("ours", ours), ("bare", bare))
    )
    note = f"{WORKERS} at once; {each}"
    return Figure(f"{what}, times the bare view", walls, cpus, RATIO, unit="×", note=note)


def _reports(world, product) -> Iterator[Figure]:
    """Each person alone; the questionnaire that takes longest counts."""
    found = {}
    for code, people in world["reports"].items():
        for what, request in (
            ("submit", lambda p: [post(f"/mengisi/{p['attempt']}/kirim/", p["session"], {}), 200]),
            ("report page", lambda p: [get(f"/laporan/{p['attempt']}/", p["session"]), 200]),
            ("PDF", lambda p: [get(f"/laporan/{p['attempt']}/laporan.pdf", p["session"]), 200]),
        ):
            warm = len(people) // 3
            product.do([[request(person)] for person in people[:warm]], at_once=1)
            done = product.do([[request(person)] for person in people[warm:]], at_once=1)
            wall = statistics.median(latency for person in done.latencies for latency in person)
            found.setdefault(what, []).append((wall, done.cpu, code))
    limits = {"submit": SUBMIT_SECONDS, "report page": None, "PDF": PDF_SECONDS}
    names = {"submit": "submit with scores and report"}
    for what, all_of_it in found.items():
        wall, cpu, code = max(all_of_it)
        yield Figure(names.get(what, what), wall, cpu, limits[what], note=f"longest of five: {code}")


def _journeys(world, product, journeys, rounds) -> Figure:
    """From the introduction over six pages to the report, eight people at once."""
    people = [_journey(person, world["items"]) for person in world["journeys"]]
    product.do(people[:journeys], at_once=AT_ONCE)
    found = [
        product.do(people[start : start + journeys], at_once=AT_ONCE)
        for start in range(journeys, journeys * (1 + rounds), journeys)
    ]
    each = len(people[0])
    a_second = 1 / (each * statistics.median(round_.wall for round_ in found))
    cpu = 1000 * each * statistics.median(round_.cpu for round_ in found)
    return Figure(
        f"journeys of {PAGES} pages with {ITEMS_A_PAGE} items each, {AT_ONCE} people at once",
        a_second,
        None,
        JOURNEYS_A_SECOND,
        unit="a second",
        note=f"{each} requests each, processor of the workers {cpu:.0f} ms",
        at_least=True,
    )


def _journey(person: dict, sections: list) -> list:
    session = person["session"]
    requests = [
        [get(person["task"], session), 200],
        [post(person["task"], session, {}), 302],
        [get("{begun}", session), 302],
    ]
    for number, codes in enumerate(sections, 1):
        page = f"{{begun}}bagian/{number}/"
        fields = page_fields(codes, [FOURTH] * len(codes), [0] * len(codes), "next")
        requests += [[get(page, session), 200], [post(page, session, fields), 302]]
    return [*requests, [get("{begun}tinjau/", session), 200], [post("{begun}kirim/", session, {}), 200]]
