"""What a report's address asks for, read into the scope of the reader's own right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.reports import scope
from vssid.domain.reports.scope import Scope
from vssid.domain.rollout import queries as rollout
from vssid.kernel.actor import Actor
from vssid.web.ui.forms.day_field import DayField

from ..casework.lists import address

USUAL, LONGEST = timedelta(days=89), timedelta(days=800)  # and today
NONE = "khong"  # no officer, no known employer
MOST_CHOICES = 300


class PeriodForm(forms.Form):
    """The days of a report; both may be left out."""

    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến hết ngày"), required=False)
    # The usual days stand in the fields, which shows how they are written.
    tu.example = den.example = ""

    def clean(self) -> dict[str, Any]:
        """The days are in order and not too far apart."""
        given = super().clean() or {}
        since, until = given.get("tu"), given.get("den")
        if since and until and until < since:
            self.add_error("den", _("Ngày cuối trước ngày bắt đầu."))
        elif since and until and until - since > LONGEST:
            self.add_error("den", _("Báo cáo được nhiều nhất 800 ngày. Hãy thu hẹp lại."))
        return given


@dataclass(frozen=True, slots=True)
class Asked:
    """A scope, and the parts of an address that ask for it again; `today` in Việt Nam.

    `given`: all that the address says. `is_whole`: not the `page`, but all rows, for a file.
    """

    by: Actor
    scope: Scope
    parts: dict[str, str]
    form: PeriodForm
    today: date
    page: int
    given: Any
    is_whole: bool = False

    def at(self, route: str, **changes: Any) -> str:
        """An address with the same question; a part changed to "" falls away."""
        return address(route, **{**self.parts, **changes})


def read(given: Any, by: Actor, today: date) -> Asked:
    """What is asked; days that cannot be read are said beside the field and the usual ones taken.

    Raises NotYours for an office out of reach.
    """
    form = PeriodForm(given if "tu" in given or "den" in given else {"tu": "", "den": ""})
    days = form.cleaned_data if form.is_valid() else {}
    until = min(days.get("den") or today, today)
    since = min(days.get("tu") or until - USUAL, until)
    office, officer, employer, at = (
        given.get(name, "").strip()[:12] for name in ("co-quan", "chuyen-quan", "don-vi", "tai")
    )
    only = given.get("rieng", "") == "1"
    asked = scope.of(
        by,
        since=since,
        until=until,
        office=office,
        officer=_officer(officer),
        employer=_employer(employer),
        only=only,
        at=at,
    )
    if form.is_valid():
        form = PeriodForm({"tu": f"{since:%d/%m/%Y}", "den": f"{until:%d/%m/%Y}"})
    parts = {
        "co-quan": office,
        "chuyen-quan": officer,
        "don-vi": employer,
        "rieng": "1" if only else "",
        "tai": at,
        "tu": f"{since:%d/%m/%Y}" if days.get("tu") else "",
        "den": f"{until:%d/%m/%Y}" if days.get("den") else "",
    }
    return Asked(by, asked, parts, form, today, _number(given.get("trang", "")) or 1, given)


def choices(asked: Asked) -> dict[str, Any]:
    """What the filter offers: offices in reach, officers of the chosen one while they are few."""
    officers = rollout.officers(asked.scope.offices, asked.scope.until)
    return {
        "offices": scope.choices(asked.by)[: MOST_CHOICES * 4],
        "chosen_officer": asked.parts["chuyen-quan"],
        "officers": [(str(number), name) for number, name in officers]
        if len(officers) <= MOST_CHOICES
        else [],
    }


def _officer(text: str) -> int | None:
    """An officer's number; who is none has no employers."""
    if not text:
        return None
    return scope.NOBODY if text == NONE else _number(text) or -1


def _employer(text: str) -> str | None:
    """An employer's code; what can be none is of nobody."""
    if not text:
        return None
    return "" if text == NONE else text.upper() if text.isascii() and text.isalnum() else "-"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
