"""Pages of the reports: the person's own, and those of an agency's analysts."""
