"""Drawn cards, faces and photos."""
