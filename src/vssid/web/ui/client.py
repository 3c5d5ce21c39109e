"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from vssid.domain.verification.proofs import Address, Proof

LOOPBACK = frozenset({"127.0.0.1", "::1"})
PROOF = ("thu-thach", "tong", "viec")  # the fields of a form that answers a challenge


def proof(request: HttpRequest) -> Proof:
    """What the form says of a challenge; empty for most."""
    return Proof(*(request.POST.get(name, "")[:600] for name in PROOF))


def address(request: HttpRequest) -> Address:
    """The client's address, for limits only: never written to a log; with the proof of work it brought and
    the account that is signed in.

    With `settings.TRUSTED_PROXIES` = n the n-th entry from the right of X-Forwarded-For, the one our
    outermost proxy wrote; what stands left of it anyone can make up.
    """
    kept: Address | None = getattr(request, "vssid_address", None)
    if kept is None:
        kept = Address(_said(request), proof(request), _who(request))
        request.vssid_address = kept  # type: ignore[attr-defined]
    return kept


def _who(request: HttpRequest) -> str:
    session = getattr(request, "session_view", None)
    return f"{session.kind}:{session.person_id}" if session is not None else ""


def _said(request: HttpRequest) -> str:
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if proxies <= 0:
        return direct
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return chain[-proxies] if len(chain) >= proxies else direct


def is_this_machine(request: HttpRequest) -> bool:
    """Does it come from a program on this machine? A proxy here does too; its forwarding header tells."""
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded
