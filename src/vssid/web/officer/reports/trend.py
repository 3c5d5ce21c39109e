"""Sent and approved by day as a picture with its table, and where it goes."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from vssid.domain.reports import trend as report
from vssid.web.ui.templatetags.ui import ngay, so

from . import words
from .aims import Aims
from .asked import LONGEST, Asked
from .pictures import Picture, bars_and_line
from .sheets import Cell, Fact, Heading, Sheet
from .words import Words

LIST = "officer:report_files"


def sheet(asked: Asked) -> Sheet:
    """Of the scope that is asked for, the newest day first."""
    days = report.trend(asked.scope)
    aimed = report.goal(asked.scope, asked.scope.until)
    ahead = report.forecast(asked.scope, aimed) if aimed else None
    left = (ahead.goal.to_on - asked.scope.until).days if ahead else 0
    shapes = bars_and_line(
        [day.sent for day in days],
        [day.approved for day in days],
        [ahead.a_day] * min(left, len(days)) if ahead else (),
    )
    keys: list[tuple[str, Words]] = [("sent", words.EVENTS["sent"]), ("approved", words.EVENTS["approved"])]
    if ahead:
        keys.append(("ahead", _("Dự báo")))
    return Sheet(
        title=_("Xu hướng và dự báo"),
        headings=(
            Heading(_("Ngày")),
            Heading(words.EVENTS["sent"], is_number=True),
            Heading(words.EVENTS["approved"], is_number=True),
        ),
        rows=[_row(asked, day) for day in reversed(days) if day.sent or day.approved],
        total=_total(asked, days),
        notes=(_forecast_words(aimed, ahead),),
        picture=Picture(shapes, _caption(days), tuple(keys)) if shapes else None,
        facts=_facts(asked, ahead),
        empty=_("Không có hồ sơ nào được gửi hoặc duyệt trong những ngày này."),
    )


def _caption(days: list[report.Day]) -> str:
    most = max(max(day.sent, day.approved) for day in days)
    return _("Số hồ sơ gửi và duyệt từng ngày, cao nhất %(most)s.") % {"most": so(most)}


def _row(asked: Asked, day: report.Day) -> list[Cell]:
    said = f"{day.day:%d/%m/%Y}"

    def listed(count: int, event: str) -> Cell:
        return Cell(count, asked.at(LIST, viec=event, tu=said, den=said) if count else "")

    return [Cell(day.day), listed(day.sent, "sent"), listed(day.approved, "approved")]


def _total(asked: Asked, days: list[report.Day]) -> list[Cell]:
    def listed(count: int, event: str) -> Cell:
        return Cell(count, asked.at(LIST, viec=event) if count else "")

    sent, approved = sum(day.sent for day in days), sum(day.approved for day in days)
    return [Cell(_("Tổng cộng")), listed(sent, "sent"), listed(approved, "approved")]


def _facts(asked: Asked, ahead: report.Forecast | None) -> list[Fact]:
    if ahead is None:
        return []
    goal, until = ahead.goal, asked.scope.until
    return [
        (_("Chỉ tiêu đến %(day)s") % {"day": ngay(goal.to_on)}, Cell(goal.people, Aims(asked.by).link(goal))),
        (
            _("Đã duyệt từ %(day)s") % {"day": ngay(goal.from_on)},
            Cell(ahead.approved, _approved(asked, goal.from_on, until) if ahead.approved else ""),
        ),
        # What it is made of: the approvals whose mean goes on.
        (_("Dự báo đến hết kỳ"), Cell(ahead.expected, _approved(asked, ahead.since, until))),
    ]


def _approved(asked: Asked, since: date, until: date) -> str:
    """The files approved within the days; empty where no list reaches back so far."""
    if until - since > LONGEST:
        return ""
    return asked.at(LIST, viec="approved", tu=f"{since:%d/%m/%Y}", den=f"{until:%d/%m/%Y}")


def _forecast_words(aimed: report.Goal | None, ahead: report.Forecast | None) -> str:
    """How the forecast was made, or why there is none."""
    if aimed is None:
        return _("Không có dự báo: chưa có chỉ tiêu nào đang tính cho phạm vi này.")
    if ahead is None:
        return _(
            "Không có dự báo: cần ít nhất %(days)s ngày có số liệu và có hồ sơ được duyệt trong %(newest)s "
            "ngày gần nhất."
        ) % {"days": report.FEWEST, "newest": report.LOOKED_AT}
    return _(
        "Dự báo lấy mức duyệt bình quân mỗi ngày của %(newest)s ngày gần nhất, kể cả ngày nghỉ, nhân với số "
        "ngày còn lại của kỳ. Mỗi hồ sơ được duyệt tính là một người."
    ) % {"newest": report.LOOKED_AT}
