"""A small invented Indonesia: its description (pure) and the builder that makes it by calling the apps' actions."""
