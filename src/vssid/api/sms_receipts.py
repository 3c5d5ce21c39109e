"""Where the SMS gateway reports delivery.

The one GET of the project that writes: Kannel's `dlr-url` is fetched with GET and nothing else. It is safe
to repeat, no page links to it, and only the gateway knows the token. The address names a message, never a
phone. It must not be kept in a cache or followed by a crawler, hence the headers.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from vssid.domain.notifications.outbox import receipts
from vssid.infra.sms import kannel

_TEXT = "text/plain; charset=utf-8"


@csrf_exempt
@never_cache
@require_GET
def receive(
    request: HttpRequest, subject_id: int, message_id: UUID, attempt: int, token: str
) -> HttpResponse:
    """Take one receipt. 404 for a wrong token, 400 for a type we never ask for, else 200, also when it
    changes nothing: the gateway would only repeat it.
    """
    if not receipts.is_genuine(subject_id, message_id, attempt, token):
        return HttpResponse("", status=404, content_type=_TEXT)
    outcome = kannel.outcome_of(request.GET.get(kannel.RECEIPT_FIELD, ""))
    if outcome is None:
        return HttpResponse("", status=400, content_type=_TEXT)
    receipts.apply(subject_id, message_id, attempt, outcome, timezone.now())
    return HttpResponse("OK", content_type=_TEXT)


# Views are closed without a mark; this one is open to whoever holds a token (web/ui/access.py).
receive.access = "token"  # type: ignore[attr-defined]
