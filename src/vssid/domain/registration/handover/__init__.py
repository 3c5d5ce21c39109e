"""Signed forms that come as a pile with a list of their numbers."""
