"""What the tests with processes of their own have in common: the database of the test, and patience."""

import os
import time

from django.db import connection

PATIENCE_SECONDS = 60


def environment(**more):
    """For a process of the product on the database of the test, with a queue in it."""
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "asn_assess.settings",
        "WITHOUT_WORKERS": "0",
        **more,
    }


def database_url():
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST'] or 'localhost'}:{at['PORT'] or 5432}/{at['NAME']}"


def wait_until(happened):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
