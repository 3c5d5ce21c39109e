"""The tables of the room, one module a subject; Django finds them all here."""

from .caps import Cap, CapCount
from .delivery import Counted, Hour
from .gateways import Attempt, Gateway
from .inbox import Choice, DeadAddress, Notice, ProviderFault, Subscription
from .languages import Reader
from .messages import Message
from .wordings import Wording

__all__ = [
    "Attempt",
    "Cap",
    "CapCount",
    "Choice",
    "Counted",
    "DeadAddress",
    "Gateway",
    "Hour",
    "Message",
    "Notice",
    "ProviderFault",
    "Reader",
    "Subscription",
    "Wording",
]
