"""Campaigns that ran in the days: their employers and letters, and the workers of these employers."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.domain.employers.campaigns import queries, results
from vssid.domain.employers.campaigns.results import Step, Within
from vssid.domain.employers.models.campaigns import Campaign
from vssid.domain.reports import targets as reported
from vssid.kernel.calendar import VIETNAM

from .asked import Asked
from .sheets import MOST_IN_FILE, Cell, Heading, Sheet

MOST = 200


def sheet(asked: Asked) -> Sheet:
    """A row a campaign, the newest first."""
    headings = (
        Heading(_("Chiến dịch"), is_name=True),
        Heading(_("Văn bản")),
        Heading(_("Đơn vị"), is_number=True),
        Heading(_("Đã lập thư"), is_number=True),
        Heading(_("Đã gửi"), is_number=True),
        Heading(_("E-mail đã gửi"), is_number=True),
        Heading(_("E-mail không gửi được"), is_number=True),
        Heading(_("Đã mở mã"), is_number=True),
        Heading(_("Đã vào"), is_number=True),
        Heading(_("Tỷ lệ %"), is_number=True),
        Heading(_("Vào trong kỳ"), is_number=True),
        Heading(_("Số lao động"), is_number=True),
        Heading(_("Đã gửi tờ khai"), is_number=True),
        Heading(_("Đã duyệt"), is_number=True),
        Heading(_("Chỉ tiêu"), is_number=True),
    )
    since, before = _moments(asked)
    ran = queries.in_days(asked.by, since, before)[: MOST_IN_FILE if asked.is_whole else MOST]
    return Sheet(
        title=_("Kết quả các chiến dịch"),
        headings=headings,
        rows=[_row(asked, campaign) for campaign in ran],
        notes=(
            _(
                "Đơn vị và thư tính đến lúc lập; lao động theo ngày đếm gần nhất trong kỳ. "
                "“Vào trong kỳ”: vào bằng mã của thư trong những ngày này. "
                "“Đã mở mã”: có người nhập mã; e-mail có được mở hay không thì không theo dõi."
            ),
        ),
        empty=_("Không có chiến dịch nào chạy trong những ngày này."),
    )


def _row(asked: Asked, campaign: Campaign) -> list[Cell]:
    scope, on = asked.scope, asked.scope.until
    since, before = _moments(asked)
    within = Within(scope.offices, scope.employers, scope.without)
    counted = results.results(campaign.id, within=within, on=on)
    people = reported.people_of(campaign.id, within, on)
    new = results.came_in(campaign.id, within=within, on=on, since=since, before=before)
    inside = counted.reached(Step.IN)
    told = (people.workers, people.sent, people.approved) if people else (None, None, None)
    return [
        Cell(_named(campaign), reverse("officer:campaign", args=[campaign.id])),
        Cell(f"{campaign.letter_number}, {campaign.letter_on:%d/%m/%Y}"),
        Cell(counted.employers),
        *(Cell(counted.reached(step)) for step in (Step.PRINTED, Step.POSTED)),
        *(Cell(many) for many in (counted.emails.sent, counted.emails.failed)),
        Cell(counted.reached(Step.OPENED)),
        Cell(inside),
        Cell(100 * inside / counted.employers if counted.employers else None),
        Cell(new),
        *(Cell(count) for count in told),
        Cell(reported.target_of(campaign, on)),
    ]


def _named(campaign: Campaign) -> str:
    """Its title, and the industry it means."""
    return f"{campaign.title} ({campaign.industry})" if campaign.industry else campaign.title


def _moments(asked: Asked) -> tuple[datetime, datetime]:
    """When the days begin, and when they are over."""
    after = asked.scope.until + timedelta(days=1)
    return (
        datetime.combine(asked.scope.since, time(), VIETNAM),
        datetime.combine(after, time(), VIETNAM),
    )
