"""Pages of the rooms of an agency's administrators."""
