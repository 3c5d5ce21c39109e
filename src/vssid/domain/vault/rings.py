"""The data keys of many subjects, read at once, for rooms that seal row by row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from vssid.infra import keys

from . import sealing
from .models import SubjectKey

# Sealed texts are filled up to a multiple of this, so that a length tells little of what they say.
STEP = 32  # bytes


class Ring:
    """Seals and opens for the subjects it was made for; their keys are read when the first is needed."""

    def __init__(self, subject_ids: Iterable[int], *, make_at: datetime | None = None) -> None:
        """`make_at`: subjects without a key get one, made at that moment."""
        self._wanted, self._make_at = frozenset(subject_ids), make_at
        self._secrets: dict[int, bytes] | None = None

    def holds(self, subject_id: int) -> bool:
        """Has the subject a key?"""
        return subject_id in self._held()

    def seal(self, subject_id: int, purpose: str, plain: bytes, *, row: object = "") -> bytes:
        """As `sealing.seal`. Raises Erased for who has no key."""
        return sealing.seal_with(self._secret(subject_id), subject_id, purpose, plain, row=row)

    def unseal(self, subject_id: int, purpose: str, sealed: bytes | memoryview) -> bytes:
        """As `sealing.unseal` of what is bound to no row. Raises Erased or keys.CannotOpen."""
        return keys.unseal(self._secret(subject_id), bytes(sealed), _context(subject_id, purpose))

    def unseal_at(
        self,
        subject_id: int,
        purpose: str,
        sealed: bytes | memoryview,
        *,
        row: object,
        is_history: bool = False,
    ) -> bytes:
        """As `sealing.open_with` of what may be bound to a row and bear a version. Raises as that."""
        secret = self._secret(subject_id)
        return sealing.open_with(secret, subject_id, purpose, sealed, row=row, is_history=is_history)

    def seal_alike(self, subject_id: int, purpose: str, text: str) -> bytes:
        """Seal a text so that the same subject, purpose and text give the same bytes: whoever compares need
        not open. `purpose` names the row and the column. Raises Erased.
        """
        plain = text.encode()
        filled = plain.ljust(-(-len(plain) // STEP) * STEP, b"\0")
        return keys.seal_alike(self._secret(subject_id), filled, _context(subject_id, purpose))

    def unseal_alike(self, subject_id: int, purpose: str, sealed: bytes | memoryview) -> str:
        """Open what `seal_alike` made. Raises Erased or keys.CannotOpen."""
        return self.unseal(subject_id, purpose, sealed).rstrip(b"\0").decode()

    def _secret(self, subject_id: int) -> bytes:
        try:
            return self._held()[subject_id]
        except KeyError:
            raise sealing.Erased(subject=subject_id) from None

    def _held(self) -> dict[int, bytes]:
        if self._secrets is None:
            rows = SubjectKey.objects.in_bulk(list(self._wanted))
            if self._make_at is not None and (lacking := self._wanted - rows.keys()):
                rows |= sealing.make_keys(lacking, now=self._make_at)
            self._secrets = {
                subject_id: sealing.unwrap(subject_id, row.wrapped, row.master_key_id)
                for subject_id, row in rows.items()
            }
        return self._secrets


def _context(subject_id: int, purpose: str) -> bytes:
    return f"{subject_id}:{purpose}".encode()
