"""Form, card and register side by side, with the letters that differ. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from vssid.domain.identity.mrz import LINE
from vssid.domain.identity.queries import ImageView
from vssid.domain.identity.reading import Reading, Source
from vssid.domain.participants.queries import PersonView
from vssid.domain.registration.form import FormData
from vssid.kernel.ids import IdNumber, Phone, grouped
from vssid.kernel.text import differing, fold, same_name_bare, tidy

from .words import FIELDS, Words

Runs = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """A value cut into runs of same and different letters. `lacks`: letters the form has and this has not."""

    runs: Runs = field(default_factory=list)
    lacks: str = ""
    small: Words = ""
    bad: bool = False

    @property
    def differs(self) -> bool:
        """Is anything marked?"""
        return bool(self.lacks) or any(marked for _text, marked in self.runs)

    @property
    def marked(self) -> str:
        """The marked letters, for those who hear the page."""
        return ", ".join(f"“{text.strip() or _('dấu cách')}”" for text, marked in self.runs if marked)


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One field: the typed value, the card by QR and by MRZ, the register."""

    name: str
    form: Cell
    qr: Cell
    mrz: Cell
    register: Cell

    @property
    def label(self) -> Words:
        """The field's name."""
        return FIELDS[self.name]

    @property
    def differs(self) -> bool:
        """Does any source differ from the form?"""
        return any(cell.differs for cell in (self.qr, self.mrz, self.register))


def readings(images: Iterable[ImageView]) -> tuple[Reading | None, Reading | None]:
    """What the photos gave: (QR, MRZ)."""
    found: dict[Source, Reading] = {}
    for image in images:
        if image.reading is not None:
            found.setdefault(image.reading.source, image.reading)
    return found.get(Source.QR), found.get(Source.MRZ)


def table(
    form: FormData, qr: Reading | None, mrz: Reading | None, person: PersonView | None, *, today: date
) -> list[Row]:
    """Every field that at least one source besides the form may know."""
    cards = (qr, mrz)
    rows = [
        _row("full_name", form.full_name, *(card and card.full_name for card in cards), person and person.full_name),
        _birth(form, cards, person),
        _row("sex", _sex(form.sex), *(card and _sex(card.sex) for card in cards), person and _sex(person.sex), whole=True),
        _row("id_number", form.id_number.reveal(), *(_plain(card and card.id_number) for card in cards), _plain(person and person.id_number)),
        _old_number(form, cards, person),
        _row("issued_on", _day(form.issued_on), *(card and _day(card.issued_on) for card in cards), person and _day(person.id_issued_on)),
        _expiry(cards, today),
        _row("bhxh_code", grouped(form.bhxh_code.reveal()), None, None, person and grouped(person.bhxh_code.reveal())),
        _row("phone", form.phone.national(), None, None, _phone(person and person.phone)),
        Row("address", _same(form.address), _same(qr and qr.address), _same(mrz and mrz.address), _same(person and person.address)),
    ]
    return [row for row in rows if row is not None]


def _row(
    name: str, typed: str, qr: str | None, mrz: str | None, register: str | None, *, whole: bool = False
) -> Row:
    others = [text for text in (qr, register) if text]
    return Row(
        name,
        _typed(typed, others, whole=whole),
        _against(qr, typed, whole=whole),
        _mrz_name(mrz, typed) if name == "full_name" else _against(mrz, typed, whole=whole),
        _against(register, typed, whole=whole),
    )


def _same(text: str | None) -> Cell:
    """A value shown without comparing: addresses are written in many ways."""
    return Cell([(text, False)]) if text else Cell()


def _against(text: str | None, typed: str, *, whole: bool = False) -> Cell:
    """A source's value with what is not in the typed one marked."""
    if not text:
        return Cell()
    if tidy(text).casefold() == tidy(typed).casefold():
        return _same(text)
    if whole:
        return Cell([(text, True)])
    runs = differing(text, typed)
    marked = any(different for _part, different in runs)
    return Cell(runs, lacks="" if marked else _extra(typed, text))


def _extra(one: str, other: str) -> str:
    return " ".join(part.strip() for part, different in differing(one, other) if different)


def _typed(typed: str, others: Sequence[str], *, whole: bool) -> Cell:
    """The typed value with every letter marked that some source contradicts."""
    typed = tidy(typed)
    unlike = [other for other in others if tidy(other).casefold() != typed.casefold()]
    if whole:
        return Cell([(typed, bool(unlike))])
    flags = [False] * len(typed)
    for other in unlike:
        at = 0
        for part, different in differing(typed, other):
            flags[at : at + len(part)] = [flag or different for flag in flags[at : at + len(part)]]
            at += len(part)
    runs: Runs = []
    for letter, flag in zip(typed, flags, strict=True):
        if runs and runs[-1][1] == flag:
            runs[-1] = (runs[-1][0] + letter, flag)
        else:
            runs.append((letter, flag))
    return Cell(runs)


def _mrz_name(text: str | None, typed: str) -> Cell:
    """An MRZ has no diacritics, and a long name is cut where the line ends."""
    if not text:
        return Cell()
    cut = len(text) + 1 >= LINE and fold(typed).startswith(fold(text))
    return _same(text) if cut or same_name_bare(text, typed) else _against(text, fold(typed))


def _birth(form: FormData, cards: Sequence[Reading | None], person: PersonView | None) -> Row:
    """Some cards and registers know only the year; then only the year is compared."""
    typed = _day(form.birth_date) or ""
    row = _row("birth_date", typed, *(_born(card) for card in cards), _born(person))
    fixed = {
        name: _same(_born(source))
        for name, source in (("qr", cards[0]), ("mrz", cards[1]), ("register", person))
        if source is not None and (text := _born(source)) and len(text) < len(typed) and typed.endswith(text)
    }
    if not fixed:
        return row
    left = [text for name, text in (("qr", _born(cards[0])), ("register", _born(person))) if text and name not in fixed]
    return replace(row, form=_typed(typed, left, whole=False), **fixed)


def _born(source: Reading | PersonView | None) -> str | None:
    if source is None or source.birth_date is None:
        return None
    pattern = {"year": "%Y", "month": "%m/%Y"}.get(source.birth_precision, "%d/%m/%Y")
    return source.birth_date.strftime(pattern)


def _old_number(form: FormData, cards: Sequence[Reading | None], person: PersonView | None) -> Row | None:
    """Shown when a card or the register holds one. A typed nine-digit number is compared with it."""
    olds = [_plain(source and source.old_id_number) for source in (*cards, person)]
    if not any(olds):
        return None
    return Row("old_id_number", Cell(), *(_same(old) for old in olds))


def _expiry(cards: Sequence[Reading | None], today: date) -> Row | None:
    days = [card.expires_on if card else None for card in cards]
    if not any(days):
        return None
    cells = [
        Cell([(_day(day) or "", False)], small=_("đã hết hạn") if day < today else "", bad=day < today) if day else Cell()
        for day in days
    ]
    return Row("expires_on", Cell(), cells[0], cells[1], Cell())


def _day(day: date | None) -> str | None:
    return day.strftime("%d/%m/%Y") if day else None


def _sex(sex: int | None) -> str:
    return {1: _("Nam"), 2: _("Nữ")}.get(sex or 0, "")


def _plain(number: IdNumber | None) -> str | None:
    return number.reveal() if number else None


def _phone(phone: Phone | None) -> str | None:
    return phone.national() if phone else None
