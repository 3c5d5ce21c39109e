"""Words for values of the register: short, with units, without blame."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.cards.card import Card, Validity
from vssid.domain.participants.totals import Totals


def sex(code: int) -> str:
    """Giới tính; empty when the register does not know."""
    return {1: _("Nam"), 2: _("Nữ")}.get(code, "")


def birth(day: date, precision: str) -> str:
    """The birth date as far as it is known."""
    return day.strftime({"day": "%d/%m/%Y", "month": "%m/%Y"}.get(precision, "%Y"))


def length(months: int) -> str:
    """A number of months: `9 năm 4 tháng`."""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(n)s năm", "%(n)s năm", years) % {"n": years})
    if rest or not years:
        parts.append(ngettext("%(n)s tháng", "%(n)s tháng", rest) % {"n": rest})
    return " ".join(parts)


def initial(full_name: str) -> str:
    """The letter of the avatar: of the given name, which stands last."""
    words = full_name.split()
    return words[-1][0].upper() if words else "?"


@dataclass(frozen=True, slots=True)
class State:
    """A state in words: kind of banner, title, and what it means for the person."""

    kind: str
    title: str
    text: str


def card_state(card: Card, today: date) -> State:
    """Whether the card counts, whether it renews by itself, and what to do."""
    return {
        Validity.VALID: _valid,
        Validity.ENDS_SOON: _ends_soon,
        Validity.ENDED: _ended,
        Validity.NOT_YET: _not_yet,
    }[card.validity](card, today)


def _valid(card: Card, today: date) -> State:
    renews = _("Thẻ tự gia hạn khi tiền đóng được ghi nhận. Bạn không cần làm gì.")
    if card.valid_to is None:
        return State("good", _("Còn giá trị"), renews)
    until = _("Dùng được đến hết ngày %(day)s.") % {"day": _day(card.valid_to)}
    then = (
        renews
        if card.auto_renews
        else _("Thẻ không tự gia hạn: hãy đóng tiếp trước ngày này để không bị gián đoạn.")
    )
    return State("good", _("Còn giá trị"), f"{until} {then}")


def _ends_soon(card: Card, today: date) -> State:
    assert card.valid_to is not None
    left = (card.valid_to + timedelta(days=1) - today).days
    title = ngettext("Còn dùng được %(n)s ngày", "Còn dùng được %(n)s ngày", left) % {"n": left}
    until = _("Đến hết ngày %(day)s.") % {"day": _day(card.valid_to)}
    if card.auto_renews:
        then = _(
            "Thẻ tự gia hạn khi tiền đóng được ghi nhận. Nếu sau ngày này thẻ chưa đổi, "
            "hãy hỏi đơn vị hoặc gọi tổng đài."
        )
    else:
        then = _("Thẻ không tự gia hạn: hãy đóng tiếp tại điểm thu hoặc cơ quan BHXH trước ngày này.")
    return State("warn", title, f"{until} {then}")


def _ended(card: Card, today: date) -> State:
    title = _("Đã hết giá trị từ ngày %(day)s") % {"day": _day((card.valid_to or today) + timedelta(days=1))}
    if card.auto_renews:
        return State(
            "bad",
            title,
            _("Chưa thấy tiền đóng mới. Hãy hỏi đơn vị nơi bạn làm việc, hoặc gọi tổng đài để được tra cứu."),
        )
    return State(
        "bad",
        title,
        _(
            "Để dùng lại, hãy đóng tiếp tại điểm thu hoặc cơ quan BHXH nơi cấp thẻ. "
            "Cần giúp, hãy gọi tổng đài."
        ),
    )


def _not_yet(card: Card, today: date) -> State:
    title = _("Có giá trị từ ngày %(day)s") % {"day": _day(card.valid_from)}
    return State(
        "warn",
        title,
        _("Trước ngày này cơ sở y tế chưa nhận thẻ. Đến ngày, thẻ tự dùng được, bạn không cần làm gì."),
    )


def card_short(card: Card | None) -> str:
    """The state in two or three words, for the tile."""
    if card is None:
        return _("Chưa có thẻ")
    return {
        Validity.VALID: _("Còn giá trị"),
        Validity.ENDS_SOON: _("Sắp hết giá trị"),
        Validity.ENDED: _("Đã hết giá trị"),
        Validity.NOT_YET: _("Chưa đến ngày dùng"),
    }[card.validity]


def paid_short(totals: Totals) -> str:
    """The length of participation for the tile."""
    return length(totals.months) if totals.months else _("Chưa có dữ liệu")


def joined(names: Collection[str]) -> str:
    """Names in a row, without repeats, in order."""
    return ", ".join(dict.fromkeys(name for name in names if name))


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
