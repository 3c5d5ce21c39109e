"""Texts as somebody wrote them anew: tried, versioned, taken back."""
