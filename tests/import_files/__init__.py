"""Files of data, as they come and as they are loaded."""
