"""The tables of the room, one module a subject; Django finds them all here."""

from .accounts import Account, LoginName, PhoneCode, Post, Session, TextCount, Throttle
from .relations import Guardian, TrustedPerson
from .safety import Challenge, Claim, ContactChange, CounterRequest, Passkey, PasskeyOwner

__all__ = [
    "Account",
    "Challenge",
    "Claim",
    "ContactChange",
    "CounterRequest",
    "Guardian",
    "LoginName",
    "Passkey",
    "PasskeyOwner",
    "PhoneCode",
    "Post",
    "Session",
    "TextCount",
    "Throttle",
    "TrustedPerson",
]
