"""The database's own guards over what is published, in the words of each database.

On SQLite a later migration that rebuilds a guarded table drops its trigger silently: such a migration ends with
``migrations.RunPython(guard.install, guard.remove)`` again. Tests on both databases tell when that was forgotten.
"""

from dataclasses import dataclass

_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


@dataclass(frozen=True)
class Guard:
    """A trigger that refuses updates of a table.

    ``condition`` is the SQL that tells which updates, with ``{differs}`` for "is not equal, NULL included"; without
    one every update is refused. The error says ``message``, which is for developers: actions refuse in sentences.
    """

    table: str
    trigger: str
    message: str
    condition: str = ""

    def install(self, apps, schema_editor):
        """Creates the trigger; for ``migrations.RunPython``."""
        vendor = schema_editor.connection.vendor
        create = {"sqlite": self._install_sqlite, "postgresql": self._install_postgresql}[vendor]
        condition = self.condition.format(differs=_DIFFERS[vendor])
        for statement in create(f"WHEN ({condition}) " if condition else ""):
            schema_editor.execute(statement)

    def remove(self, apps, schema_editor):
        """Drops the trigger; for ``migrations.RunPython``."""
        drop = {"sqlite": self._remove_sqlite, "postgresql": self._remove_postgresql}
        for statement in drop[schema_editor.connection.vendor]():
            schema_editor.execute(statement)

    def _install_sqlite(self, when):
        yield (
            f"CREATE TRIGGER {self.trigger} BEFORE UPDATE ON {self.table} FOR EACH ROW {when}"
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def _install_postgresql(self, when):
        yield (
            f"CREATE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        yield (
            f"CREATE TRIGGER {self.trigger} BEFORE UPDATE ON {self.table} FOR EACH ROW {when}"
            f"EXECUTE FUNCTION {self.trigger}()"
        )

    def _remove_sqlite(self):
        yield f"DROP TRIGGER IF EXISTS {self.trigger}"

    def _remove_postgresql(self):
        yield f"DROP TRIGGER IF EXISTS {self.trigger} ON {self.table}"
        yield f"DROP FUNCTION IF EXISTS {self.trigger}()"


# What a publication consisted of at first; migration 0002 guards these, when the later columns do not exist yet.
FIRST_FROZEN_COLUMNS = (
    "document",
    "content_hash",
    "number",
    "questionnaire_id",
    "title_ind",
    "title_eng",
    "summary_ind",
    "summary_eng",
    "introduction_ind",
    "introduction_eng",
    "minutes",
    "sources",
    "published_at",
    "published_by_id",
    "change_note",
)
# What a publication consists of. ``status`` may still go from published to retired.
FROZEN_COLUMNS = (*FIRST_FROZEN_COLUMNS, "allow_ipsative")

_MOVED = "NEW.status {differs} OLD.status AND NOT (OLD.status = 'published' AND NEW.status = 'retired')"


def _version_guard(columns):
    changed = " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)
    return Guard(
        table="questionnaires_version",
        trigger="version_frozen_once_published",
        message="a published version never changes",
        condition=f"OLD.status IN ('published', 'retired') AND ({changed} OR ({_MOVED}))",
    )


FIRST_VERSION_GUARD = _version_guard(FIRST_FROZEN_COLUMNS)
VERSION_GUARD = _version_guard(FROZEN_COLUMNS)
