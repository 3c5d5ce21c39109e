"""How the tests themselves are run."""
