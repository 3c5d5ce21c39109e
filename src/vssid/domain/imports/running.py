"""A run at work: what it was given, how far it is, and what its phases share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from vssid.domain.vault import sealing as vault

from .files.sources import Source
from .importer import Importer
from .merge.effects import Effects
from .models import ImportRun, RowError

KEY_PURPOSE = "import-run"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: rows `done` of `total` in the phase staging, checking or merging.

    While staging, `total` is a good guess, or 0 when nothing is known.
    """

    phase: str
    done: int
    total: int


Tell = Callable[[Progress], None]
Refusals = Collection[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class Work:
    """A run over a file. `effects` listens to what it does; `shown` are digests of what it may do."""

    run: ImportRun
    importer: Importer
    source: Source
    tell: Tell
    now: datetime
    effects: Effects | None = None
    shown: dict[str, str] | None = None

    @property
    def erases(self) -> frozenset[str]:
        """The staging columns whose blank cells erase: of columns in the file, when the run was told so."""
        return self.importer.erased_by_blanks(self.source.header) if self.run.blanks_erase else frozenset()

    @property
    def secret(self) -> bytes:
        """The key of the run's sealed cells."""
        return vault.unseal(self.run.subject_id, KEY_PURPOSE, self.run.sealed_key or b"")


def note_refused(row: ImportRun, refused: Refusals) -> None:
    """Keep why lines were refused."""
    RowError.objects.bulk_create(
        [RowError(run=row, line=line, field=field, code=code) for line, field, code in refused],
        batch_size=5000,
    )
