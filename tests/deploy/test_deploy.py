"""What stands in deploy/ fits the product: the commands, settings and metrics it names exist, and the server starts."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from monitoring import metrics
from monitoring.figures import DatabaseFigures

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
SYSTEMD = DEPLOY / "systemd"
START_SECONDS = 60


def production(tmp_path, **changes):
    """The environment of a server, with a database that nobody has prepared yet."""
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
        "ALLOWED_HOSTS": "cermin.example",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'cermin.sqlite3'}",
        "STATIC_ROOT": str(tmp_path / "static"),
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        "WEB_WORKERS": "1",
        **changes,
    }


def gunicorn(*arguments):
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.conf.py",
        *arguments,
        "asn_assess.wsgi",
    ]


def test_every_timer_runs_a_command_that_exists():
    wanted = set(re.findall(r"cermin@([a-z_]+)\.timer", (SYSTEMD / "cermin.target").read_text()))
    assert {"close_due_campaigns", "send_campaign_mail", "clearsessions"} <= wanted
    assert wanted <= set(get_commands())


def test_every_schedule_belongs_to_a_timer_that_is_started():
    wanted = set(re.findall(r"cermin@([a-z_]+)\.timer", (SYSTEMD / "cermin.target").read_text()))
    scheduled = {folder.name.removeprefix("cermin@").split(".")[0] for folder in SYSTEMD.glob("*.timer.d")}
    assert scheduled <= wanted


def test_every_command_for_the_scheduler_in_the_readme_has_a_timer():
    rows = [line for line in (ROOT / "README.md").read_text().splitlines() if "| for the scheduler:" in line]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
    target = (SYSTEMD / "cermin.target").read_text()
    # Freezing what is closed is a step of close_due_campaigns.
    missing = {name for name in named - {"freeze_results"} if f"cermin@{name}.timer" not in target}
    assert named
    assert missing == set()


def test_every_setting_of_the_server_is_explained():
    names = re.findall(r"^#?([A-Z][A-Z_]+)=", (DEPLOY / "cermin.env.example").read_text(), re.MULTILINE)
    explained = (ROOT / ".env.example").read_text()
    assert "SECRET_KEY" in names
    assert [name for name in names if f"{name}=" not in explained] == []


@pytest.mark.django_db
def test_every_alert_looks_at_a_metric_that_is_told():
    rules = (DEPLOY / "prometheus" / "cermin-alerts.yml").read_text()
    named = {name.removesuffix("_bucket") for name in re.findall(r"\bcermin_[a-z_]+", rules)}
    metrics.count(route="home", method="GET", status=200, seconds=0.01)
    told = metrics.exposition(DatabaseFigures()).decode()
    assert len(named) == 5
    assert [name for name in named if f"# TYPE {name} " not in told] == []


def test_the_secrets_of_the_examples_are_empty():
    text = (DEPLOY / "cermin.env.example").read_text()
    assert re.search(r"^SECRET_KEY=$", text, re.MULTILINE)
    assert re.search(r"^METRICS_TOKEN=$", text, re.MULTILINE)


def test_a_server_with_a_wrong_setting_says_the_sentence_and_nothing_else(tmp_path):
    result = subprocess.run(
        gunicorn("--check-config"),
        cwd=ROOT,
        env=production(tmp_path, SECRET_KEY=""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert result.stderr.startswith("Pengaturan SECRET_KEY belum diisi")
    assert "Traceback" not in result.stderr


def test_the_server_starts_as_documented_answers_probes_and_stops_when_told(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    server = subprocess.Popen(
        gunicorn(), cwd=ROOT, env=production(tmp_path, WEB_BIND=address), stderr=subprocess.PIPE, text=True
    )
    try:
        assert _ask_until_up(address, "/healthz", server) == 200
        assert _ask(address, "/readyz") == 503  # no migration has been applied
        server.send_signal(signal.SIGTERM)
        assert server.wait(START_SECONDS) == 0
    finally:
        server.kill()
        server.communicate()


def _ask(address, page):
    connection = http.client.HTTPConnection(address, timeout=START_SECONDS)
    try:
        connection.request("GET", page)
        return connection.getresponse().status
    finally:
        connection.close()


def _ask_until_up(address, page, server):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            return _ask(address, page)
        except ConnectionRefusedError:
            time.sleep(0.1)
    return None
