"""The tables of the room, one module a subject; Django finds them all here."""

from .gateways import Attempt, Gateway
from .inbox import Choice, DeadAddress, Notice, ProviderFault, Subscription
from .messages import Message

__all__ = [
    "Attempt",
    "Choice",
    "DeadAddress",
    "Gateway",
    "Message",
    "Notice",
    "ProviderFault",
    "Subscription",
]
