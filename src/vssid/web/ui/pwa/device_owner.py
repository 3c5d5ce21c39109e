"""Whose this device is: asked by a page that comes back without being loaded (static/ui/js/whose.js)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from .. import cookies
from ..access import public
from ..pages import addresses

NOBODY = "- -"


def mark(request: HttpRequest) -> str:
    """`PERSON FILE`: marks that differ for each signed-in person and each registration held; `-` for none.

    They tell pages apart and name nobody: no one without the key of this installation makes one.
    """
    session = getattr(request, "session_view", None)
    return (
        f"{_mark('person', session and session.person_id)} {_mark('file', request.COOKIES.get(cookies.FILE))}"
    )


def _mark(kind: str, what: object) -> str:
    return salted_hmac(f"vssid.whose.{kind}", str(what), algorithm="sha256").hexdigest()[:16] if what else "-"


def address(path: str) -> str:
    """Where a page at `path` asks: an address that gets the same cookies as the page did."""
    # Only below the registration does the browser send the cookie of the file it holds.
    start = addresses.address("public:start")
    return addresses.address(
        "ui:still_held" if path == start or path.startswith(f"{start}/") else "ui:still_here"
    )


@public
@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """GET /phien: the marks of now in X-Whose, and the order to forget where nobody is signed in.

    The middleware takes that order back while the session lives (an answer with its new secret was lost).
    """
    response = HttpResponse(status=204, headers={"X-Whose": mark(request)})
    return response if getattr(request, "session_view", None) else cookies.wipe_offline(response)
