"""HR invites its workers: whom, by what, and what came of it."""
