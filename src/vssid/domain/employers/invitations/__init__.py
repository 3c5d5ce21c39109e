"""How HR invites workers, and what a worker does with it."""
