"""Campaigns: letters and reminders to the employers of an office, by date, until they have come in."""
