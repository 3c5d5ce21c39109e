"""What makes a staged row wrong, and how it is told."""
