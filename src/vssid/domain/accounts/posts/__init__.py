"""Staff and their posts."""
