"""The kinds of places that can be looked up."""

from __future__ import annotations

OFFICE, FACILITY, POINT = "office", "facility", "point"
KINDS = (OFFICE, FACILITY, POINT)
