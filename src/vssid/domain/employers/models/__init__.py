"""The tables of the room, one module a subject; Django finds them all here."""

from .campaigns import Campaign, Mailing, Part, Target, Wave
from .corrections import Correction
from .days import Booking, RegistrationDay
from .differences import Difference
from .entries import Entry
from .invitations import Invitation, InvitationRound, Invitee, Inviting
from .on_site import DayDevice, SiteDecision
from .own_file import FileRow, Given, OwnFile
from .papers import Paper, PaperPage
from .portfolio import DiaryEntry
from .printing import PrintLine, PrintPart, PrintRun
from .roster import RosterCount, Worker
from .seats import Seat
from .software import SoftwareClient, SoftwareDeed, SoftwareSecret, SoftwareToken
from .standing import Standing

__all__ = [
    "Booking",
    "Campaign",
    "Correction",
    "DayDevice",
    "DiaryEntry",
    "Difference",
    "Entry",
    "FileRow",
    "Given",
    "Invitation",
    "InvitationRound",
    "Invitee",
    "Inviting",
    "Mailing",
    "OwnFile",
    "Paper",
    "PaperPage",
    "Part",
    "PrintLine",
    "PrintPart",
    "PrintRun",
    "RegistrationDay",
    "RosterCount",
    "Seat",
    "SiteDecision",
    "SoftwareClient",
    "SoftwareDeed",
    "SoftwareSecret",
    "SoftwareToken",
    "Standing",
    "Target",
    "Wave",
    "Worker",
]
