"""Notices in a person's inbox, and the choices of channels."""
