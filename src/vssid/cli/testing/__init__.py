"""`./vssid test`: the checks of the project."""

from .parts import run

__all__ = ["run"]
