"""Servers of the release before go on working after the migrations of this one: reading, changing and adding rows.

While an upgrade runs, both serve. The models of that release are drawn up from its migrations (last_release.json,
written by scripts/note_release.py) and set to work on the schema of today.
"""

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from tests.architecture.world import build_world

pytestmark = pytest.mark.django_db

LAST_RELEASE = json.loads(Path(__file__).with_name("last_release.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def former_models():
    loader = MigrationLoader(None)
    state = loader.project_state(list(LAST_RELEASE.items()))
    return [model for model in state.apps.get_models(include_auto_created=True) if model._meta.managed]


def columns_of(table):
    """``{column: (may be null, has a default in the database)}``."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
        numbered = connection.introspection.get_primary_key_column(cursor, table)
    return {
        each.name: (each.null_ok, each.default is not None or each.name == numbered) for each in described
    }


def faults_of_schema(models):
    """What of the schema of today would stop these models, in words."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for model in models:
        table = model._meta.db_table
        if table not in tables:
            yield f"{table}: the table is gone"
            continue
        now = columns_of(table)
        known = {field.column: field for field in model._meta.concrete_fields}
        for column, field in known.items():
            if column not in now:
                yield f"{table}.{column}: the column is gone"
            elif field.null and not now[column][0]:
                yield f"{table}.{column}: may not be empty any more"
        for column in now.keys() - known.keys():
            if not any(now[column]):
                yield f"{table}.{column}: is new, may not be empty and has no default in the database"


def put_back(rows):
    """Deletes the rows of a model and adds them again; False where a guard forbids it to everybody."""
    model = type(rows[0])
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=[row.pk for row in rows])._raw_delete(connection.alias)
            model.objects.bulk_create(rows)
    except DatabaseError as fault:
        if "never" not in str(fault):  # the guards, which refuse the code of today just the same
            raise
        return False
    return True


def test_nothing_that_the_release_before_needs_is_gone_or_asked_for(former_models):
    assert list(faults_of_schema(former_models)) == []


def test_its_models_read_and_write_what_this_release_has_stored(former_models):
    build_world()
    stored = {model: list(model.objects.all()) for model in former_models}
    lived_in = {model: rows for model, rows in stored.items() if rows}
    written = [model for model, rows in lived_in.items() if put_back(rows)]
    assert len(lived_in) >= 40
    assert len(written) >= 30
    connection.check_constraints()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("ALTER TABLE agencies_unit ADD COLUMN colour varchar(9) NOT NULL", "has no default"),
        ("ALTER TABLE agencies_unit RENAME COLUMN name TO title", "agencies_unit.name: the column is gone"),
        ("ALTER TABLE development_actionitem RENAME TO development_step", "the table is gone"),
    ],
    ids=["a column that must be filled", "a column by another name", "a table by another name"],
)
def test_a_change_that_would_stop_it_is_found(former_models, change, fault):
    connection.cursor().execute(change)
    assert any(fault in each for each in faults_of_schema(former_models))
