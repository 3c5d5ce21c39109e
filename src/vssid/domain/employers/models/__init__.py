"""The tables of the room, one module a subject; Django finds them all here."""

from .corrections import Correction
from .differences import Difference
from .entries import Entry
from .invitations import Invitation, InvitationRound, Invitee, Inviting
from .own_file import FileRow, Given, OwnFile
from .papers import Paper, PaperPage
from .portfolio import DiaryEntry
from .roster import RosterCount, Worker
from .seats import Seat
from .standing import Standing

__all__ = [
    "Correction",
    "DiaryEntry",
    "Difference",
    "Entry",
    "FileRow",
    "Given",
    "Invitation",
    "InvitationRound",
    "Invitee",
    "Inviting",
    "OwnFile",
    "Paper",
    "PaperPage",
    "RosterCount",
    "Seat",
    "Standing",
    "Worker",
]
