"""Messages on their way out, by each channel."""
