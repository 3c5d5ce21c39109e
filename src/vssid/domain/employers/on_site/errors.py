"""Why a decision made at an employer's is not carried out."""

from __future__ import annotations

from typing import ClassVar

from vssid.kernel.errors import DomainError


class Changed(DomainError):
    """The file is not what the officer saw: `parts` says what differs (form, pictures, doubts)."""

    code: ClassVar[str] = "changed_meanwhile"

    def __init__(self, *, parts: tuple[str, ...]) -> None:
        super().__init__(parts=parts)
        self.parts = parts


class DeviceWithdrawn(DomainError):
    """The office withdrew the device: nothing that comes from it counts."""

    code: ClassVar[str] = "device_withdrawn"


class NotNamed(DomainError):
    """The officer is not named for this day (any more), or the day does not take place."""

    code: ClassVar[str] = "not_named"


class NothingTaken(DomainError):
    """The day has no open file to take along."""

    code: ClassVar[str] = "nothing_to_take"
