"""The files behind a figure. A person is named to who may see files of that office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.domain.reports import lists as behind
from vssid.domain.reports.funnel import STAGES
from vssid.domain.reports.models import FileLine

from .. import words
from ..asked import Asked
from ..sheets import Cell, Fact, Heading, Sheet, share_of
from . import paging, seeing

HERE = "officer:report_files"
OF = "tren"  # of what the figure is a share


def sheet(asked: Asked) -> Sheet:
    """Those that came so far, or to which something happened within the days."""
    which = read(asked.given)
    asks = parts_of(which) | {OF: asked.given.get(OF, "")[:10]}
    page = paging.of_table(asked, behind.files(asked.scope, which, today=asked.today), HERE, asks)
    offices = {row.office_code for row in page.rows}
    told, seen = behind.named(page.rows), seeing.of(asked, offices)
    return Sheet(
        title=_title(which),
        headings=(
            Heading(_("Số hồ sơ")),
            Heading(_("Họ và tên"), is_name=True),
            Heading(_("Mã đơn vị")),
            Heading(_("Ngày gửi")),
            Heading(_("Ngày nộp tờ khai")),
            Heading(_("Ngày xong")),
            Heading(_("Số giờ"), is_number=True),
            Heading(_("Tình trạng")),
        ),
        rows=[
            _row(row, *told.get(row.application_id, ("", "")), row.office_code in seen, bool(which.reason))
            for row in page.rows
        ],
        notes=() if seen >= offices else (words.NAMES_HIDDEN,),
        pager=page.pager,
        facts=[(_("Số hồ sơ"), Cell(page.count)), *_share(asked, asks, page.count)],
        asks=asks,
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


def _share(asked: Asked, asks: Mapping[str, str], count: int) -> list[Fact]:
    """Of how many they are, where the figure that leads here was a percentage."""
    wholes: dict[str, tuple[words.Words, behind.Asked]] = {
        "sent": (_("Trên số hồ sơ đã gửi"), behind.Asked(stage="sent")),
        "refused": (_("Trên số hồ sơ bị từ chối"), behind.Asked(event="refused")),
    }
    if asks[OF] not in wholes:
        return []
    said, which = wholes[asks[OF]]
    whole = behind.files(asked.scope, which, today=asked.today).count()
    return share_of(count, said, Cell(whole, asked.at(HERE, **parts_of(which))))


def _row(row: FileLine, number: str, name: str, is_seen: bool, tells_reason: bool) -> list[Cell]:
    link = reverse("officer:file", args=[row.application_id]) if number and is_seen else ""
    # Where the reason is told, the employer is told to nobody but who may see the file itself.
    employer = row.employer_code if is_seen or not tells_reason else ""
    days = (row.sent_on, row.handed_in_on, row.closed_on)
    return [
        Cell(number or _("Đã xóa"), link),
        Cell((name or None) if is_seen else words.NOT_TOLD),
        Cell(employer or None),
        *map(Cell, days),
        Cell(row.hours),
        Cell(words.STATES[row.state]),
    ]


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
