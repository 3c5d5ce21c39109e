"""Why a program's access is not changed, or its deed not done."""

from __future__ import annotations

from typing import ClassVar

from vssid.kernel.errors import DomainError


class SoftwareEnded(DomainError):
    """The access is ended already."""

    code: ClassVar[str] = "software_ended"


class KeyReused(DomainError):
    """The Idempotency-Key was used for something else."""

    code: ClassVar[str] = "idempotency_key_reused"
