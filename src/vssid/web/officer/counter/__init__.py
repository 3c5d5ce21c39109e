"""The counter: one page from a card to the person and what can be done for them."""
