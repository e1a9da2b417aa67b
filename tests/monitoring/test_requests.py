"""Every request has an id that leads from what a person sees to the lines of the log."""

import json
import logging
import sys

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import include, path

from monitoring.logs import JsonLines

pytestmark = pytest.mark.django_db

NIP = "198609262015051001"


@login_not_required
def _fail(request):
    raise RuntimeError(f"baris {NIP} tidak terbaca")


class Addresses:
    """The product's addresses and one that fails."""

    handler500 = "monitoring.views.server_error"
    urlpatterns = [path("gagal/", _fail), path("", include("asn_assess.urls"))]


@pytest.fixture
def lines():
    """The records of the product as they are written on a server."""
    written = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(json.loads(self.format(record)))

    handler = Keep()
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("django", "monitoring.requests")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield written
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_every_answer_names_its_request(client):
    ids = {client.get("/akun/masuk/").headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3
    assert all(len(one) == 32 for one in ids)


def test_the_id_that_the_proxy_gave_is_kept(client):
    given = "b7c1e0d4-0001"
    assert client.get("/akun/masuk/", headers={"x-request-id": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "pendek", NIP, "a" * 65, "ab cd efgh", 'x"}{"level":"baru'])
def test_an_id_that_could_spoil_a_log_is_replaced(client, given):
    answered = client.get("/akun/masuk/", headers={"x-request-id": given}).headers["X-Request-ID"]
    assert answered != given
    assert len(answered) == 32


def test_one_line_tells_of_each_request_without_its_address(client, lines):
    answer = client.get(f"/akun/masuk/?next=/{NIP}/")
    (line,) = [line for line in lines if line["logger"] == "monitoring.requests"]
    assert line.pop("ms") > 0
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "monitoring.requests",
        "message": "request",
        "request_id": answer.headers["X-Request-ID"],
        "route": "account_login",
        "method": "GET",
        "status": 200,
    }


def test_a_fault_leads_from_the_page_to_the_log(settings, lines):
    settings.ROOT_URLCONF = Addresses
    answer = Client(raise_request_exception=False).get("/gagal/")
    request_id = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert f"<code>{request_id}</code>" in answer.text
    (fault,) = [line for line in lines if line["level"] == "ERROR"]
    assert fault["request_id"] == request_id
    assert "RuntimeError" in fault["traceback"]
    assert NIP not in json.dumps(lines)


def test_the_request_itself_is_never_written():
    """Django hands it to the log with its records; it holds the form and the address."""
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Not Found", None, None)
    record.request = "<WSGIRequest: POST '/akun/masuk/'>"
    assert "WSGIRequest" not in JsonLines().format(record)


def test_a_line_outside_a_request_has_no_id_and_stays_one_line():
    try:
        raise ValueError("dua\nbaris")
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord("background", logging.ERROR, __file__, 1, "kata\n%s", ("kedua",), fault)
    written = JsonLines().format(record)
    assert "\n" not in written
    assert "request_id" not in json.loads(written)
