"""/…/dang-nhap/buoc-hai: after the password, a factor. No session is open yet."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.errors import AccountFrozen, WrongCredentials
from vssid.domain.accounts.factors import second_step as steps
from vssid.domain.accounts.factors import shown_codes
from vssid.domain.accounts.factors.errors import StepOver
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.sign_in import passkeys
from vssid.domain.verification.errors import Limited
from vssid.infra import metrics

from .. import browser_name, client, cookies
from ..access import VisitRequest, public
from . import onward, words
from .door import Door
from .forms import ProofForm


@sensitive_post_parameters("ma_xac_thuc", "ma_du_phong")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: VisitRequest, door: Door) -> HttpResponse:
    """The code of the app. Without a password that was just proved in this browser: the first step again."""
    now = timezone.now()
    try:
        account = steps.waiting(onward.step_of(request), kind=door.kind, now=now)
        form = ProofForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return _page(request, door, form, account, now=now, status=422 if form.is_bound else 200)
        try:
            with metrics.sign_in(door.kind, "second"):
                signed_in = steps.finish(
                    form.proof,
                    kind=door.kind,
                    browser=onward.step_of(request),
                    address=client.address(request),
                    device=browser_name.name(request),
                    known_device=door.marks.know(request, account.login),
                    now=now,
                )
        except (*steps.REFUSED, Limited) as refused:
            form.add_error(form.field_used, words.refused(refused))
            status = 429 if isinstance(refused, Limited) else 422
            return _page(request, door, form, account, now=now, status=status)
    except (StepOver, WrongCredentials, AccountFrozen):
        return HttpResponseRedirect(f"{_first(request, door)}&het-buoc=1")
    return onward.let_in(request, door, signed_in, login=account.login)


def _first(request: VisitRequest, door: Door) -> str:
    return door.address("sign_in", {"tiep": onward.next_page(request, door)})


def _page(
    request: VisitRequest, door: Door, form: ProofForm, account: Account, *, now: datetime, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "next": onward.next_page(request, door),
        "name": account.login,
        "passkeys_on": passkeys.is_on(),
        # Of made-up members, whose app nobody holds: whoever looks at the demo gets in.
        "demo_code": shown_codes.of(account.person_id, now=now) if settings.DEMO else "",
    }
    template = "ui/security/second_step.html"
    return cookies.wipe_offline(door.draw_outside(request, template, context, status=status))


def routes(door: Door) -> list[URLPattern]:
    """The page, at a door."""
    return [
        path("dang-nhap/buoc-hai", public(door.bound(second_step)), name="second_step"),
    ]
