"""One small world for the whole folder: it takes seconds to build, and these tests only read it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from questionnaires.document import load_document
from scoring.selectors import plan_of

PEOPLE = 60


def forget_published():
    """Ids come again after a rollback; what is remembered under them must not."""
    load_document.cache_clear()
    plan_of.cache_clear()


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """A world of 60 people, built by the command; taken back after the last test. Gives what the command said."""
    forget_published()
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            said = StringIO()
            call_command("build_demo", people=PEOPLE, stdout=said)
            yield said.getvalue()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            forget_published()
