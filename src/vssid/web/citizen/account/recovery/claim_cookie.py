"""The browser's claim: the addresses of its pages, and the cookie of these pages that keeps its secret."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vssid.domain.accounts.models.accounts import Claim

# The name of each purpose's first page; the page of its code and the one after it are named after it.
PAGES = {Claim.RESET: "forgotten", Claim.FREEZE: "freeze", Claim.THAW: "thaw"}


def first_page(purpose: str) -> str:
    """Where one asks for the code of a purpose."""
    return reverse(f"citizen:{PAGES[purpose]}")


def code_address(purpose: str) -> str:
    """Where its code is typed."""
    return reverse(f"citizen:{PAGES[purpose]}_code")


def password_address(purpose: str) -> str:
    """Where one goes on after the code: the page of the password."""
    return reverse(f"citizen:{PAGES[purpose]}_password")


def _cookie(purpose: str) -> str:
    return f"vssid-claim-{purpose}"


def secret_of(request: HttpRequest, purpose: str) -> str:
    """The secret of this browser's claim; empty for none."""
    return request.COOKIES.get(_cookie(purpose), "")


def to_code(purpose: str, secret: str) -> HttpResponse:
    """On to the page of the code, with the claim's secret in the cookie."""
    response = HttpResponseRedirect(code_address(purpose))
    response.set_cookie(
        _cookie(purpose),
        secret,
        max_age=int(settings.CLAIM_LIFE.total_seconds()),
        path=first_page(purpose),
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )
    return response


def drop(response: HttpResponse, purpose: str) -> HttpResponse:
    """The claim is over: its cookie goes."""
    response.delete_cookie(_cookie(purpose), path=first_page(purpose), samesite="Lax")
    return response
