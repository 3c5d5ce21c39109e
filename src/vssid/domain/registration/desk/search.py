"""What an officer scans or types to find a file: its number or a part, a person's codes, phone or name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Concat

from vssid.domain.casework import desk
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import BadCode, BhxhCode, IdKind, IdNumber, Phone
from vssid.kernel.input_methods import is_garbled, readings
from vssid.kernel.text import fold, number_text

from .. import code_keys
from ..models import Application
from ..models.words import OfficeWords, office_word
from ..queries import normal_number
from ..states import OPEN

NUMBER = re.compile(r"\d{1,6}/\d{4}/\w{2,8}")
_SEQUENCE = re.compile(r"(\d{1,6})(?:/(\d{4}))?", re.ASCII)
CARD = re.compile(r"[A-Z]{2}[1-5]\d{2}(\d{10}(?:\d{2})?)", re.ASCII)
WORDS = OfficeWords("office_id", "name_folded")
PADDED = Concat(Value(" "), "name_folded", Value(" "))  # each word between spaces
USUAL = 1000  # closed files of a name: from here on they are looked for among the newest, in their order
_SHORTEST_PASSPORT = 6  # a shorter word with a digit is rather a part of something else


@dataclass(frozen=True, slots=True)
class Scan:
    """A text as it is looked for. `is_scan`: the QR of an ID or health card; `code`: what it leads with."""

    text: str
    code: str
    is_scan: bool

    @property
    def is_number(self) -> bool:
        """Is it a whole number of a file?"""
        return NUMBER.fullmatch(self.text.replace("-", "/").replace(" ", "")) is not None

    @property
    def is_garbled(self) -> bool:
        """Is it a code that an input method changed?"""
        return is_garbled(self.code)


def read_scan(text: str) -> Scan:
    """Read the scan box. Of a card's QR only the first part is looked at: the others may have been garbled
    by the scanner's keyboard."""
    text = number_text(text)
    code = text.split("|")[0].strip()
    return Scan(text, code, "|" in text)


def find(offices: str | Collection[str], what: Scan, *, now: datetime, at_most: int) -> list[Application]:
    """The files at these offices that fit, open ones first, then the newest; not more than `at_most`.

    Each way to find a file is asked by itself, since each has an index of its own; asked together they would
    be looked for among all files of the office.
    """
    here = Application.with_trials.filter(desk.lying_at(offices))
    ids = {
        number
        for fits in _codes(what, offices, now)
        for number in here.filter(fits).values_list("id", flat=True)
    }
    if not what.is_scan and (words := _name(what.text)):
        ids |= _of_name(offices, words, at_most)
    after = Case(When(state__in=sorted(OPEN), then=Value(0)), default=Value(1))
    return list(here.filter(id__in=ids).order_by(after, "-submitted_at")[:at_most])


def _of_name(offices: str | Collection[str], words: list[str], at_most: int) -> set[int]:
    """The ids of those with all these words, else of those with parts of words that are like these."""
    codes = [offices] if isinstance(offices, str) else offices
    whole = _all("padded", (f" {word} " for word in words))
    parts = _all("name_folded", words)
    found = {*_open(codes, whole, at_most), *_closed(codes, words, parts, at_most)}
    return found or {*_open(codes, parts, at_most), *_newest(codes, parts, at_most)}


def _all(column: str, texts: Iterable[str]) -> Q:
    return reduce(and_, (Q(**{f"{column}__contains": text}) for text in texts))


def _open(offices: Collection[str], fits: Q, at_most: int) -> Iterable[int]:
    here = Application.with_trials.filter(desk.lying_at(offices), state__in=sorted(OPEN))
    rows = here.alias(padded=PADDED).filter(fits).order_by("-submitted_at")
    return rows.values_list("id", flat=True)[:at_most]


def _closed(offices: Collection[str], words: list[str], parts: Q, at_most: int) -> Iterable[int]:
    """By `registration_by_words`, which gives them in no order. Where they are too many to put in order, they
    are usual enough to be met soon among the newest.
    """
    has = reduce(or_, (Q(words__contains=[office_word(code, word) for word in words]) for code in offices))
    rows = Application.with_trials.alias(words=WORDS).filter(has, closed_at__isnull=False)
    found = list(rows.values_list("submitted_at", "id")[:USUAL])
    if len(found) == USUAL:
        return _newest(offices, parts, at_most)
    return [number for _submitted_at, number in sorted(found, reverse=True)[:at_most]]


def _newest(offices: Collection[str], parts: Q, at_most: int) -> Iterable[int]:
    """The newest of the offices' years: by `registration_by_name` alone, which holds all that is asked.

    One office after the other, each in its order and no further back than the oldest of what is found
    already; asked for together, all their years would be read and sorted.
    """
    rows = Application.with_trials.filter(parts, closed_at__isnull=False).order_by("-submitted_at")
    newest: list[tuple[datetime, int]] = []
    for code in offices:
        since = {"submitted_at__gte": newest[-1][0]} if len(newest) == at_most else {}
        found = rows.filter(office_id=code, **since).values_list("submitted_at", "id")[:at_most]
        newest = sorted((*newest, *found), reverse=True)[:at_most]
    return [number for _submitted_at, number in newest]


def only_open(offices: str | Collection[str], what: Scan, *, now: datetime) -> int | None:
    """The id of the one open file that the QR of a card leads to; None for anything else."""
    if not what.is_scan:
        return None
    ids = [row.id for row in find(offices, what, now=now, at_most=2) if row.state in OPEN]
    return ids[0] if len(ids) == 1 else None


def _codes(what: Scan, offices: str | Collection[str], now: datetime) -> Iterator[Q]:
    """What a text may be besides a name, each as a condition that an index answers."""
    yield Q(number=normal_number(what.text))
    for reading in readings(what.code):
        compact = re.sub(r"[\s.]", "", reading).upper()
        yield from _sequence(compact, offices, now)
        yield from _code(compact)
        yield from _id_number(compact)
        yield from _phone(compact)


def _sequence(text: str, offices: str | Collection[str], now: datetime) -> Iterator[Q]:
    """`22` or `00022/2026`: an office's own number, of this year when none is given."""
    match = _SEQUENCE.fullmatch(text.replace("-", "/"))
    if match is None:
        return
    year = match[2] or str(local_day(now).year)
    codes = [offices] if isinstance(offices, str) else offices
    yield Q(number__in=[f"{match[1].zfill(5)}/{year}/{code}" for code in codes])


def _code(text: str) -> Iterator[Q]:
    """A BHXH code, also within a card number."""
    digits = card[1] if (card := CARD.fullmatch(text)) else text
    if re.fullmatch(r"\d{10}(\d{2})?", digits, re.ASCII):
        yield Q(bhxh_code__in=code_keys.sought(BhxhCode(digits)))


def _id_number(text: str) -> Iterator[Q]:
    """The number of an ID as it was typed into the form, or the register's person who has it."""
    for kind in IdKind:
        try:
            number = IdNumber.parse(text, kind)
        except BadCode:
            continue
        if kind is IdKind.PASSPORT and len(number.reveal()) < _SHORTEST_PASSPORT:
            continue
        yield Q(id_fingerprint__in=vault.fingerprints(kind.value, number.reveal()))
        if kind is not IdKind.PASSPORT and (person := participants.by_id_number(number)) is not None:
            yield Q(person_id=person.person_id)


def _phone(text: str) -> Iterator[Q]:
    try:
        phone = Phone.parse(text)
    except BadCode:
        return
    yield Q(phone_fingerprint__in=vault.fingerprints("phone", phone.reveal()))


def _name(text: str) -> list[str]:
    """Its words without diacritics; none where no name can be meant: none has a digit."""
    return [] if any(ch.isdigit() for ch in text) else fold(text).split()
