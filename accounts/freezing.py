"""The database's own guard over consents: what somebody agreed to stays what it was."""

from audit.guards import Guard

CONSENT_GUARD = Guard(
    table="accounts_consent", trigger="consent_never_changes", message="a consent never changes"
)
