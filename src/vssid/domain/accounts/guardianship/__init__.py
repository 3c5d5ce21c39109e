"""Guardians of children, and trusted people."""
