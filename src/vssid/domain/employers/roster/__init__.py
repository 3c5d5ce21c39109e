"""Who is insured at an employer now, and how far each came."""
