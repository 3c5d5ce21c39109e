"""What waits for a post today: a count for each thing it may do, and the list behind it.

Every count asks for at most `MOST` rows, of the own office, by an index of that list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.domain.accounts.counter import officer_decisions, second_officer
from vssid.domain.accounts.factors import vouching
from vssid.domain.employers.corrections import queries as corrections
from vssid.domain.employers.on_site import queries as on_site
from vssid.domain.employers.portfolio import queries as portfolio
from vssid.domain.families import queries as families
from vssid.domain.imports.models import Upload
from vssid.domain.imports.uploads import queries as uploads
from vssid.domain.offices.rights import Right, rights_of
from vssid.domain.oversight import alerts
from vssid.domain.oversight.search import reach_of
from vssid.domain.procedures import queries as procedures
from vssid.domain.registration import queries as registration
from vssid.domain.registration.deciding import second_looks
from vssid.domain.reports import schedules
from vssid.domain.support import queries as support
from vssid.infra.database.kept import Counts, given
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

from ..casework.lists import address
from ..casework.words import Words

MOST = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """One line: how many, of what, and where they are listed. `pill`: bad is late, warn is for today."""

    count: int
    words: Words
    url: str
    pill: str = "plain"

    @property
    def said(self) -> str:
        """The count; of more than `MOST` only that it is more."""
        return f"{self.count}" if self.count < MOST else f"{MOST - 1}+"


Counting = Callable[[Actor, datetime], Iterator[Item]]


def of(by: Actor, now: datetime) -> list[Item]:
    """What the post has before it, the most urgent first; nothing of what it may not do."""
    held = rights_of(by.role)
    items = [item for right, count in COUNTED.items() if right in held for item in count(by, now)]
    order = {"bad": 0, "warn": 1, "plain": 2}
    return sorted((item for item in items if item.count), key=lambda item: order[item.pill])


def starts_here(role: str) -> bool:
    """Is there anything that may wait for a post of this role?"""
    return not rights_of(role).isdisjoint(COUNTED)


def _some(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:MOST].count()


_AT, _DAY = given("at"), given("day")
_FILES = Counts(
    late_requests=lambda: procedures.overdue_at(_AT, on=_DAY)[:MOST],
    requests_due=lambda: procedures.due_at(_AT, on=_DAY)[:MOST],
    late_children=lambda: families.overdue_at(_AT, on=_DAY)[:MOST],
    children_due=lambda: families.due_at(_AT, on=_DAY)[:MOST],
    received=lambda: registration.waiting_at(_AT, state="received")[:MOST],
    requests=lambda: procedures.with_office_at(_AT)[:MOST],
    children=lambda: families.waiting_at(_AT)[:MOST],
)
_MESSAGES = Counts(
    late=lambda: support.overdue_at(_AT, on=_DAY)[:MOST],
    due=lambda: support.due_at(_AT, on=_DAY)[:MOST],
    waiting=lambda: support.queue(_AT, "waiting")[:MOST],
)
_COUNTER = Counts(waiting=lambda: officer_decisions.open_at(_AT)[:MOST])
_DECIDING = Counts(
    second=lambda: second_looks.waiting_at(_AT)[:MOST],
    days=lambda: on_site.days_to_come(given("officer"), _AT, _DAY)[:MOST],
    missed=lambda: on_site.missed(given("officer"), _AT, since=given("since"))[:MOST],
)

_EMPLOYERS = Counts(
    tasks=lambda: portfolio.tasks_before(given("officer"), _DAY)[:MOST],
    questions=lambda: portfolio.questions(given("officer"), _DAY)[:MOST],
    requests=lambda: corrections.waiting_at(_AT)[:MOST],
)


def _files(by: Actor, now: datetime) -> Iterator[Item]:
    some = _FILES.of(at=by.office, day=local_day(now))
    requests, children = "officer:requests", "officer:families"
    late, due = _("Dịch vụ công quá hạn trả lời"), _("Dịch vụ công đến hạn hôm nay")
    yield Item(some["late_requests"], late, address(requests, xem="qua-han"), "bad")
    yield Item(some["requests_due"], due, address(requests, xem="hom-nay"), "warn")
    late, due = _("Hồ sơ của con quá hạn trả lời"), _("Hồ sơ của con đến hạn hôm nay")
    yield Item(some["late_children"], late, address(children, xem="qua-han"), "bad")
    yield Item(some["children_due"], due, address(children, xem="hom-nay"), "warn")
    received = _("Hồ sơ đăng ký đã có tờ khai, chờ duyệt")
    yield Item(some["received"], received, address("officer:queue", xem="da-nhan"))
    yield Item(some["requests"], _("Dịch vụ công đến lượt cơ quan"), address(requests, xem="den-luot"))
    yield Item(some["children"], _("Hồ sơ của con chờ duyệt"), address(children))


def _messages(by: Actor, now: datetime) -> Iterator[Item]:
    some, tickets = _MESSAGES.of(at=by.office, day=local_day(now)), "officer:tickets"
    late, due = _("Phản ánh quá hạn trả lời"), _("Phản ánh đến hạn hôm nay")
    yield Item(some["late"], late, address(tickets, xem="qua-han"), "bad")
    yield Item(some["due"], due, address(tickets, xem="hom-nay"), "warn")
    yield Item(some["waiting"], _("Phản ánh chờ trả lời"), address(tickets))


def _counter(by: Actor, _now: datetime) -> Iterator[Item]:
    waiting = _COUNTER.of(at=by.office)["waiting"]
    yield Item(waiting, _("Yêu cầu về tài khoản tại quầy"), reverse("officer:accounts"))


def _deciding(by: Actor, now: datetime) -> Iterator[Item]:
    since = now - on_site.MISSED_SHOWN
    some = _DECIDING.of(at=by.office, officer=by.id or 0, day=local_day(now), since=since)
    second = address("officer:queue", xem="cho-hai")
    yield Item(some["second"], _("Hồ sơ đăng ký chờ cán bộ thứ hai"), second, "warn")
    yield Item(some["days"], _("Ngày đăng ký tại đơn vị cử bạn"), reverse("officer:on_site"), "warn")
    missed = _("Quyết định tại đơn vị chưa được thực hiện")
    yield Item(some["missed"], missed, reverse("officer:on_site_devices"), "warn")


def _second_looks(by: Actor, _now: datetime) -> Iterator[Item]:
    unseen = second_officer.unseen(by)
    yield Item(_some(unseen), _("Việc tại quầy chờ xem lại"), reverse("officer:watch"), "warn")


def _loads(by: Actor, _now: datetime) -> Iterator[Item]:
    shown = uploads.uploads_of(by).filter(state=Upload.State.SHOWN)
    yield Item(_some(shown), _("Tệp dữ liệu chờ xác nhận"), reverse("officer:imports"), "warn")


def _alerts(by: Actor, _now: datetime) -> Iterator[Item]:
    unseen = alerts.of_reach(reach_of(by)).filter(seen_at=None)
    yield Item(_some(unseen), _("Cảnh báo của nhật ký chờ xem lại"), reverse("officer:alerts"), "warn")


def _vouching(by: Actor, now: datetime) -> Iterator[Item]:
    asked = len(vouching.waiting(by, now=now))
    yield Item(asked, _("Đồng nghiệp chờ xác nhận để đăng nhập"), reverse("officer:words_asked"), "warn")


def _reports(by: Actor, _now: datetime) -> Iterator[Item]:
    yield Item(_some(schedules.unseen(by)), _("Báo cáo mới lập, chưa tải"), reverse("officer:reports_made"))


def _employers(by: Actor, now: datetime) -> Iterator[Item]:
    some = _EMPLOYERS.of(at=by.office, officer=by.id or 0, day=local_day(now))
    yield Item(some["tasks"], _("Việc với đơn vị đến hạn"), address("officer:portfolio", can="viec"), "warn")
    questions = _("Tin nhắn của đơn vị chờ trả lời")
    yield Item(some["questions"], questions, address("officer:portfolio", can="tin-nhan"))
    requests = _("Đề nghị sửa của đơn vị chờ trả lời")
    yield Item(some["requests"], requests, reverse("officer:corrections"))


COUNTED: Mapping[Right, Counting] = {
    Right.SEE_FILES: _files,
    Right.SEE_MESSAGES: _messages,
    Right.DECIDE_REGISTRATIONS: _deciding,
    Right.SERVE_COUNTER: _counter,
    Right.REVIEW_COUNTER: _second_looks,
    Right.CONFIRM_LOADS: _loads,
    Right.REVIEW_ALERTS: _alerts,
    Right.MANAGE_STAFF: _vouching,
    Right.SEE_REPORTS: _reports,
    Right.FOLLOW_EMPLOYERS: _employers,
}
