"""How messages are delivered: counted by hour, found one by one, sent again."""
