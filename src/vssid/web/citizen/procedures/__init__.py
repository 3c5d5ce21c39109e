"""Online procedures as the person sees them: steps, review, one's own requests."""
