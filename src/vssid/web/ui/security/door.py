"""A door whose people sign in by two steps: what the shared pages need to know of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from vssid.domain.accounts.sign_in.sessions import SessionView

from ..access import VisitRequest
from ..browser_marks import BrowserMarks

P = ParamSpec("P")
Bound = Callable[..., HttpResponse]
Mark = Callable[[Any], Bound]


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say at this door. `lost`: whom to turn to without phone and recovery codes.
    `notices_stay`: where what is told by e-mail is read all the same.
    """

    why_a_factor: Promise
    go_in: Promise
    kept: Promise
    lost: Promise
    end: Promise
    end_hint: Promise
    notices_stay: Promise


class _Names(dict[str, str]):
    """The names of the door's pages, for `{% url at.factors %}`."""

    def __init__(self, namespace: str) -> None:
        super().__init__()
        self._namespace = namespace

    def __missing__(self, page: str) -> str:
        return f"{self._namespace}:{page}"


@dataclass(frozen=True, slots=True)
class Door:
    """`name` is the namespace of its addresses, `kind` that of its accounts.

    `member` marks what opens with the password alone, `signed_in` what takes a factor too. `page` draws in
    the door's `frame`. `inside`: is a path one that may follow a sign-in? `is_shut`: does a session that is
    ready open nothing all the same? `vouches`: does another's word give somebody a new factor? `ends_by`: the
    page that ends a session.
    """

    name: str
    kind: str
    marks: BrowserMarks
    member: Mark
    signed_in: Mark
    home: str
    page: Callable[..., HttpResponse]
    frame: str
    style: str
    sign_in_page: str
    inside: Callable[[str], bool]
    is_shut: Callable[[SessionView], bool]
    words: Words
    vouches: bool = False
    ends_by: str = "sign_out"

    def to(self, page: str) -> str:
        """The name of one of the door's pages."""
        return f"{self.name}:{page}"

    def address(self, page: str, query: Mapping[str, str] | None = None) -> str:
        """The address of one of the door's pages."""
        return reverse(self.to(page), query=query)

    def lead(self, page: str) -> HttpResponse:
        """Lead to one of the door's pages."""
        return redirect(self.to(page))

    def draw(
        self, request: VisitRequest, template: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        """A page inside."""
        return self.page(request, template, self._frame() | context, status=status)

    def draw_outside(
        self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        """A page on the way in."""
        return render(request, template, self._frame() | context, status=status)

    def _frame(self) -> dict[str, Any]:
        return {
            "at": _Names(self.name),
            "at_home": self.to(self.home),
            "at_end": self.to(self.ends_by),
            "door_frame": self.frame,
            "door_style": self.style,
            "says": self.words,
            "vouches": self.vouches,
        }

    def bound(
        self, view: Callable[Concatenate[VisitRequest, Door, P], HttpResponse]
    ) -> Callable[Concatenate[VisitRequest, P], HttpResponse]:
        """A shared view, at this door."""

        @wraps(view)
        def here(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, self, *args, **kwargs)

        return here
