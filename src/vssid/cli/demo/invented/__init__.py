"""Invented people, careers, employers and places, as import files."""
