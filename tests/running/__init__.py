"""Web and workers while they run."""
