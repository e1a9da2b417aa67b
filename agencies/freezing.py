"""The database's own guard over privacy notices: what people were told stays what it was."""

from audit.guards import Guard

# Only the name of whoever published one may be taken out, when that account is removed.
NOTICE_GUARD = Guard(
    table="agencies_privacynotice",
    trigger="privacy_notice_never_changes",
    message="a privacy notice never changes",
    condition=" OR ".join(
        f"NEW.{column} {{differs}} OLD.{column}"
        for column in ("id", "agency_id", "number", "text_id", "text_en", "published_at")
    ),
)
