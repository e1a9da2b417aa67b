"""Every form of the product, fed with what nobody means to send: it answers with a page, never with a fault.

A few hundred inputs in the suite; ``make audit`` sends 50,000 (CERMIN_FUZZ). Each is undone before the next.
"""

import os
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.posted import body_of
from tests.architecture.truth_table import EFFECTIVE
from tests.architecture.world import build_world, product_addresses

pytestmark = pytest.mark.django_db

INPUTS = int(os.environ.get("CERMIN_FUZZ", "150"))
_NAME = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
_NEVER_SENT = {"csrfmiddlewaretoken"}

hostile = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.uuids().map(str),
    st.sampled_from(
        [
            "",
            " ",
            "0",
            "-1",
            "١٢٣",
            "9" * 400,
            "1e309",
            "NaN",
            "true",
            "None",
            "[]",
            '{"a": 1}',
            "x" * 20_000,
            "=cmd|' /C calc'!A0",
            "{{ settings.SECRET_KEY }}",
            "{% load x %}",
            "#panic()",
            "<script>alert(1)</script>",
            "' OR 1=1 --",
            "../../etc/passwd",
            "//evil.example/",
            "javascript:alert(1)",
            "a\x00b",
            "\ud7ff\uffff",
            "\u202etxt.exe",
            "2026-02-30",
            "31/12/9999",
            "199001012015011001",
        ]
    ),
)
files = st.builds(
    SimpleUploadedFile,
    st.sampled_from(["x.csv", "x.xlsx", "x.yaml", "..\\x.csv", "x", "=1.csv"]),
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(st.lists(hostile, max_size=6).map(";".join), max_size=6).map(
            lambda rows: "\n".join(["NIP;Nama;Kode unit", *rows]).encode("utf-8", "surrogatepass")
        ),
        st.just(b"PK\x03\x04" + b"\x00" * 60),
    ),
)
values = st.one_of(hostile, st.lists(hostile, max_size=4))


class Room:
    """A page with its forms: the fields that it draws for the person who may use it, and what that person sends."""

    def __init__(self, address, people, world):
        self.url = address.url
        for person in people:
            self.client = Client()
            self.client.force_login(person)
            drawn = self.client.get(self.url)
            if drawn.status_code == 200:
                break
        is_page = drawn.headers.get("Content-Type", "").startswith("text/html")
        self.body = body_of(address.name, world) or {}
        self.names = sorted({*_NAME.findall(drawn.text if is_page else ""), *self.body} - _NEVER_SENT) or [
            "x"
        ]


@pytest.fixture
def rooms():
    world = build_world()
    found = []
    for address in product_addresses(world):
        likely = EFFECTIVE.get(address.name, "owner")
        people = sorted(world.people, key=lambda name: name != likely)
        found.append(Room(address, [world.people[name] for name in people], world))
    assert len(found) > 40 and sum(len(room.names) > 1 for room in found) > 15
    return found


def test_no_input_of_any_form_is_a_fault(rooms):
    @settings(
        max_examples=INPUTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def send(data):
        room = data.draw(st.sampled_from(rooms))
        changed = data.draw(st.dictionaries(st.sampled_from(room.names), values, max_size=6))
        body = {**room.body, **changed} if data.draw(st.booleans()) else changed
        for name in [name for name in body if "file" in name or "berkas" in name]:
            body[name] = data.draw(files)
        with transaction.atomic():
            # An exception comes through the test client as it is, and the example with it.
            response = room.client.post(room.url, body)
            assert response.status_code < 500, (room.url, body)
            transaction.set_rollback(True)

    send()


def test_no_query_of_any_page_is_a_fault(rooms):
    keys = st.sampled_from(["page", "kuesioner", "q", "next", "unit", "o", "dimensi", "bahasa", "e", "p"])

    @settings(
        max_examples=max(50, INPUTS // 3),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def ask(data):
        room = data.draw(st.sampled_from(rooms))
        with transaction.atomic():
            response = room.client.get(room.url, data.draw(st.dictionaries(keys, values, max_size=3)))
            assert response.status_code < 500, room.url
            transaction.set_rollback(True)

    ask()
