"""Files handed in by data officers."""
