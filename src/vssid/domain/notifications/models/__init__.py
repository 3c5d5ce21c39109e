"""The tables of the room, one module a subject; Django finds them all here."""

from .inbox import Choice, DeadAddress, Notice, ProviderFault, Subscription
from .messages import Message

__all__ = ["Choice", "DeadAddress", "Message", "Notice", "ProviderFault", "Subscription"]
