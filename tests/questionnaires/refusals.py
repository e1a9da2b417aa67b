"""Which constraint of the database refused a write."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction


def constraint_called(name):
    """The model that has the constraint, and the constraint."""
    [found] = [(m, c) for m in apps.get_models() for c in m._meta.constraints if c.name == name]
    return found


def refused_by(name, write):
    """The database refuses the write, and it is this constraint that does.

    PostgreSQL names every constraint; SQLite names a CHECK, and of a UNIQUE only its columns.
    """
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    model, constraint = constraint_called(name)
    if connection.vendor == "postgresql":
        assert refused.value.__cause__.diag.constraint_name == name
    elif isinstance(constraint, models.UniqueConstraint):
        columns = [model._meta.get_field(field).column for field in constraint.fields]
        named = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
        assert str(refused.value) == f"UNIQUE constraint failed: {named}"
    else:
        assert str(refused.value) == f"CHECK constraint failed: {name}"
