"""Vendored tables; see the room's README for their sources."""
