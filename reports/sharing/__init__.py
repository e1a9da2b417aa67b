"""Sharing: the owner of a report gives one named person a look at chosen parts, for some days, and may take it back."""
