"""What an office's counter does for an account."""
