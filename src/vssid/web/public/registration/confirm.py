"""Step 6, /dang-ky/ma-xac-nhan: the code to the phone; then the register's yes or no; then sending."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.registration import actions
from vssid.domain.registration.draft import drafts, steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.domain.registration.errors import Incomplete, PhoneNotProved, Unprintable
from vssid.domain.verification import codes, limits
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.text import digits
from vssid.web.ui import client, reading
from vssid.web.ui.access import VisitRequest, public

from .. import known_phones
from . import file_cookie, wizard, words
from .forms import CodeForm

STEP = steps.CODE
AGAIN = "code_again"


def after_review(request: HttpRequest) -> HttpResponse:
    """Send a code and ask for it; a browser that has proved the phone goes straight on."""
    draft = file_cookie.draft_of(request)
    if draft is None:
        return wizard.elsewhere(request)
    if draft.proved:
        return _check_and_send(request, draft)
    now = timezone.now()
    reading.goes_on(request, draft.subject_id)
    try:
        drafts.send_code(draft, address=client.address(request), now=now)
    except Limited as refused:
        # A second tap within the minute: the code is on its way. Any other limit is said on the next page.
        if refused.facts["name"] != AGAIN:
            return _page(request, draft, error=words.limited(refused, now), status=429)
    return wizard.to(STEP)


@wizard.reached(STEP)
def confirm(request: VisitRequest, draft: DraftView) -> HttpResponse:
    """GET shows the field and sends nothing; POST takes the code."""
    if request.method != "POST":
        return _page(request, draft)
    if request.POST.get("go") == "back":
        return HttpResponseRedirect(wizard.before(STEP))
    if request.POST.get("go") == "again":
        return _again(request, draft)
    return _enter(request, draft)


def _enter(request: HttpRequest, draft: DraftView) -> HttpResponse:
    now = timezone.now()
    typed = digits(request.POST.get("code", "")[:60])
    if not draft.proved:
        if len(typed) != 6:
            return _page(
                request, draft, error=_("Hãy nhập đủ 6 chữ số trong tin nhắn."), status=wizard.REFUSED
            )
        try:
            drafts.enter_code(draft, typed, address=client.address(request), now=now)
        except (WrongCode, CodeExpired, Limited) as refused:
            return _not_taken(request, draft, words.of_code(refused, now))
    response = _check_and_send(request, _fresh(request) or draft)
    if draft.phone is not None:
        known_phones.remember(request, response, draft.phone)
    return response


def _not_taken(request: HttpRequest, draft: DraftView, error: str) -> HttpResponse:
    """The code was refused; unless another tap of the same finger was quicker and has used it up."""
    fresh = _fresh(request)
    if fresh is None:
        return wizard.elsewhere(request)
    if fresh.proved:
        return _check_and_send(request, fresh)
    return _page(request, draft, error=error, status=wizard.REFUSED)


def _fresh(request: HttpRequest) -> DraftView | None:
    return file_cookie.draft_of(request)


def _again(request: HttpRequest, draft: DraftView) -> HttpResponse:
    now = timezone.now()
    reading.goes_on(request, draft.subject_id)
    try:
        drafts.send_code(draft, address=client.address(request), now=now)
    except Limited as refused:
        return _page(request, draft, error=words.limited(refused, now), status=429)
    return wizard.to(STEP)


def _page(request: HttpRequest, draft: DraftView, *, error: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    form = CodeForm({}) if error else CodeForm()
    if error:
        form.add_error("code", error)
    expires = codes.expires_at(drafts.PURPOSE, draft.subject_id)
    live = expires if expires and expires > now else None
    context = {
        "form": form,
        "phone": draft.phone.national() if draft.phone else "",
        "expires_at": live,
        "wait": wait_for_another(live, now),
        "proved": draft.proved,
    }
    return wizard.page(request, STEP, "public/registration/confirm.html", context, status=status)


def wait_for_another(expires_at: datetime | None, now: datetime) -> int:
    """Seconds until another code may be asked for."""
    if expires_at is None:
        return 0
    left: timedelta = expires_at - settings.PHONE_CODE_LIFE + limits.RULES[AGAIN].window - now
    return max(0, int(left.total_seconds()) + 1) if left > timedelta(0) else 0


def _check_and_send(request: HttpRequest, draft: DraftView) -> HttpResponse:
    if drafts.matches_register(draft, address=client.address(request), now=timezone.now()) is False:
        return redirect("public:mismatch")
    return _send(request, draft)


def _send(request: HttpRequest, draft: DraftView) -> HttpResponse:
    reading.goes_on(request, draft.subject_id)
    try:
        actions.submit(draft, now=timezone.now())
    except Incomplete as refused:
        return wizard.to(steps.BY_NAME[refused.step])
    except PhoneNotProved:
        return wizard.to(STEP)
    except Unprintable:
        return wizard.to(steps.REVIEW)
    return redirect("public:own_file")


@public
@require_safe
def mismatch(request: HttpRequest) -> HttpResponse:
    """GET /dang-ky/chua-khop: something is not as BHXH holds it; never which, never what."""
    draft = file_cookie.draft_of(request)
    if draft is None or not draft.proved:
        return wizard.elsewhere(request) if draft is None else wizard.to(draft.missing or STEP)
    return render(request, "public/registration/mismatch.html", {"back_url": wizard.path(steps.REVIEW)})


@public
@require_POST
def send_anyway(request: HttpRequest) -> HttpResponse:
    """POST /dang-ky/gui: send although something does not match; the officer compares. Twice is once."""
    draft = file_cookie.draft_of(request)
    return wizard.elsewhere(request) if draft is None else _send(request, draft)
