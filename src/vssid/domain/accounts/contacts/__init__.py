"""Phone and e-mail, and what is told to them."""
