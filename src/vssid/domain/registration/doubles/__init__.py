"""Signs that several applications come from one hand."""
