"""Questions, guides, lines and topics, as data."""
