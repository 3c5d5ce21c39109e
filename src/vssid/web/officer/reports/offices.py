"""What compares offices: their ranking, the age of open files, the time to decide, why files are refused."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.registration.reasons import ALL as REASONS
from vssid.domain.reports import ageing, deciding, progress, ranking, refusals, scope
from vssid.domain.reports.ageing import AGES
from vssid.web.ui.templatetags.ui import ngay

from . import words
from .aims import Aims
from .asked import Asked
from .behind.files import OF
from .sheets import Cell, Heading, Sheet
from .words import Words

LIST, WORKERS = "officer:report_files", "officer:report_workers"
_AGE_WORDS: tuple[Words, ...] = (
    gettext_lazy("0–2 ngày"),
    gettext_lazy("3–5 ngày"),
    gettext_lazy("6–10 ngày"),
    gettext_lazy("Trên 10 ngày"),
)
_OFFICE = gettext_lazy("Cơ quan")
_EMPTY = gettext_lazy("Không có hồ sơ nào trong phạm vi này.")


def rank(asked: Asked) -> Sheet:
    """Offices by the rate of their employers' workers."""
    day = progress.day_for(asked.scope.until)
    found, aims = ranking.ranking(asked.scope, day) if day else [], Aims(asked.by)
    return Sheet(
        title=_("Xếp hạng cơ quan"),
        headings=(
            Heading(_("Hạng"), is_number=True),
            Heading(_OFFICE, is_name=True),
            Heading(_("Số lao động"), is_number=True),
            Heading(words.STAGES["sent"], is_number=True),
            Heading(words.STAGES["approved"], is_number=True),
            Heading(_("Tỷ lệ %"), is_number=True),
            Heading(_("Chỉ tiêu"), is_number=True),
            Heading(_("Đạt chỉ tiêu %"), is_number=True),
        ),
        rows=[_ranked(asked, aims, place, row) for place, row in found],
        notes=(words.PROGRESS_NOTE,),
        facts=[(_("Số liệu của ngày"), Cell(ngay(day)))] if day else [],
        named_by=1,
        empty=_("Không có đơn vị nào có người lao động."),
    )


def _ranked(asked: Asked, aims: Aims, place: int, row: ranking.OfficeRow) -> list[Cell]:
    # Of the office itself and all its employers, whatever narrower thing is asked for.
    parts = {"co-quan": row.code, "rieng": "1", "chuyen-quan": "", "don-vi": ""}

    def listed(value: float | None, **which: str) -> Cell:
        return Cell(value, asked.at(WORKERS, **parts, **which) if value else "")

    return [
        Cell(place),
        Cell(row.name, asked.at("officer:report_progress", **parts)),
        listed(row.workers),
        listed(row.sent, buoc="sent"),
        listed(row.approved, buoc="approved"),
        listed(row.rate, buoc="approved", **{OF: "lao-dong"}),
        Cell(row.target, aims.link(row)),
        listed(row.reached, buoc="approved", **{OF: "chi-tieu"}),
    ]


def age(asked: Asked) -> Sheet:
    """Open files by the days since they were sent."""
    found = ageing.ageing(asked.scope, asked.today)
    names = dict(scope.choices(asked.by))
    sums = [sum(counts[at] for counts in found.values()) for at in range(len(AGES))]
    return Sheet(
        title=_("Hồ sơ đang tồn"),
        headings=(
            Heading(_OFFICE, is_name=True),
            *(Heading(said, is_number=True) for said in _AGE_WORDS),
            Heading(_("Tổng cộng"), is_number=True),
        ),
        rows=[
            [Cell(names.get(code, code)), *_aged(asked, counts, {"tai": code})]
            for code, counts in found.items()
        ],
        total=[Cell(_("Tổng cộng")), *_aged(asked, sums, {})],
        notes=(
            _("Tính theo số ngày từ khi gửi đến hôm nay, không theo kỳ báo cáo. Hạn nộp tờ khai là 10 ngày."),
        ),
        empty=_("Không có hồ sơ nào đang tồn."),
    )


def _aged(asked: Asked, counts: list[int], parts: dict[str, str]) -> list[Cell]:
    def listed(count: int, since: int, until: int | None) -> Cell:
        ages = {"ton-tu": str(since), "ton-den": "" if until is None else str(until)}
        return Cell(count, asked.at(LIST, **parts, **ages) if count else "")

    cells = [listed(count, *ends) for count, ends in zip(counts, AGES, strict=True)]
    return [*cells, listed(sum(counts), 0, None)]


def time_taken(asked: Asked) -> Sheet:
    """Hours from sending to the decision."""
    parts, whole = deciding.deciding(asked.scope)
    names = dict(scope.choices(asked.by))
    lines = [(names.get(line.office_code, line.office_code), line) for line in parts]
    return Sheet(
        title=_("Thời gian giải quyết"),
        headings=(
            Heading(_OFFICE, is_name=True),
            Heading(_("Kết quả")),
            Heading(_("Số hồ sơ"), is_number=True),
            Heading(_("Trung vị, giờ"), is_number=True),
            Heading(_("90% không quá, giờ"), is_number=True),
        ),
        rows=[
            *(_timed(asked, name, line, {"tai": line.office_code}) for name, line in lines),
            *(_timed(asked, _("Toàn phạm vi"), line, {}) for line in whole if len(lines) > len(whole)),
        ],
        notes=(
            _(
                "Từ lúc gửi đến lúc duyệt hoặc từ chối, giờ làm tròn lên, cả ngoài giờ làm việc và thời gian "
                "chờ người dân."
            ),
        ),
        empty=_EMPTY,
    )


def _timed(asked: Asked, name: Words, line: deciding.Line, parts: dict[str, str]) -> list[Cell]:
    place = asked.at(LIST, viec=line.outcome, **parts)
    return [
        Cell(name),
        Cell(words.STATES[line.outcome]),
        Cell(line.files, place),
        Cell(line.median, place),
        Cell(line.most, place),
    ]


def refused(asked: Asked) -> Sheet:
    """Refused files by reason, of offices only."""
    found = refusals.refusals(asked.scope)
    return Sheet(
        title=_("Lý do từ chối"),
        headings=(
            Heading(_("Lý do")),
            Heading(_("Số hồ sơ"), is_number=True),
            Heading(_("Tỷ lệ %"), is_number=True),
        ),
        rows=[_for_reason(asked, row) for row in found],
        notes=(
            _("Hồ sơ có hai lý do được tính ở cả hai. Tỷ lệ tính trên số hồ sơ bị từ chối trong kỳ."),
            _("Lý do chỉ thống kê đến cơ quan, không đến đơn vị, để không lộ việc của từng người."),
        ),
        empty=_("Không có hồ sơ nào bị từ chối trong những ngày này."),
    )


def _for_reason(asked: Asked, row: refusals.ReasonRow) -> list[Cell]:
    parts = {"ly-do": row.reason, "chuyen-quan": "", "don-vi": ""}
    return [
        Cell(REASONS[row.reason].label if row.reason in REASONS else row.reason),
        Cell(row.files, asked.at(LIST, **parts)),
        Cell(row.rate, asked.at(LIST, **parts, **{OF: "refused"})),
    ]
