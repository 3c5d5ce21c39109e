"""Files of every kind we read, as rows of cells."""
