"""Campaigns: planned, run by date, their letters printed and posted, their results."""
