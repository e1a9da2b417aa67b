"""Writes of the person's own privacy: every copy that leaves is an event of the trail."""

from django.db import transaction

from audit.actions import record


@transaction.atomic
def note_copy(*, person, form, by):
    """A person fetches a copy of the own data, as ``json``, ``csv`` or ``pdf``."""
    record(event="own_data.downloaded", by=by, target=person, detail={"form": form})
