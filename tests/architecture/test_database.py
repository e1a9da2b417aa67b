"""What is said about the two databases."""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3


def test_psycopg_3_is_not_used():
    """Django prefers psycopg 3 silently as soon as it can be imported; this product is tested with psycopg2."""
    assert not is_psycopg3


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.django_db
def test_the_checks_of_the_database_pass():
    call_command("check", databases=["default"], fail_level="WARNING", stdout=StringIO(), stderr=StringIO())


@pytest.mark.sqlite_only
@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("foreign_keys", 1), ("synchronous", 1)])
def test_sqlite_runs_with_the_pragmas_that_the_settings_name(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == value


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_sqlite_takes_the_write_lock_at_begin():
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_it_was_asked_for():
    expected = "postgresql" if os.environ["DATABASE_URL"].startswith("postgres") else "sqlite"
    assert connection.vendor == expected
