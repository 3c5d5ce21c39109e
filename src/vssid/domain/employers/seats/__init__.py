"""Who acts for an employer, and as what."""
