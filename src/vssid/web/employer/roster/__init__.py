"""The workers of the employer and how far each is."""
