"""From staging into the tables, and back."""
