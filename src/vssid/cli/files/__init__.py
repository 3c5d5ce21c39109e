"""Commands about files of data."""
