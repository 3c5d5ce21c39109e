"""How evenly officers decide, and what of that may be chance."""
