"""The lists behind the figures. A person is named to who may see files of that office."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.participants.models.people import Employer
from vssid.domain.reports import lists as behind
from vssid.domain.reports.funnel import STAGES
from vssid.domain.reports.models import FileLine, Worker

from ..casework.lists import numbered, pager
from . import words
from .asked import Asked
from .sheets import Cell, Heading, Sheet

PER_PAGE = 50
WAITING = "cho"


def files(asked: Asked, given: Any) -> Sheet:
    """The files of a figure: those that came so far, or to which something happened within the days."""
    which = read(given)
    page = _page(asked, behind.files(asked.scope, which, today=asked.today))
    rows: list[FileLine] = list(page)
    told, seen = behind.named(rows), _seen_at(asked, {row.office_code for row in rows})

    def at(number: int) -> str:
        return asked.at("officer:report_files", **parts_of(which), trang=numbered(number))

    return Sheet(
        title=_title(which),
        headings=(
            Heading(_("Số hồ sơ")),
            Heading(_("Họ và tên"), is_name=True),
            Heading(_("Mã đơn vị")),
            Heading(_("Ngày gửi")),
            Heading(_("Ngày nộp tờ khai")),
            Heading(_("Ngày xong")),
            Heading(_("Tình trạng")),
        ),
        rows=[
            _file(row, *told.get(row.application_id, ("", "")), row.office_code in seen, bool(which.reason))
            for row in rows
        ],
        notes=_notes(seen, {row.office_code for row in rows}),
        pager=pager(page, at),
        facts=[(_("Số hồ sơ"), Cell(page.paginator.count).text)],
        empty=_("Không có hồ sơ nào như vậy."),
    )


def read(given: Any) -> behind.Asked:
    """Which files an address asks for; what it does not know is as not asked."""
    stage, event = given.get("buoc", ""), given.get("viec", "")
    return behind.Asked(
        stage=stage if stage in STAGES else "",
        event=event if event in words.EVENTS else "",
        reason=given.get("ly-do", "")[:40],
        open_from=_number(given.get("ton-tu", "")),
        open_to=_number(given.get("ton-den", "")),
    )


def parts_of(which: behind.Asked) -> dict[str, str]:
    """The same as parts of an address."""
    ages = (which.open_from, which.open_to)
    since, until = ("" if age is None else str(age) for age in ages)
    parts = {
        "buoc": which.stage,
        "viec": which.event,
        "ly-do": which.reason,
        "ton-tu": since,
        "ton-den": until,
    }
    return {name: value for name, value in parts.items() if value}


def workers(asked: Asked, given: Any) -> Sheet:
    """The workers of one employer and how far each is. Raises NotYours for one of elsewhere."""
    code, step = asked.scope.employer or "", given.get("buoc", "")
    least = STAGES.index(step) + 1 if step in STAGES else int(step == WAITING)
    page = _page(asked, behind.workers(asked.scope, code, least, only_waiting=step == WAITING))
    rows: list[Worker] = list(page)
    employer = Employer.objects.get(code=code)
    names = behind.people(rows) if _seen_at(asked, {employer.office_id or ""}) else {}
    numbers = behind.newest_files(rows)

    def at(number: int) -> str:
        return asked.at("officer:report_workers", buoc=step, trang=numbered(number))

    without = sum(1 for row in rows if row.person_id not in numbers)
    notes = [] if names or not rows else [words.NAMES_HIDDEN]
    if not names and without:
        said = ngettext(
            "%(count)s người trên trang này chưa gửi hồ sơ.",
            "%(count)s người trên trang này chưa gửi hồ sơ.",
            without,
        )
        notes.append(said % {"count": without})
    return Sheet(
        title=_("Người lao động: %(name)s") % {"name": f"{employer.name} ({code})"},
        headings=(Heading(_("Họ và tên"), is_name=True), Heading(_("Số hồ sơ")), Heading(_("Đã đến bước"))),
        rows=[_worker(row, names, numbers) for row in rows if names or row.person_id in numbers],
        notes=tuple(notes),
        pager=pager(page, at),
        facts=[(_("Số người"), Cell(page.paginator.count).text)],
        empty=_("Không có người lao động nào như vậy."),
    )


def _worker(row: Worker, names: dict[int, str], numbers: dict[int, tuple[int, str]]) -> list[Cell]:
    file, number = numbers.get(row.person_id, (0, ""))
    stage = words.STAGES[STAGES[row.stage - 1]] if row.stage else words.NOT_SENT
    name = names.get(row.person_id) or words.NOT_TOLD
    # Whether the file itself opens, its page asks: it may lie at another office.
    link = reverse("officer:file", args=[file]) if number and names else ""
    return [Cell(name), Cell(number or None, link), Cell(stage)]


def _file(row: FileLine, number: str, name: str, is_seen: bool, tells_reason: bool) -> list[Cell]:
    link = reverse("officer:file", args=[row.application_id]) if number and is_seen else ""
    # Where the reason is told, the employer is told to nobody but who may see the file itself.
    employer = row.employer_code if is_seen or not tells_reason else ""
    days = (row.sent_on, row.handed_in_on, row.closed_on)
    return [
        Cell(number or _("Đã xóa"), link),
        Cell((name or None) if is_seen else words.NOT_TOLD),
        Cell(employer or None),
        *map(Cell, days),
        Cell(words.STATES[row.state]),
    ]


def _page(asked: Asked, rows: QuerySet[Any]) -> Any:
    return Paginator(rows, PER_PAGE).get_page(asked.page)


def _seen_at(asked: Asked, codes: set[str]) -> set[str]:
    """At which of these offices the reader may see files."""
    return {code for code in codes if policy.allows(asked.by, Right.SEE_FILES, code)}


def _notes(seen: set[str], codes: set[str]) -> tuple[words.Words, ...]:
    return () if seen >= codes else (words.NAMES_HIDDEN,)


def _title(which: behind.Asked) -> str:
    if which.open_from is not None:
        return _("Hồ sơ đang tồn")
    if which.reason:
        return _("Hồ sơ từ chối theo lý do")
    if which.event:
        return _("Hồ sơ theo việc: %(what)s") % {"what": words.EVENTS[which.event]}
    return _("Hồ sơ: %(what)s") % {"what": words.STAGES[which.stage or "sent"]}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
