"""Pages about a person's own data, for that person alone."""
