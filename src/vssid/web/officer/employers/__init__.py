"""Employers: found, invited, and what became of them."""
