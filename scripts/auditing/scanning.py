"""A web scanner (wapiti) against a running demo world, once for each of several people."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pg
from benchmarks.children import ROOT, environment

PEOPLE = 60
START_SECONDS = 300
CRAWL_SECONDS, ATTACK_SECONDS = 60, 20  # for each of them; attacks for each module
# How the demo world calls whom we are: those with the most forms. What other roles see is read only, or nearly.
WALKED_AS = (
    "Pegawai: laporan selesai",
    "Analis SDM Kabupaten",
    "Administrator",
    "Penyunting",
    "Psikometrisi",
)
# Left out: modules that ask servers elsewhere, and cookie flags, which a trial without TLS cannot have.
MODULES = "csp,http_headers,crlf,csrf,exec,file,methods,permanentxss,redirect,sql,timesql,upload,xss,xxe"
# The door has attacks of its own in tests/security; here it would only end the scanner's session.
LEFT_ALONE = ("/akun/*", "/static/*", "/ruang-kerja/*", "/admin/logout/*", "/admin/password_change/*")


def scan(folder: Path, wapiti: Path) -> list[str]:
    """What was found, a line each; nothing is a good sign only if the scanner came far, so that is printed too."""
    database = f"sqlite:///{folder / 'audit.sqlite3'}"
    settings = environment(database, SECRET_KEY=secrets.token_urlsafe(50), CERMIN_DEMO="1")
    with _running_product(settings, folder / "product.log") as url:
        child = [sys.executable, "-m", "auditing.sessions"]
        sessions = json.loads(subprocess.run(child, env=settings, check=True, stdout=subprocess.PIPE).stdout)
        return [
            line
            for number, (who, session) in enumerate(sessions.items())
            if who.startswith(WALKED_AS)
            for line in _scan_as(who, session, url, wapiti, folder / str(number))
        ]


@contextmanager
def _running_product(settings: dict, log: Path) -> Iterator[str]:
    port = pg.free_port()
    command = [sys.executable, "scripts/run.py", "--port", str(port), "--people", str(PEOPLE)]
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=settings, stdout=said, stderr=said, start_new_session=True
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/readyz", process)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait_for(address: str, process: subprocess.Popen):
    for _second in range(START_SECONDS):
        if process.poll() is not None:
            raise RuntimeError("the product did not start")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(1)
        else:
            return
    raise RuntimeError("the product was not ready in time")


def _scan_as(who: str, session: str, url: str, wapiti: Path, folder: Path) -> list[str]:
    folder.mkdir()
    cookies, report = folder / "cookies.json", folder / "report.json"
    cookie = {"value": session, "expires": None, "secure": False, "port": None, "version": 0}
    cookies.write_text(json.dumps({"127.0.0.1": {"/": {"sessionid": cookie}}}))
    left_alone = [part for path in LEFT_ALONE for part in ("-x", f"{url}{path}")]
    command = [
        str(wapiti), "-u", f"{url}/", "--scope", "folder", "-c", str(cookies), *left_alone, "-m", MODULES,
        "--max-scan-time", str(CRAWL_SECONDS), "--max-attack-time", str(ATTACK_SECONDS),
        "--store-session", str(folder), "--store-config", str(folder), "--no-bugreport",
        "-f", "json", "-o", str(report), "-v", "0",
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = json.loads(report.read_text())
    print(f"wapiti, {who}: {found['infos']['crawled_pages_nbr']} halaman dan formulir", flush=True)
    return [
        f"wapiti, {who}: {kind}: {each['method']} {each['path']} ({each['parameter']}): {each['info']}"
        for part in ("vulnerabilities", "anomalies")
        for kind, each_of_it in found[part].items()
        for each in each_of_it
    ]
