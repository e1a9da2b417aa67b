"""A web server as a process that may be killed, and people who answer on it and do not give up."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tests.concurrency.processes import PATIENCE_SECONDS, environment, wait_until

_TOKEN = "t" * 32  # of the form and of the cookie: what CSRF protection compares
_FAULTS = (OSError, http.client.HTTPException)


class WebServer:
    """gunicorn with two processes; ``log``: where it tells what it does."""

    def __init__(self, log: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._log = log
        self._environment = environment()
        self.start()

    def start(self):
        command = [
            *(sys.executable, "-W", "ignore", "-m", "gunicorn", "asn_assess.wsgi", "--workers", "2"),
            *("--bind", f"127.0.0.1:{self.port}", "--no-control-socket", "--timeout", "30"),
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._answers)

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def kill_one(self, chance):
        """One of its processes, in the middle of whatever it does."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(self.workers()), signal.SIGKILL)

    def kill(self):
        """Everything at once."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _answers(self):
        with (
            suppress(*_FAULTS),
            closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)) as asking,
        ):
            asking.request("GET", "/healthz")
            return asking.getresponse().status == 200
        return False


class Answerer:
    """Somebody who answers page after page, presses again until it is acknowledged, and sends at the end.

    ``acknowledged``: the answers that the server called saved, by item.
    """

    CHANGES_OF_MIND = 5

    def __init__(self, attempt, document):
        client = Client()
        client.force_login(attempt.person)
        self._session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.attempt, self._document = attempt, document
        self.acknowledged: dict[str, int] = {}
        self.tries = self.saves = 0

    def answer_and_send(self, port, chance):
        sections = self._document.sections
        pages = [(number, section, {}) for number, section in enumerate(sections, start=1)]
        bases = [bytes(len(section.items)).hex() for section in sections]
        for _time in range(self.CHANGES_OF_MIND):
            for number, section, mine in pages:
                address = f"/mengisi/{self.attempt.public_id}/bagian/{number}/"
                for item in section.items:
                    mine[item.code] = chance.choice(sorted(item.response_set.values))
                    fields = {**mine, "base": bases[number - 1], "seconds": "1", "go": "autosave"}
                    status, body = self._post(port, address, fields)
                    assert status == 200, (status, body[:500])
                    bases[number - 1] = json.loads(body)["base"]
                    self.acknowledged.update(mine)
                    self.saves += 1
        status, body = self._post(port, f"/mengisi/{self.attempt.public_id}/kirim/", {})
        assert status in (200, 302, 303), (status, body[:500])

    def _post(self, port, path, fields):
        """The answer, however often it has to be asked for; a fault of the server is no answer."""
        deadline = time.monotonic() + 3 * PATIENCE_SECONDS  # others may be served before
        while True:
            assert time.monotonic() < deadline, "nobody answered in time"
            self.tries += 1
            try:
                status, body = self._once(port, path, fields)
            except _FAULTS:
                status = None
            if status is not None and status < 500:
                return status, body
            time.sleep(0.05)

    def _once(self, port, path, fields):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as asking:
            asking.request(
                "POST",
                path,
                body=urlencode(fields | {"csrfmiddlewaretoken": _TOKEN}),
                headers={
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"{settings.SESSION_COOKIE_NAME}={self._session}; csrftoken={_TOKEN}",
                },
            )
            response = asking.getresponse()
            return response.status, response.read()
