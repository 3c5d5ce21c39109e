"""The tables of the room, one module a subject; Django finds them all here."""

from .applications import OPEN_STATES, Application, Counter, Draft, Holder
from .papers import HandoverCounter, HandoverLine, HandoverList, SecondLook, SignedPage, WalkIn
from .trials import KnownCase, Trial, TrialPace, TrialResult

__all__ = [
    "OPEN_STATES",
    "Application",
    "Counter",
    "Draft",
    "HandoverCounter",
    "HandoverLine",
    "HandoverList",
    "Holder",
    "KnownCase",
    "SecondLook",
    "SignedPage",
    "Trial",
    "TrialPace",
    "TrialResult",
    "WalkIn",
]
