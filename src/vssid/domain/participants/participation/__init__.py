"""Periods, coverage, rates, and what follows from them."""
