"""What every console page shares: the office's name, the posts to choose from and the ways of this one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vssid.domain.accounts.counter import second_officer
from vssid.domain.accounts.posts import posts
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import ROLES, Right, Role, rights_of
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest

from . import duties
from .today import items

# Where a post begins for which nothing can wait (`today`): the first of these that it may open.
STARTS = {
    Right.SEE_DIRECTORY: "officer:directory",
    Right.OWN_SESSION: "officer:rights",
}


def start_page(role: str) -> str:
    """The name of the page on which a post of this role begins, where nothing can wait for it."""
    held = rights_of(role)
    return next(page for right, page in STARTS.items() if right in held)


def rights(by: Actor) -> set[str]:
    """What templates ask for as `may`."""
    return {right.value for right in rights_of(by.role)}


def page(request: VisitRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page of the signed-in officer's office."""
    by = request.actor
    held = rights_of(by.role)
    office, own_posts = Read(lambda: offices.office(by.office)), Read(lambda: _own_posts(request))
    at_once(office, own_posts)
    frame = {
        "office_name": office.value.name,
        # What the page offers follows the table of rights: by name, as `rights.Right` has them.
        "may": rights(by),
        "starts_here": items.starts_here(by.role),
        "role_words": ROLES[Role(by.role)],
        "post_id": by.post,
        "own_posts": own_posts.value,
        "to_watch": second_officer.unseen(by).count() if Right.REVIEW_COUNTER in held else 0,
        "duties": duties.told(by.id or 0) if Right.MANAGE_DELIVERY in held else [],
        "here": request.path,
        # From `hand.next_file`: every open file is in a colleague's hands.
        "none_free": request.GET.get("het") == "1",
    }
    return render(request, template, {**frame, **context}, status=status)


def _own_posts(request: VisitRequest) -> list[dict[str, Any]]:
    held = posts.held_by(request.actor.id or 0, on=local_day(timezone.now()))
    return [{"post": post, "role": ROLES[Role(post.role)]} for post in held] if len(held) > 1 else []
