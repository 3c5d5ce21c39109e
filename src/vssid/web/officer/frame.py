"""What every console page shares: the office's name and the ways of this post."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from vssid.domain.accounts.counter import second_officer
from vssid.domain.offices import queries as offices
from vssid.web.ui.access import VisitRequest, loads_files


def page(request: VisitRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page of the signed-in officer's office."""
    office = offices.office(request.actor.office)
    frame = {
        "office_name": office.name,
        "loads_files": (is_data := loads_files(request.session_view)),
        # Who loads files is answerable for the desks of the offices in reach, too.
        "to_watch": second_officer.unseen(request.actor).count() if is_data else 0,
        # From `hand.next_file`: every open file is in a colleague's hands.
        "none_free": request.GET.get("het") == "1",
    }
    return render(request, template, {**frame, **context}, status=status)
