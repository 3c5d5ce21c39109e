"""How HR people of employers come in: the first time by a letter's code, then by two steps."""
