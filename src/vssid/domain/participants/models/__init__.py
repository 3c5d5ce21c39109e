"""The tables of the room, one module a subject; Django finds them all here."""

from .benefits import Benefit
from .certificates import Certificate
from .employer_statistics import EmployerStanding, StandingCount
from .history import Version
from .merges import Merge
from .participation import Contribution, Coverage, Employer
from .people import Identifier, Person
from .visits import Visit

__all__ = [
    "Benefit",
    "Certificate",
    "Contribution",
    "Coverage",
    "Employer",
    "EmployerStanding",
    "Identifier",
    "Merge",
    "Person",
    "StandingCount",
    "Version",
    "Visit",
]
