"""The lines under the cards: what is due, what happened, who looked; at most three, each leads to its matter.

Pure: values in, lines out. What is due comes first, the gravest first, and pushes out the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.cards.standing import Standing, Worth
from vssid.domain.families.queries import RequestView
from vssid.domain.privacy.looking import Looks
from vssid.domain.procedures.queries import Status
from vssid.domain.procedures.states import State
from vssid.domain.record.wallet import NewBenefit, NewVisit
from vssid.kernel.calendar import local_day
from vssid.web.ui.templatetags.ui import tien

from ..card import words as card_words
from ..record.benefits import REGIMES, SLUGS
from ..record.record_owner import address_of

MOST = 3
# What happened longer ago stands in its list, and is no news.
NEWS = timedelta(days=366)
Kind = Literal["", "warn", "bad"]
GRAVE: dict[str, int] = {"bad": 0, "warn": 1, "": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it says, why it matters, where it leads. `kind` colours its icon."""

    icon: str
    title: str
    text: str
    href: str
    kind: Kind = ""


@dataclass(frozen=True, slots=True)
class Child:
    """A child's card as far as lines speak of it; `link_id` stands in the addresses of its pages."""

    name: str
    link_id: UUID
    standing: Standing


def chosen(
    due: Iterable[Line | None], own: Line | None, happened: Iterable[Line], looked: Line
) -> list[Line]:
    """The three lines that are shown. What is due of the own card gives way: its face says it as well."""
    pressing = [line for line in due if line]
    if own is not None and len(pressing) < MOST:
        pressing.append(own)
    pressing.sort(key=lambda line: GRAVE[line.kind])
    return [*pressing, *happened, looked][:MOST]


# --- what is due ---------------------------------------------------------------------------


def unknown(*, is_known: bool) -> Line | None:
    """The register has no such person: why nothing is shown, and where whom to ask is said."""
    if is_known:
        return None
    return Line(
        "warn", _("Chưa tìm thấy dữ liệu của bạn"), _("Xem cần hỏi ai"), reverse("citizen:personal"), "bad"
    )


def late(standing: Standing) -> Line | None:
    """Today's employer is late, or no payment is recorded that may be."""
    if not standing.late:
        return None
    first = standing.late[0]
    good = _("Thẻ vẫn còn giá trị đến %(day)s. Xem việc cần làm") % {"day": card_words.day(standing.ends)}
    text = good if standing.counts and standing.ends else _("Xem việc cần làm")
    kind: Kind = "bad" if first.is_late else "warn"
    return Line("warn", card_words.owed(first), text, reverse("citizen:participation") + "#chua-dong", kind)


def own_card(standing: Standing) -> Line | None:
    """The own card has ended, ends soon, or may have been recalled."""
    last = {"day": card_words.day(standing.ends)}
    if standing.worth is Worth.ENDED:
        title = _("Thẻ của bạn đã hết giá trị %(day)s") % last
        return Line("card", title, _("Xem cách dùng lại thẻ"), reverse("citizen:card"), "bad")
    if standing.worth is Worth.UNKNOWN:
        title = _("Chưa rõ thẻ của bạn còn giá trị không")
        return Line("card", title, _("Xem vì sao và hỏi ai"), reverse("citizen:card"), "warn")
    if standing.worth is Worth.ENDS_SOON:
        title = _("Thẻ của bạn dùng được đến hết %(day)s") % last
        return Line("card", title, _("Xem cách gia hạn"), reverse("citizen:card"), "warn")
    return None


def children(family: Sequence[Child]) -> Line | None:
    """A child's card has ended or ends soon; several children share a line."""
    for worth in (Worth.ENDED, Worth.UNKNOWN, Worth.ENDS_SOON):
        affected = [child for child in family if child.standing.worth is worth]
        if affected:
            return _of_children(worth, affected)
    return None


def _of_children(worth: Worth, affected: list[Child]) -> Line:
    kind: Kind = "bad" if worth is Worth.ENDED else "warn"
    said = {"name": affected[0].name, "n": len(affected), "day": card_words.day(affected[0].standing.ends)}
    if len(affected) > 1:
        title = (
            ngettext("Thẻ của %(n)s con cần gia hạn", "Thẻ của %(n)s con cần gia hạn", len(affected)) % said
        )
        return Line(
            "family", title, ", ".join(child.name for child in affected), reverse("citizen:family"), kind
        )
    titles = {
        Worth.ENDED: _("Thẻ của %(name)s đã hết giá trị %(day)s"),
        Worth.UNKNOWN: _("Chưa rõ thẻ của %(name)s còn giá trị không"),
        Worth.ENDS_SOON: _("Thẻ của %(name)s dùng được đến hết %(day)s"),
    }
    return Line(
        "family",
        titles[worth] % said,
        _("Gia hạn thẻ của con"),
        address_of("card", affected[0].link_id),
        kind,
    )


def files(requests: Sequence[Status], of_children: Sequence[RequestView]) -> Line | None:
    """The open file that is due first: what waits for the person before what waits for the office."""
    lines = [
        *(_request(request) for request in requests),
        *(_for_child(child_request) for child_request in of_children),
    ]
    if not lines:
        return None
    _due, first = min(lines, key=lambda dated_line: (GRAVE[dated_line[1].kind], dated_line[0] or date.max))
    if len(lines) == 1:
        return first
    more = ngettext("và %(n)s hồ sơ khác", "và %(n)s hồ sơ khác", len(lines) - 1) % {"n": len(lines) - 1}
    return Line(first.icon, first.title, f"{first.text} · {more}", reverse("public:services"), first.kind)


def _request(status: Status) -> tuple[date | None, Line]:
    href, title = reverse("citizen:request", args=[status.id]), str(status.procedure.title)
    if status.state is State.MORE_NEEDED:
        line = Line("doc", _("Cần bổ sung: %(what)s") % {"what": title}, status.number, href, "warn")
        return status.due_on, line
    return status.due_on, Line(
        "doc", title, _answered(status.number, status.due_on, is_late=status.is_overdue), href
    )


def _for_child(request: RequestView) -> tuple[date | None, Line]:
    title = _("Đăng ký tài khoản cho %(name)s") % {"name": request.child_name}
    is_late = request.days_left is not None and request.days_left < 0
    text = _answered(request.number, request.due_on, is_late=is_late)
    return request.due_on, Line("doc", title, text, reverse("citizen:family_request", args=[request.id]))


def _answered(number: str, due_on: date | None, *, is_late: bool) -> str:
    said = {"number": number, "day": card_words.day(due_on)}
    if due_on is None:
        return number
    if is_late:
        return _("%(number)s · đã quá ngày trả lời %(day)s") % said
    return _("%(number)s · trả lời chậm nhất ngày %(day)s") % said


# --- what happened, who looked -------------------------------------------------------------


def happened(benefit: NewBenefit | None, visit: NewVisit | None, today: date) -> list[Line]:
    """The newest benefit and the newest visit, the newer one first; what is old news is left out."""
    dated_lines = [*_benefit(benefit, today), *_visit(visit, today)]
    return [line for _day, line in sorted(dated_lines, key=lambda dated_line: dated_line[0], reverse=True)]


def _benefit(new_benefit: NewBenefit | None, today: date) -> list[tuple[date, Line]]:
    if new_benefit is None:
        return []
    at = new_benefit.paid_on or new_benefit.decided_on or new_benefit.from_date
    goes_on = new_benefit.is_monthly and (new_benefit.to_date is None or new_benefit.to_date >= today)
    if today - at > NEWS and not goes_on:
        return []
    title = f"{REGIMES[new_benefit.regime]}: {_amount(new_benefit)}"
    # Of what comes each month, the day of its first payment is no news.
    begun = _("Hằng tháng, từ ngày %(day)s") % {"day": card_words.day(new_benefit.from_date)}
    text = begun if goes_on else _paid(new_benefit, today)
    return [
        (
            at,
            Line(
                "gift",
                title,
                text,
                reverse("citizen:benefit", args=[SLUGS[new_benefit.group], new_benefit.number]),
            ),
        )
    ]


def _amount(new_benefit: NewBenefit) -> str:
    money = tien(new_benefit.amount)
    return _("%(amount)s đ/tháng") % {"amount": money.removesuffix(" đ")} if new_benefit.is_monthly else money


def _paid(new_benefit: NewBenefit, today: date) -> str:
    if new_benefit.paid_on and new_benefit.paid_on <= today:
        said = {"day": card_words.day(new_benefit.paid_on)}
        if new_benefit.paid_by == "account":
            return _("Đã chuyển vào tài khoản ngày %(day)s") % said
        return _("Đã chi trả ngày %(day)s") % said
    if new_benefit.decided_on:
        return _("Quyết định ngày %(day)s") % {"day": card_words.day(new_benefit.decided_on)}
    return _("Từ ngày %(day)s") % {"day": card_words.day(new_benefit.from_date)}


def _visit(new_visit: NewVisit | None, today: date) -> list[tuple[date, Line]]:
    if new_visit is None or today - local_day(new_visit.came_at) > NEWS:
        return []
    at = local_day(new_visit.came_at)
    title = _("Khám ngày %(day)s") % {"day": card_words.day(at)}
    where = new_visit.facility_name or new_visit.facility_code
    return [(at, Line("heart", title, where, reverse("citizen:visit", args=[new_visit.number])))]


def looked(looks: Looks) -> Line:
    """How often others looked at the person's data this month, and who."""
    href = reverse("citizen:own_data") + "#ai-da-xem"
    if not looks.all:
        return Line("eye", _("Chưa ai xem dữ liệu của bạn tháng này"), _("Xem dữ liệu đang được giữ"), href)
    title = ngettext(
        "%(n)s lượt xem dữ liệu của bạn tháng này", "%(n)s lượt xem dữ liệu của bạn tháng này", looks.all
    ) % {"n": looks.all}
    who = [
        (_("cán bộ BHXH: %(n)s"), looks.officers),
        (_("người giám hộ: %(n)s"), looks.guardians),
        (_("tra cứu: %(n)s"), looks.others),
    ]
    told = " · ".join(words % {"n": n} for words, n in who if n)
    return Line("eye", title, told[:1].upper() + told[1:], href)
