"""Two codes that were one person's."""
