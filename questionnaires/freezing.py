"""The database's own guards over what is published."""

from audit.guards import Guard

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
