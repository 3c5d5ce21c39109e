"""Dated data of the room."""
