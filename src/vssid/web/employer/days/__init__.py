"""Registration days as HR asks for them."""
