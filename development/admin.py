"""Nothing here on purpose: a development plan is private to the person, so no administrator reads or edits it."""
