"""What must stay closed."""
