"""The workers behind a figure: of one employer, or of all in the scope, and how far each is."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.employers.models.roster import Worker
from vssid.domain.participants.models.people import Employer
from vssid.domain.reports import counting, progress, trend
from vssid.domain.reports import lists as behind
from vssid.domain.reports.funnel import STAGES
from vssid.kernel.calendar import local_day
from vssid.web.ui.templatetags.ui import ngay

from .. import words
from ..aims import Aims
from ..asked import Asked
from ..sheets import Cell, Fact, Heading, Sheet, share_of
from . import paging, seeing
from .files import OF

HERE = "officer:report_workers"
WAITING = "cho"


def sheet(asked: Asked) -> Sheet:
    """Raises NotYours for an employer of elsewhere."""
    step = asked.given.get("buoc", "")
    step = step if step in STAGES or step == WAITING else ""
    asks = {"buoc": step, OF: asked.given.get(OF, "")[:10]}
    rows = behind.workers(asked.scope, _least(step), only_waiting=step == WAITING)
    page = paging.of_table(asked, rows, HERE, asks)
    employers = Employer.objects.in_bulk({row.employer_code for row in page.rows})
    offices = {code: row.office_id or "" for code, row in employers.items()}
    seen = seeing.of(asked, frozenset(offices.values()))
    named = [row for row in page.rows if offices.get(row.employer_code, "") in seen]
    names, numbers = behind.people(named), behind.newest_files(page.rows)
    shown = [row for row in page.rows if row.person_id in names or row.person_id in numbers]
    return Sheet(
        title=_title(asked, step),
        headings=(
            Heading(_("Họ và tên"), is_name=True),
            Heading(_("Mã đơn vị")),
            Heading(_("Số hồ sơ")),
            Heading(_("Đã đến bước")),
        ),
        rows=[_row(row, row in named, names, numbers) for row in shown],
        notes=_notes(page.rows, named, len(page.rows) - len(shown)) + _of_then(asked, step, page.count),
        pager=page.pager,
        facts=[(_("Số người"), Cell(page.count)), *_share(asked, asks, page.count)],
        asks=asks,
        empty=_("Không có người lao động nào như vậy."),
    )


def _least(step: str) -> int:
    return STAGES.index(step) + 1 if step in STAGES else int(step == WAITING)


def _title(asked: Asked, step: str) -> str:
    what = words.STAGES.get(step) or (_("Chưa duyệt") if step == WAITING else _("tất cả"))
    code = asked.scope.employer
    employer = Employer.objects.filter(code=code).first() if code else None
    if employer is None:
        return _("Người lao động: %(what)s") % {"what": what}
    return _("Người lao động của %(name)s: %(what)s") % {"name": f"{employer.name} ({code})", "what": what}


def _share(asked: Asked, asks: Mapping[str, str], count: int) -> list[Fact]:
    """Of how many they are, where the figure that leads here was a percentage."""
    if asks[OF] == "lao-dong":
        whole = behind.workers(asked.scope, 0).count()
        return share_of(count, _("Trên số lao động"), Cell(whole, asked.at(HERE)))
    day = progress.day_for(asked.scope.until) if asks[OF] == "chi-tieu" else None
    aimed = trend.goal(asked.scope, day) if day else None
    if aimed is None:
        return []
    return share_of(count, _("Trên chỉ tiêu"), Cell(aimed.people, Aims(asked.by).link(aimed)))


def _of_then(asked: Asked, step: str, count: int) -> tuple[words.Words, ...]:
    """Who was there on a day before is kept as a number alone; this list is of the last count."""
    day, as_of = progress.day_for(asked.scope.until), counting.as_of()
    if day is None or as_of is None or day >= local_day(as_of):
        return ()
    then = progress.total(asked.scope, day)
    figures = {"sent": then.sent, "approved": then.approved, WAITING: then.sent - then.approved}
    said = _(
        "Số liệu của ngày %(day)s là %(then)s người; ai là những người đó không được giữ. Danh sách này là "
        "của lần tính mới nhất, %(now)s người."
    )
    told = {"then": Cell(figures.get(step, then.workers)).text, "now": Cell(count).text}
    return (said % {"day": ngay(day), **told},)


def _notes(rows: list[Worker], named: list[Worker], left_out: int) -> tuple[words.Words, ...]:
    notes: list[words.Words] = [words.NAMES_HIDDEN] if len(named) < len(rows) else []
    if left_out:
        said = ngettext(
            "%(count)s người trên trang này chưa gửi hồ sơ.",
            "%(count)s người trên trang này chưa gửi hồ sơ.",
            left_out,
        )
        notes.append(said % {"count": left_out})
    return tuple(notes)


def _row(
    row: Worker, is_named: bool, names: Mapping[int, str], numbers: Mapping[int, tuple[int, str]]
) -> list[Cell]:
    file, number = numbers.get(row.person_id, (0, ""))
    stage = words.STAGES[STAGES[row.stage - 1]] if row.stage else words.NOT_SENT
    name = names.get(row.person_id) or words.NOT_TOLD
    # Whether the file itself opens, its page asks: it may lie at another office.
    link = reverse("officer:file", args=[file]) if number and is_named else ""
    return [
        Cell(name if is_named else words.NOT_TOLD),
        Cell(row.employer_code),
        Cell(number or None, link),
        Cell(stage),
    ]
