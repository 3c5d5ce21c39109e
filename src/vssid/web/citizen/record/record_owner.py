"""Whose record a page shows: the signed-in person's, or under /con/<link>/ that of a child.

The address says whose, so there is no mode to forget; each request asks for the live link anew. Under
/con/ there are only pages to read: nobody acts for a child there.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.accounts.guardianship.guardians import ChildView
from vssid.domain.cards import children, queries
from vssid.domain.cards.reading import Record
from vssid.kernel.errors import NotYours
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest
from vssid.web.ui.errors import Page, answer

NOT_LINKED = Page(
    404,
    gettext_lazy("Không xem được hồ sơ này"),
    gettext_lazy("Liên kết với con đã kết thúc, hoặc không thuộc tài khoản đang dùng. Hãy xem mục Gia đình."),
    (gettext_lazy("Về mục Gia đình"), "/gia-dinh"),
)


@dataclass(frozen=True, slots=True)
class Whose:
    """A record and whose it is: `person_id`'s. `of` goes in front of the addresses of its pages."""

    record: Record
    person_id: int
    child: ChildView | None
    of: str

    @property
    def page(self) -> dict[str, Any]:
        """What the templates need."""
        return {"of": self.of, "whose": self.child}


def record_of(request: VisitRequest, link_id: uuid.UUID | None, now: datetime) -> Whose:
    """The own record, or the child's behind a live link. Raises NotYours."""
    session = request.session_view
    assert session is not None
    if link_id is None:
        return Whose(queries.own_record(session.person_id, now=now), session.person_id, None, "")
    child = guardians.child(session.person_id, link_id, now=now)
    return Whose(children.child_record(child, now=now), child.child_id, child, address(child))


def address(child: ChildView) -> str:
    """Where a child's pages begin."""
    return f"/con/{child.link_id}"


def people(request: VisitRequest, now: datetime, page: str = "") -> dict[str, Any]:
    """The switcher between oneself and the children, on pages that both have (`page`: "" or "/the")."""
    session = request.session_view
    assert session is not None
    found = guardians.children_of(session.person_id, now=now)
    own = [(page or "/", _("Bạn"))]
    return {
        "children": found,
        "people": own + [(address(child) + page, child.name) for child in found] if found else [],
        "people_here": request.path,
    }


def of_child(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page of a child: a link that is over, or of somebody else, is not there; the device forgets it."""

    @wraps(view)
    def wrapper(request: VisitRequest, link_id: uuid.UUID, **more: Any) -> HttpResponse:
        try:
            return view(request, link_id=link_id, **more)
        except NotYours:
            response = answer(request, NOT_LINKED)
            session = request.session_view
            if session is not None and guardians.had(session.person_id, link_id):
                cookies.wipe_offline(response)
            return response

    return wrapper
