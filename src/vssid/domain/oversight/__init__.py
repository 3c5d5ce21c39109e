"""Who looks at what, seen by those who are answerable."""
