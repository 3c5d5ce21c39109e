"""Static files of several versions side by side: names with a hash, laid down before a server needs them."""
