"""The reports of the console as values for files, handed in to who makes them each week and month.

Pages are imported where a report is made: a process that makes none needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from vssid.domain.reports.makers import Make
from vssid.domain.reports.paper.printed import Printed
from vssid.kernel.actor import Actor

# What can be made ahead: of a period that is over, so not the age of today's open files.
NAMES = (
    *("report", "report_progress", "report_ranking", "report_refusals", "report_deciding"),
    "report_campaigns",
)


def _maker(name: str) -> Make:
    def make(by: Actor, since: date, until: date, now: datetime) -> Printed:
        from vssid.kernel.calendar import local_day

        from .reports import asked, files

        days = {"tu": f"{since:%d/%m/%Y}", "den": f"{until:%d/%m/%Y}"}
        return files.printed(f"officer:{name}", asked.read(days, by, local_day(now)), now=now)

    return make


MAKERS: Mapping[str, Make] = {name: _maker(name) for name in NAMES}
