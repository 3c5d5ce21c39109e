"""From a file's cells to the staging table."""
