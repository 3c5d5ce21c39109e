"""Questions, guides and lines as data, one file for each language."""
