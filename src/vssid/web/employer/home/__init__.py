"""Where an employer's HR begins, and for which employer."""
