"""The tables of the room, one module a subject; Django finds them all here."""

from .accounts import Account, LoginName, Post, Session
from .factors import AuthenticatorApp, RecoveryCode
from .relations import Guardian, TrustedPerson
from .safety import Claim, ContactChange, CounterRequest, Passkey, PasskeyOwner

__all__ = [
    "Account",
    "AuthenticatorApp",
    "Claim",
    "ContactChange",
    "CounterRequest",
    "Guardian",
    "LoginName",
    "Passkey",
    "PasskeyOwner",
    "Post",
    "RecoveryCode",
    "Session",
    "TrustedPerson",
]
