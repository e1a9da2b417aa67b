"""The database's own guard over published versions, in the words of each database.

On SQLite a later migration that rebuilds ``questionnaires_version`` drops the trigger silently: such a migration ends
with ``migrations.RunPython(install, remove)`` again. A test on both databases tells when that was forgotten.
"""

TABLE = "questionnaires_version"
TRIGGER = "version_frozen_once_published"
MESSAGE = "a published version never changes"

# What a publication consists of. ``status`` may still go from published to retired.
FROZEN_COLUMNS = (
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


def install(apps, schema_editor):
    """Creates the trigger; for ``migrations.RunPython``."""
    for statement in _INSTALL[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Drops the trigger; for ``migrations.RunPython``."""
    for statement in _REMOVE[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def _breaks_the_freeze(differs):
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in FROZEN_COLUMNS)
    moved = f"NEW.status {differs} OLD.status AND NOT (OLD.status = 'published' AND NEW.status = 'retired')"
    return f"{changed} OR ({moved})"


def _install_sqlite():
    yield (
        f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN OLD.status IN ('published', 'retired') AND ({_breaks_the_freeze('IS NOT')}) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _install_postgresql():
    yield (
        f"CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN (OLD.status IN ('published', 'retired') AND ({_breaks_the_freeze('IS DISTINCT FROM')})) "
        f"EXECUTE FUNCTION {TRIGGER}()"
    )


def _remove_sqlite():
    yield f"DROP TRIGGER IF EXISTS {TRIGGER}"


def _remove_postgresql():
    yield f"DROP TRIGGER IF EXISTS {TRIGGER} ON {TABLE}"
    yield f"DROP FUNCTION IF EXISTS {TRIGGER}()"


_INSTALL = {"sqlite": _install_sqlite, "postgresql": _install_postgresql}
_REMOVE = {"sqlite": _remove_sqlite, "postgresql": _remove_postgresql}
