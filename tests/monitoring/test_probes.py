"""What a balancer and Prometheus are told, and what they are not."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from background.models import BackgroundJob
from monitoring import probes

pytestmark = pytest.mark.django_db

TOKEN = "sebuah-tanda-yang-cukup-panjang"


@pytest.fixture
def fresh_schema(monkeypatch):
    monkeypatch.setattr(probes, "_schema_fits", False)


def test_a_living_process_says_so_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_balancers_ask_by_address_and_without_tls(settings):
    settings.ALLOWED_HOSTS = ["cermin.example"]
    settings.SECURE_SSL_REDIRECT = True
    for page in ("/healthz", "/readyz"):
        assert Client().get(page, headers={"host": "10.1.2.3"}).status_code == 200
    assert Client().get("/", headers={"host": "10.1.2.3"}).status_code == 400


def test_probes_leave_no_session_and_no_cookie(client):
    answer = client.get("/readyz")
    assert not answer.cookies
    assert "Vary" not in answer.headers


def test_everything_in_its_place_is_ready(client, fresh_schema):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": {"database": "ok", "schema": "ok", "keys": "ok", "cache": "ok"},
    }


def test_a_migration_that_is_missing_is_not_ready(client, fresh_schema):
    newest = MigrationRecorder.Migration.objects.filter(app="audit").latest("pk")
    newest.delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "schema": "fails", "keys": "ok", "cache": "ok"}


def test_the_schema_is_looked_at_until_it_fits_and_then_no_more(
    client, fresh_schema, django_assert_max_num_queries
):
    client.get("/readyz")
    with django_assert_max_num_queries(3):
        client.get("/readyz")


def test_a_database_that_does_not_answer_is_named_and_its_fault_only_logged(client, monkeypatch, caplog):
    def refuse():
        raise OperationalError("kata sandi peladen salah")

    monkeypatch.setitem(probes.CHECKS, "database", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "fails"
    assert "kata sandi" not in answer.text
    assert "kata sandi" in caplog.text


@pytest.mark.postgres_only
def test_a_standby_is_not_ready(client, monkeypatch):
    class Standby:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def execute(self, sql):
            assert "pg_is_in_recovery" in sql

        def fetchone(self):
            return (False,)

    monkeypatch.setattr(connection, "cursor", Standby)
    assert probes.CHECKS["database"]() is False


@pytest.mark.parametrize("page", ["/healthz", "/readyz", "/metrics"])
def test_probes_are_read_only(page):
    assert Client(enforce_csrf_checks=True).post(page).status_code == 405


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer salah", TOKEN])
def test_without_the_right_token_there_are_no_metrics(client, settings, authorization):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"authorization": authorization}).status_code == 404


def test_without_a_token_in_the_settings_nobody_reads_metrics(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def read_metrics(client):
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))


def test_requests_are_counted_by_the_name_of_their_route(client, settings):
    settings.METRICS_TOKEN = TOKEN
    line = 'cermin_requests_total{method="GET",route="account_login",status="200"}'
    before = float(read_metrics(client).get(line, 0))
    client.get("/akun/masuk/?next=/laporan/")
    assert float(read_metrics(client)[line]) == before + 1


def test_addresses_never_become_labels(client, settings):
    settings.METRICS_TOKEN = TOKEN
    client.get("/198609262015051001/tidak-ada/")
    assert not any("198609262015051001" in line or "tidak-ada" in line for line in read_metrics(client))


def test_an_invented_method_is_counted_as_another_one(client, settings):
    settings.METRICS_TOKEN = TOKEN
    client.generic("BREW", "/akun/masuk/")
    lines = read_metrics(client)
    assert any('method="other"' in line for line in lines)
    assert not any("BREW" in line for line in lines)


def test_metrics_tell_how_long_work_has_waited(client, settings):
    settings.METRICS_TOKEN = TOKEN
    asked_at = timezone.now() - timedelta(minutes=5)
    BackgroundJob.objects.create(kind="tests.slow", subject_id=7, asked_at=asked_at)
    lines = read_metrics(client)
    assert lines['cermin_jobs{state="waiting"}'] == "1.0"
    assert 300 <= float(lines["cermin_jobs_oldest_waiting_seconds"]) < 400


def test_several_processes_are_added_up(tmp_path):
    """The files that two processes leave are one figure in the end."""
    environment = {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "asn_assess.settings",
    }
    count = (
        "import django; django.setup(); from monitoring import metrics; "
        "metrics.count(route='home', method='GET', status=200, seconds=0.01)"
    )
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], env=environment, check=True)
    read = (
        "import django; django.setup(); from monitoring import metrics\n"
        "class Nothing:\n    def collect(self): return ()\n"
        "print(metrics.exposition(Nothing()).decode())"
    )
    said = subprocess.run(
        [sys.executable, "-c", read], env=environment, check=True, capture_output=True, text=True
    )
    assert 'cermin_requests_total{method="GET",route="home",status="200"} 2.0' in said.stdout
