"""What a card is worth, in words: on its face, in a banner, in a line. Pure.

No number of days in them: a page that a phone stored says it for weeks, and a date stays true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.cards.standing import Standing, Worth
from vssid.domain.participants.employers.arrears import ArrearsView
from vssid.domain.participants.participation.totals import month_of
from vssid.domain.record.card import Card


@dataclass(frozen=True, slots=True)
class State:
    """A state in words: kind of banner, title, and what it means for the person."""

    kind: str
    title: str
    text: str


KINDS = {
    Worth.VALID: "good",
    Worth.ENDS_SOON: "warn",
    Worth.ENDED: "bad",
    Worth.NOT_YET: "warn",
    Worth.UNKNOWN: "warn",
    Worth.NONE: "warn",
}


def mark(standing: Standing) -> str:
    """The state on the face of the card, in a few words."""
    ends = day(standing.ends)
    if standing.worth is Worth.ENDED:
        return ended(standing.ends)
    said = {
        Worth.VALID: _("Còn giá trị đến %(day)s") % {"day": ends} if ends else _("Còn giá trị"),
        Worth.ENDS_SOON: _("Sắp hết: đến %(day)s") % {"day": ends},
        Worth.NOT_YET: _("Dùng được từ %(day)s") % {"day": day(standing.begins)},
        Worth.UNKNOWN: _("Chưa rõ còn giá trị không"),
        Worth.NONE: _("Chưa có thẻ"),
    }
    return said[standing.worth]


def ended(last: date | None) -> str:
    """The stamp across a card that has ended: its last day."""
    return _("HẾT GIÁ TRỊ %(day)s") % {"day": day(last)}


def late(standing: Standing) -> str:
    """The word on the face of a card that counts while an employer is late; else empty."""
    if not (standing.late and standing.counts):
        return ""
    return _("Đơn vị chậm đóng") if standing.is_late else _("Chưa ghi nhận đóng")


def state(card: Card, standing: Standing) -> State:
    """Whether the card counts, whether it renews by itself, and what to do."""
    title, text = SAID[standing.worth](card, standing)
    kind = "warn" if late(standing) else KINDS[standing.worth]
    return State(kind, title, text)


def _valid(card: Card, standing: Standing) -> tuple[str, str]:
    title = _("Còn giá trị")
    if standing.late:
        late_title = _("Còn giá trị, nhưng đơn vị chậm đóng")
        title = late_title if standing.is_late else _("Còn giá trị, nhưng chưa ghi nhận đơn vị đóng")
    until = _("Dùng được đến hết ngày %(day)s.") % {"day": day(card.valid_to)} if card.valid_to else ""
    return title, f"{until} {_then(card, standing)}".strip()


def _then(card: Card, standing: Standing) -> str:
    if standing.late:
        return _(
            "%(months)s Nếu đơn vị không đóng, thẻ có thể không được gia hạn: hãy hỏi phòng nhân sự."
        ) % {"months": f"{owed(standing.late[0])}."}
    if card.auto_renews:
        return _("Thẻ tự gia hạn khi tiền đóng được ghi nhận. Bạn không cần làm gì.")
    return _("Thẻ không tự gia hạn: hãy đóng tiếp trước ngày này để không bị gián đoạn.")


def _ends_soon(card: Card, standing: Standing) -> tuple[str, str]:
    title = _("Sắp hết giá trị: dùng được đến hết ngày %(day)s") % {"day": day(card.valid_to)}
    if standing.late:
        return title, _then(card, standing)
    if card.auto_renews:
        return title, _(
            "Thẻ tự gia hạn khi tiền đóng được ghi nhận. Nếu sau ngày này thẻ chưa đổi, "
            "hãy hỏi đơn vị hoặc gọi tổng đài."
        )
    return title, _("Thẻ không tự gia hạn: hãy đóng tiếp tại điểm thu hoặc cơ quan BHXH trước ngày này.")


def over(card: Card) -> State:
    """The state of the card once its last day is over: for a stored copy that is opened later."""
    title, text = _ended(card, Standing(Worth.ENDED, ends=card.valid_to))
    return State(KINDS[Worth.ENDED], title, text)


def _ended(card: Card, standing: Standing) -> tuple[str, str]:
    title = _("Đã hết giá trị: ngày cuối cùng là %(day)s") % {"day": day(standing.ends)}
    if card.object_code == "TE":
        return title, renew(card)
    if card.auto_renews:
        return title, _(
            "Chưa thấy tiền đóng mới. Hãy hỏi đơn vị nơi bạn làm việc, hoặc gọi tổng đài để được tra cứu."
        )
    return title, _(
        "Để dùng lại, hãy đóng tiếp tại điểm thu hoặc cơ quan BHXH nơi cấp thẻ. Cần giúp, hãy gọi tổng đài."
    )


def renew(card: Card) -> str:
    """What a guardian does about the card of a child under six that ends."""
    assert card.object_code == "TE"
    return _(
        "Thẻ trẻ em dưới 6 tuổi không tự gia hạn. Con đã đi học: hỏi nhà trường về thẻ học sinh. "
        "Con chưa đi học: hỏi cơ quan BHXH hoặc điểm thu về thẻ theo hộ gia đình."
    )


def _not_yet(card: Card, standing: Standing) -> tuple[str, str]:
    return _("Có giá trị từ ngày %(day)s") % {"day": day(card.valid_from)}, _(
        "Trước ngày này cơ sở y tế chưa nhận thẻ. Đến ngày, thẻ tự dùng được, bạn không cần làm gì."
    )


def _unknown(card: Card, standing: Standing) -> tuple[str, str]:
    assert standing.stopped is not None
    return _("Chưa rõ thẻ còn giá trị không"), _(
        "Dữ liệu ghi bạn đóng ở đơn vị đến hết tháng %(month)s, sau đó chưa có đơn vị nào đóng: "
        "thẻ có thể đã bị thu hồi. Trước khi đi khám, hãy hỏi đơn vị, cơ quan BHXH hoặc gọi tổng đài."
    ) % {"month": f"{standing.stopped:%m/%Y}"}


SAID: dict[Worth, Callable[[Card, Standing], tuple[str, str]]] = {
    Worth.VALID: _valid,
    Worth.ENDS_SOON: _ends_soon,
    Worth.ENDED: _ended,
    Worth.NOT_YET: _not_yet,
    Worth.UNKNOWN: _unknown,
}


def owed(arrears: ArrearsView) -> str:
    """Which months lack a payment: `Đơn vị chậm đóng tháng 09 và 10/2026`."""
    months = month_of(arrears.last) - month_of(arrears.first) + 1
    if months == 1:
        said = {"month": f"{arrears.first:%m/%Y}"}
        late = _("Đơn vị chậm đóng tháng %(month)s")
        return (late if arrears.is_late else _("Chưa ghi nhận đơn vị đóng tháng %(month)s")) % said
    if months == 2 and arrears.first.year == arrears.last.year:
        said = {"first": f"{arrears.first:%m}", "last": f"{arrears.last:%m/%Y}"}
        late = _("Đơn vị chậm đóng tháng %(first)s và %(last)s")
        return (
            late if arrears.is_late else _("Chưa ghi nhận đơn vị đóng tháng %(first)s và %(last)s")
        ) % said
    late = ngettext(
        "Đơn vị chậm đóng %(n)s tháng, từ %(first)s đến %(last)s",
        "Đơn vị chậm đóng %(n)s tháng, từ %(first)s đến %(last)s",
        months,
    )
    unrecorded = ngettext(
        "Chưa ghi nhận đơn vị đóng %(n)s tháng, từ %(first)s đến %(last)s",
        "Chưa ghi nhận đơn vị đóng %(n)s tháng, từ %(first)s đến %(last)s",
        months,
    )
    said = {"n": str(months), "first": f"{arrears.first:%m/%Y}", "last": f"{arrears.last:%m/%Y}"}
    return (late if arrears.is_late else unrecorded) % said


def share(card: Card) -> str:
    """What the fund pays, in words: `Hưởng 80 %`; the level alone where its share is not known."""
    if card.benefit_percent is None:
        return _("Mức hưởng %(level)s") % {"level": card.benefit_level}
    return _("Hưởng %(percent)s %%") % {"percent": card.benefit_percent}


def day(calendar_day: date | None) -> str:
    """`05/10/2026`; empty for none."""
    return calendar_day.strftime("%d/%m/%Y") if calendar_day else ""
