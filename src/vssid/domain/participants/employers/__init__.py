"""Employers: found, counted, and what they owe."""
