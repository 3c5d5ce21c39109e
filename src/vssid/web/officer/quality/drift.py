"""/can-bo/chat-luong: rates of approvals and how they move, and accuracy, for the director alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.registration.quality import drift
from vssid.domain.registration.quality.drift import Officer
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from . import accuracy, words
from .words import Rate

AGAINST_SELF: dict[int | None, Words] = {
    1: _("Duyệt nhiều hơn chính mình trước đó"),
    -1: _("Duyệt ít hơn chính mình trước đó"),
    0: _("Như trước đó"),
    None: _("Trước đó quá ít hồ sơ để so"),
}
AGAINST_OFFICE: dict[int | None, Words] = {
    1: _("Duyệt nhiều hơn đồng nghiệp"),
    -1: _("Duyệt ít hơn đồng nghiệp"),
    0: _("Như đồng nghiệp"),
    None: _("Quá ít hồ sơ để so với đồng nghiệp"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One officer."""

    officer: Officer
    office: str
    recent: Rate
    before: Rate
    colleagues: Rate
    said: tuple[tuple[Words, bool], ...]


@may(Right.OVERSEE_DECISIONS)
@require_safe
def page(request: VisitRequest) -> HttpResponse:
    """The officers of the own office and the ones below, who stands out first."""
    now = timezone.now()
    rows = [_row(officer) for officer in drift.officers(by=request.actor, now=now)]
    context = {
        "rows": rows,
        "standing_out": sum(row.officer.stands_out for row in rows),
        "least": drift.LEAST,
        "since": now - drift.RECENT,
        "before": now - drift.RECENT - drift.BEFORE,
        "now": now,
        **accuracy.context(request.actor, now),
    }
    return frame.page(request, "officer/quality/drift.html", context)


def _row(officer: Officer) -> Row:
    against_self, against_office = officer.against_self, officer.against_office
    return Row(
        officer,
        offices.office(officer.office).name,
        words.rate(officer.recent),
        words.rate(officer.before),
        words.rate(officer.colleagues),
        (
            (AGAINST_SELF[against_self], bool(against_self)),
            (AGAINST_OFFICE[against_office], bool(against_office)),
        ),
    )


routes = [path("can-bo/chat-luong", page, name="quality")]
