"""What a procedure is, as data, and the way through it."""
