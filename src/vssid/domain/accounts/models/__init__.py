"""The tables of the room, one module a subject; Django finds them all here."""

from .accounts import Account, LoginName, Post, Session
from .relations import Guardian, TrustedPerson
from .safety import Claim, ContactChange, CounterRequest, Passkey, PasskeyOwner

__all__ = [
    "Account",
    "Claim",
    "ContactChange",
    "CounterRequest",
    "Guardian",
    "LoginName",
    "Passkey",
    "PasskeyOwner",
    "Post",
    "Session",
    "TrustedPerson",
]
