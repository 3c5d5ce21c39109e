"""Whose record a page shows: the signed-in person's, or under /con/<link>/ that of a child.

The address says whose, so there is no mode to forget; each request asks for the live link anew. Under
/con/ there are only pages to read: nobody acts for a child there.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any

from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.accounts.guardianship.guardians import ChildView
from vssid.domain.record import children, queries
from vssid.domain.record.decode import Record
from vssid.kernel.errors import NotYours
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest
from vssid.web.ui.errors import Page, answer

NOT_LINKED = Page(
    404,
    gettext_lazy("Không xem được hồ sơ này"),
    gettext_lazy("Liên kết với con đã kết thúc, hoặc không thuộc tài khoản đang dùng. Hãy xem mục Gia đình."),
    (gettext_lazy("Về mục Gia đình"), reverse_lazy("citizen:family")),
)


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record and whose it is: `person_id`'s, who is a `child` of the person signed in, or that person."""

    record: Record
    person_id: int
    child: ChildView | None

    @property
    def link_id(self) -> uuid.UUID | None:
        """The link that stands in the addresses of a child's pages; None in one's own."""
        return self.child.link_id if self.child else None

    @property
    def page(self) -> dict[str, Any]:
        """What the templates need."""
        return {"link_id": self.link_id, "shown_child": self.child}


def record_of(request: VisitRequest, link_id: uuid.UUID | None, now: datetime) -> ShownRecord:
    """The own record, or the child's behind a live link. Raises NotYours."""
    session = request.session_view
    assert session is not None
    if link_id is None:
        return ShownRecord(queries.own_record(session.person_id, now=now), session.person_id, None)
    child = guardians.child(session.person_id, link_id, now=now)
    return ShownRecord(children.child_record(child, now=now), child.child_id, child)


def address_of(page: str, link_id: uuid.UUID | None, *args: object) -> str:
    """The address of a page that the own record and a child's both have, such as "home" or "card"."""
    if link_id is None:
        return _own_address(page, args)
    return reverse(f"citizen:child_{page}", args=(link_id, *args))


# Tabs and numbers of lines are the same for everybody; a page of periods has a dozen of them.
@lru_cache(maxsize=1024)
def _own_address(page: str, args: tuple[object, ...]) -> str:
    return reverse(f"citizen:{page}", args=args)


def people(request: VisitRequest, now: datetime, page: str = "home") -> dict[str, Any]:
    """The switcher between oneself and the children, on pages that both have (`page`: "home" or "card")."""
    session = request.session_view
    assert session is not None
    own_children = guardians.children_of(session.person_id, now=now)
    own = [(address_of(page, None), _("Bạn"))]
    return {
        "children": own_children,
        "people": own + [(address_of(page, child.link_id), child.name) for child in own_children]
        if own_children
        else [],
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
