"""Who may open a view. Views are closed: one without a mark is refused (middleware.session).

`@public`, `@citizen`, for staff `@member` and `@may(Right.…)`, for HR people `@employer_member` and
`employer` (by their door's `hr`) mark a view (`view.access`, `view.rights`) and turn the wrong visitor away.
They go outermost, above `require_POST` and the like.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from vssid.domain.offices.rights import Right, rights_of

if TYPE_CHECKING:
    from vssid.domain.accounts.sign_in.sessions import SessionView
    from vssid.kernel.actor import Actor

P = ParamSpec("P")
Access = Literal["public", "citizen", "member", "officer", "employer_member", "employer"]
# The name of the page where each signs in.
SIGN_IN = {
    "citizen": "citizen:sign_in",
    "member": "officer:sign_in",
    "officer": "officer:sign_in",
    "employer_member": "employer:sign_in",
    "employer": "employer:sign_in",
}


class VisitRequest(HttpRequest):
    """A request as views see it, for annotations: the middleware has put the visitor on it."""

    session_view: SessionView | None
    actor: Actor
    request_id: str


View = Callable[Concatenate[VisitRequest, P], HttpResponse]


def public(view: View[P]) -> View[P]:
    """Anyone may open it."""
    return _marked(view, "public", _anybody)


def citizen(view: View[P]) -> View[P]:
    """A signed-in person who has set an own password."""
    return _marked(view, "citizen", _is_citizen)


def member(view: View[P]) -> View[P]:
    """Somebody of staff who proved the password, also before the own one and a second factor are set: the
    way to both."""
    return _marked(view, "member", _is_member)


def employer_member(view: View[P]) -> View[P]:
    """Somebody of an employer's HR who proved the password, as `member` for staff."""
    return _marked(view, "employer_member", _is_employer_member)


def employer(
    lacking: Callable[[VisitRequest], Any] = lambda _request: None,
    turned_away: Callable[[VisitRequest, Any], HttpResponse] | None = None,
) -> Callable[[View[P]], View[P]]:
    """Somebody of an employer's HR who proved a factor. `lacking` says what is missing all the same (None:
    nothing), and `turned_away` answers then.
    """

    def mark(view: View[P]) -> View[P]:
        return _marked(view, "employer", _is_employer, lacking=lacking, turned_away=turned_away)

    return mark


def may(right: Right, *, change: Right | None = None) -> Callable[[View[P]], View[P]]:
    """A member of staff whose post has this right; `change` is what sending its form takes, if another.

    How far the right goes, the room asks. Other posts read that theirs has it not.
    """

    def mark(view: View[P]) -> View[P]:
        rights = (right, change or right)

        def lacking(request: VisitRequest) -> Right | None:
            asked = rights[0] if request.method in {"GET", "HEAD"} else rights[1]
            return None if asked in rights_of(_role(request)) else asked

        marked = _marked(view, "officer", _is_staff, lacking=lacking, turned_away=_no_right)
        marked.rights = rights  # type: ignore[attr-defined]
        return marked

    return mark


def local_path(request: HttpRequest, path: str | None, default: str = "/") -> str:
    """`path` when it is a path of this site, else `default`: what may follow a redirect."""
    safe = path and path.startswith("/") and url_has_allowed_host_and_scheme(
        path, allowed_hosts=None, require_https=request.is_secure()
    )  # fmt: skip
    return path if path and safe else default


def _is_citizen(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == "citizen" and not session.must_set_password


def _anybody(_request: VisitRequest) -> bool:
    return True


def _is_member(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == "staff"


def _is_staff(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == "staff" and session.is_ready and session.post is not None


def _is_employer_member(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == "employer"


def _is_employer(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == "employer" and session.is_ready


def _no_right(request: VisitRequest, right: Right) -> HttpResponse:
    from . import not_allowed  # its page needs what is marked with this module

    return not_allowed.page(request, right)


def _role(request: VisitRequest) -> str:
    """The role of the post in which the session acts; known before the middleware has named who acts."""
    session = request.session_view
    return session.post.role if session is not None and session.post is not None else ""


def _marked(
    view: View[P],
    access: Access,
    allowed: Callable[[VisitRequest], bool],
    *,
    lacking: Callable[[VisitRequest], Any] = lambda _request: None,
    turned_away: Callable[[VisitRequest, Any], HttpResponse] | None = None,
) -> View[P]:
    """`view.refuse` answers those who may not, without looking at what they sent (middleware.access);
    `view.lets_in` only tells (bodies.plan).
    """

    def refuse(request: VisitRequest) -> HttpResponse | None:
        if not allowed(request):
            if (access == "officer" and _is_member(request)) or (
                access == "employer" and _is_employer_member(request)
            ):
                return HttpResponseRedirect(reverse(f"{access}:{_first_to_set(request)}"))
            return _sign_in(request, reverse(SIGN_IN[access]))
        lacked = lacking(request)
        return turned_away(request, lacked) if lacked is not None and turned_away else None

    def lets_in(request: VisitRequest) -> bool:
        return allowed(request) and lacking(request) is None

    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        refusal = refuse(request)
        return view(request, *args, **kwargs) if refusal is None else refusal

    wrapper.access = access  # type: ignore[attr-defined]
    wrapper.refuse = refuse  # type: ignore[attr-defined]
    wrapper.lets_in = lets_in  # type: ignore[attr-defined]
    return cast("View[P]", wrapper)


def _first_to_set(request: VisitRequest) -> str:
    """What somebody who is signed in by the password alone has to set before anything opens."""
    session = request.session_view
    assert session is not None
    if session.must_set_password:
        return "first_password"
    return "factor_app" if session.proved_at is None else "sign_in"


def _sign_in(request: HttpRequest, page: str) -> HttpResponse:
    """To the sign-in page, and back here afterwards when here can be opened again."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'tiep': back})}" if back and back != reverse("citizen:home") else ""
    return HttpResponseRedirect(page + query)
