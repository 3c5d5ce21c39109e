"""Getting back in, freezing and closing."""
