"""What employers and their offices write to each other."""
