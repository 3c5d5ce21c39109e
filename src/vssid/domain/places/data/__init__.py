"""Vendored lists; see the room's README for their sources."""
