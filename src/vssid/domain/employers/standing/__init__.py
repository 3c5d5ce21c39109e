"""What became of an employer, by date."""
