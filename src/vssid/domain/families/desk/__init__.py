"""The officer's side of a request for a child."""
