"""Form, card and register side by side, with the letters that differ. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from vssid.domain.identity.mrz import LINE
from vssid.domain.identity.queries import ImageView
from vssid.domain.identity.reading import Reading, Source
from vssid.domain.participants.views import PersonView
from vssid.domain.registration.draft.form import FormData
from vssid.kernel.ids import BhxhCode, IdNumber, Phone, grouped
from vssid.kernel.text import bare, differing, fold, same_name, same_name_bare, tidy

from ..casework.cells import Cell, Runs
from ..casework.words import Words
from .words import FIELDS

Holder = Reading | PersonView
Sources = tuple[Reading | None, Reading | None, PersonView | None]  # QR, MRZ, register
Values = tuple[str | None, str | None, str | None]


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
    by_source: dict[Source, Reading] = {}
    for image in images:
        if image.reading is not None:
            by_source.setdefault(image.reading.source, image.reading)
    return by_source.get(Source.QR), by_source.get(Source.MRZ)


def table(
    form: FormData, qr: Reading | None, mrz: Reading | None, person: PersonView | None, *, today: date
) -> list[Row]:
    """Every field that at least one source besides the form may know."""
    sources = (qr, mrz, person)
    rows = [
        _name(form.full_name, sources),
        _birth(form, sources),
        _row("sex", _sex(form.sex), _values(sources, lambda source: _sex(source.sex)), whole=True),
        _row("id_number", form.id_number.reveal(), _values(sources, lambda source: _plain(source.id_number))),
        _old_number(sources),
        _row("issued_on", _day(form.issued_on), _values(sources, _issued)),
        _expiry((qr, mrz), today),
        _row("bhxh_code", _code(form.bhxh_code), (None, None, _code(person.bhxh_code) if person else None)),
        _row("phone", form.phone.national(), (None, None, _phone(person.phone) if person else None)),
        Row("address", *map(_same, (form.address, *_values(sources, lambda source: source.address)))),
    ]
    return [row for row in rows if row is not None]


def _values(sources: Sources, read: Callable[[Holder], str | None]) -> Values:
    qr, mrz, register = (read(source) if source is not None else None for source in sources)
    return qr, mrz, register


def _name(typed: str, sources: Sources) -> Row:
    """The name; of a card whose name came in a wrong charset that it could not be read."""
    row = _row("full_name", typed, _values(sources, lambda source: source.full_name))
    if sources[0] is not None and sources[0].name_unread:
        return replace(row, qr=Cell([(_("không đọc được"), False)]))
    return row


def _row(name: str, typed: str, values: Values, *, whole: bool = False) -> Row:
    qr, mrz, register = values
    # An MRZ has names without diacritics: it contradicts no letter of one.
    others = (qr, register) if name == "full_name" else values
    return Row(
        name,
        _typed(typed, [text for text in others if text], whole=whole),
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
    if same_name(text, typed):
        return _same(text)
    if whole:
        return Cell([(text, True)])
    runs = differing(text, typed)
    marked = any(different for _part, different in runs)
    return Cell(runs, lacks="" if marked else _extra(typed, text))


def _extra(value: str, other: str) -> str:
    return " ".join(part.strip() for part, different in differing(value, other) if different)


def _typed(typed: str, others: Sequence[str], *, whole: bool) -> Cell:
    """The typed value with every letter marked that some source contradicts."""
    typed = tidy(typed)
    unlike = [other for other in others if not same_name(other, typed)]
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
    cut = len(text) + 1 >= LINE and bare(typed).startswith(bare(text))
    return _same(text) if cut or same_name_bare(text, typed) else _against(text, fold(typed))


def _birth(form: FormData, sources: Sources) -> Row:
    """Some cards and registers know only the year; then only the year is compared."""
    typed, values = _day(form.birth_date), _values(sources, _born)
    # What is less than a day and agrees as far as it goes is no difference.
    short = [bool(text) and len(text or "") < len(typed) and typed.endswith(text or "") for text in values]
    qr, mrz, register = (typed if is_short else text for text, is_short in zip(values, short, strict=True))
    row = _row("birth_date", typed, (qr, mrz, register))
    cells = [
        _same(text) if is_short else cell
        for text, is_short, cell in zip(values, short, (row.qr, row.mrz, row.register), strict=True)
    ]
    return Row(row.name, row.form, *cells)


def _born(source: Holder) -> str | None:
    if source.birth_date is None:
        return None
    pattern = {"year": "%Y", "month": "%m/%Y"}.get(source.birth_precision, "%d/%m/%Y")
    return source.birth_date.strftime(pattern)


def _old_number(sources: Sources) -> Row | None:
    """Shown when a card or the register holds one."""
    olds = _values(sources, lambda source: _plain(source.old_id_number))
    return Row("old_id_number", Cell(), *map(_same, olds)) if any(olds) else None


def _expiry(cards: tuple[Reading | None, Reading | None], today: date) -> Row | None:
    qr, mrz = (_until(card.expires_on if card else None, today) for card in cards)
    return Row("expires_on", Cell(), qr, mrz, Cell()) if qr.runs or mrz.runs else None


def _until(day: date | None, today: date) -> Cell:
    if day is None:
        return Cell()
    over = day < today
    return Cell([(_day(day), False)], small=_("đã hết hạn") if over else "", bad=over)


def _issued(source: Holder) -> str | None:
    day = source.issued_on if isinstance(source, Reading) else source.id_issued_on
    return _day(day) if day else None


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _code(code: BhxhCode) -> str:
    return grouped(code.reveal())


def _sex(sex: int | None) -> str:
    return {1: _("Nam"), 2: _("Nữ")}.get(sex or 0, "")


def _plain(number: IdNumber | None) -> str | None:
    return number.reveal() if number else None


def _phone(phone: Phone | None) -> str | None:
    return phone.national() if phone else None
