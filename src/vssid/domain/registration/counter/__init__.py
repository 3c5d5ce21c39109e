"""People who stand at the counter: who they are, and registering with them."""
