"""What the office told HR, and when it was read."""
