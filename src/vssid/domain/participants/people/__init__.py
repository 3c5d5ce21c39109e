"""Persons: their files, corrections and keys."""
