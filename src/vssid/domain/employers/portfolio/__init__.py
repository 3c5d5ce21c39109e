"""What a collection officer's employers need, and what was agreed with each."""
