"""Open files of several kinds: those in hand, those given to the officer, those handed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from vssid.domain.casework import claims
from vssid.domain.casework.work import assignments, notes
from vssid.kernel.actor import Actor

from ..casework.in_hand import Queue
from ..casework.words import Words
from ..families import lists as families
from ..procedures import lists as procedures
from ..registration import lists as registration
from ..support import lists as support

QUEUES: Mapping[str, Queue] = {
    queue.kind.name: queue for queue in (registration.QUEUE, procedures.QUEUE, families.QUEUE, support.QUEUE)
}
MOST = 30
# A file as a form names it: the word of its queue and its number.
WORD = re.compile(r"([a-z-]+)-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class File:
    """An open file of the own office. `what`: which queue it is of; `key`: of its row, `word`: for a form."""

    queue: Queue
    key: tuple[int, ...]
    number: str
    since: datetime | None = None

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(self.queue.file, args=self.key)

    @property
    def pk(self) -> Any:
        """The key of its row."""
        return self.key if len(self.key) > 1 else self.key[0]

    @property
    def what(self) -> Words:
        """Which queue it is of."""
        return self.queue.what

    @property
    def word(self) -> str:
        """How a form names it."""
        return f"{self.queue.word}-{self.key[-1]}"


def in_hand(by: Actor, now: datetime) -> list[File]:
    """What the officer has in hand, the longest first."""
    mine = claims.of(by=by, now=now)
    return [
        File(file.queue, file.key, file.number, mine[kind, file.key[-1]]) for kind, file in _open(by, [*mine])
    ]


def given(by: Actor) -> list[File]:
    """What was given to the officer, the longest first."""
    return [file for _kind, file in _open(by, assignments.of(by=by, most=MOST))]


def handed_over(by: Actor, now: datetime) -> list[File]:
    """What colleagues handed over lately, the newest first."""
    return [file for _kind, file in _open(by, notes.handed_over(by=by, now=now, most=MOST))]


def of_words(by: Actor, words: Iterable[str]) -> dict[str, File]:
    """The open files of the own office that a form names; what it names besides is left out."""
    kinds = {queue.word: kind for kind, queue in QUEUES.items()}
    matches = [match for word in words if (match := WORD.fullmatch(word)) and match[1] in kinds]
    there = _open(by, [(kinds[match[1]], int(match[2])) for match in matches])
    return {file.word: file for _kind, file in there}


def _open(by: Actor, files: Sequence[tuple[str, int]]) -> list[tuple[str, File]]:
    """Those of these (kind, number) that are open at the own office, in their order."""
    there: dict[tuple[str, int], File] = {}
    for kind, queue in QUEUES.items():
        of_kind = [file_id for name, file_id in files if name == kind]
        for file_id, number, key in queue.named(by.office, of_kind):
            there[kind, file_id] = File(queue, key, number)
    return [(kind, there[kind, file_id]) for kind, file_id in files if (kind, file_id) in there]
