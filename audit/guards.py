"""The database's own guards over what must not change, in the words of each database.

On SQLite a later migration that rebuilds a guarded table drops its trigger silently: such a migration ends with
``migrations.RunPython(guard.install, guard.remove)`` again. Tests on both databases tell when that was forgotten.
"""

from dataclasses import dataclass

_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


@dataclass(frozen=True)
class Guard:
    """A trigger that refuses updates of a table, or deletions.

    ``condition`` is the SQL that tells which of them, with ``{differs}`` for "is not equal, NULL included"; without
    one every one is refused. The error says ``message``, which is for developers: actions refuse in sentences.
    ``vendors``: the databases that get it.
    """

    table: str
    trigger: str
    message: str
    condition: str = ""
    refuses: str = "UPDATE"
    vendors: tuple[str, ...] = ("sqlite", "postgresql")

    def install(self, apps, schema_editor):
        """Creates the trigger; for ``migrations.RunPython``."""
        vendor = schema_editor.connection.vendor
        if vendor not in self.vendors:
            return
        create = {"sqlite": self._install_sqlite, "postgresql": self._install_postgresql}[vendor]
        condition = self.condition.format(differs=_DIFFERS[vendor])
        for statement in create(f"WHEN ({condition}) " if condition else ""):
            schema_editor.execute(statement)

    def remove(self, apps, schema_editor):
        """Drops the trigger; for ``migrations.RunPython``."""
        vendor = schema_editor.connection.vendor
        if vendor not in self.vendors:
            return
        drop = {"sqlite": self._remove_sqlite, "postgresql": self._remove_postgresql}
        for statement in drop[vendor]():
            schema_editor.execute(statement)

    @property
    def _when(self):
        return f"BEFORE {self.refuses} ON {self.table} FOR EACH ROW"

    def _install_sqlite(self, condition):
        yield (
            f"CREATE TRIGGER {self.trigger} {self._when} {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def _install_postgresql(self, condition):
        yield (
            f"CREATE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        yield f"CREATE TRIGGER {self.trigger} {self._when} {condition}EXECUTE FUNCTION {self.trigger}()"

    def _remove_sqlite(self):
        yield f"DROP TRIGGER IF EXISTS {self.trigger}"

    def _remove_postgresql(self):
        yield f"DROP TRIGGER IF EXISTS {self.trigger} ON {self.table}"
        yield f"DROP FUNCTION IF EXISTS {self.trigger}()"
