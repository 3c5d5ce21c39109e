"""The tables of the room, one module a subject; Django finds them all here."""

from .entries import Entry
from .papers import Paper, PaperPage
from .roster import RosterCount, Worker
from .seats import Seat
from .standing import Standing

__all__ = ["Entry", "Paper", "PaperPage", "RosterCount", "Seat", "Standing", "Worker"]
