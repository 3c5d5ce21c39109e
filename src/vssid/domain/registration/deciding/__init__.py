"""Approve an application: why in spite of doubts, and who besides."""
