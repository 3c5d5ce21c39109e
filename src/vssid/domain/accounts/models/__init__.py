"""The tables of the room, one module a subject; Django finds them all here."""

from .accounts import Account, LoginName, Session
from .factors import AuthenticatorApp, FactorRequest, RecoveryCode, RecoverySheet
from .relations import Guardian, TrustedPerson
from .safety import Claim, ContactChange, CounterRequest, Passkey, PasskeyOwner
from .staff import Absence, Post, StaffPerson

__all__ = [
    "Absence",
    "Account",
    "AuthenticatorApp",
    "Claim",
    "ContactChange",
    "CounterRequest",
    "FactorRequest",
    "Guardian",
    "LoginName",
    "Passkey",
    "PasskeyOwner",
    "Post",
    "RecoveryCode",
    "RecoverySheet",
    "Session",
    "StaffPerson",
    "TrustedPerson",
]
