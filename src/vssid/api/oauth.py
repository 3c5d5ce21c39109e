"""POST /api/oauth/token: an employer's program changes its secret for a token of some minutes.

Wrong secrets are not counted: of 256 random bits nobody finds one, and who is locked out would be a
stranger's choice.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from vssid.domain.employers.software import tokens

from .problems import problem

PATH = "api/oauth/token"
MOST_BYTES = 10_000


@csrf_exempt  # a program has no cookies: it proves itself by its secret
@sensitive_variables()
def token(request: HttpRequest) -> HttpResponse:
    """As RFC 6749 says: 200 with `access_token`, 400 or 401 with `error`."""
    if request.method != "POST":
        return problem(405, "method_not_allowed", {"Allow": "POST"})
    if len(request.body) > MOST_BYTES:
        return problem(413, "too_long")
    headers = {
        name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers
    }
    body = request.body.decode("utf-8", errors="replace")
    answer = tokens.give(request.get_full_path(), body, headers, now=timezone.now())
    kept = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
    return HttpResponse(answer.body, status=answer.status, content_type="application/json", headers=kept)


# Views are closed without a mark; this one is open to whoever holds a secret (web/ui/access.py).
token.access = "token"  # type: ignore[attr-defined]
