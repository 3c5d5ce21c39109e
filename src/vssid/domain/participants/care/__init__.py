"""Visits, papers of facilities and benefits."""
