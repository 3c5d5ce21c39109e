"""What the register refuses."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class RegisterBusy(DomainError):
    """A file that merges people is being loaded; the same can be done in a moment."""

    code = "register_busy"


class NoSuchPerson(DomainError):
    """The register does not hold the person, or no longer under this number."""

    code = "no_such_person"


class NoCoverage(DomainError):
    """The person has no health insurance on that day or later."""

    code = "no_coverage"


class IdTaken(DomainError):
    """The ID number belongs to another person of the register."""

    code = "id_taken"
