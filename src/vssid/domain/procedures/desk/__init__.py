"""The officer's side of a request."""
