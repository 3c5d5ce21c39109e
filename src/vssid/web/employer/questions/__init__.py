"""Messages between HR and the employer's office."""
