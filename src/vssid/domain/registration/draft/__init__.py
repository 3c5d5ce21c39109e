"""A registration that is being filled in."""
