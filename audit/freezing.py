"""The database's own guards over the trail: written once, never changed."""

from audit.guards import Guard

_EVENT_COLUMNS = ("id", "at", "event", "actor_id", "agency_id", "target_model", "target_id", "detail")
_LINK_COLUMNS = ("position", "event_id", "commitment", "hash")


def _differ(columns):
    return " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)


# Erasing a person empties the name and the salt; nothing else may ever be written over.
TRAIL_GUARDS = (
    Guard(
        table="audit_auditevent",
        trigger="audit_event_never_changes",
        message="the audit trail never changes",
        condition=f"NEW.actor_label <> '' OR {_differ(_EVENT_COLUMNS)}",
    ),
    Guard(
        table="audit_auditlink",
        trigger="audit_link_never_changes",
        message="the audit chain never changes",
        condition=f"length(NEW.salt) > 0 OR {_differ(_LINK_COLUMNS)}",
    ),
    # Whoever holds the file of SQLite can do anything with it; there the chain alone tells.
    *(
        Guard(
            table=f"audit_{table}",
            trigger=f"audit_{table}_never_removed",
            message="the audit trail is never removed",
            refuses="DELETE",
            vendors=("postgresql",),
        )
        for table in ("auditevent", "auditlink")
    ),
)
