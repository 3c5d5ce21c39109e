"""/…/e-mail: the work e-mail, given by a code sent to it; each change asks for a factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts.contacts import work_email as emails
from vssid.domain.accounts.errors import ClaimOver, SameContact
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.infra import mail
from vssid.kernel.errors import DomainError, Invalid

from .. import client
from ..access import VisitRequest
from ..forms.number_field import NumberField
from ..templatetags.ui import ngay_gio as when
from . import asking
from .door import Door
from .forms import CODE_ATTRS

BAD_EMAIL = gettext_lazy("Địa chỉ e-mail chưa đúng, ví dụ: ten@donvi.vn.")
NO_CODE = gettext_lazy("Nhập 6 chữ số trong e-mail vừa nhận.")
OVER = gettext_lazy("Mã không còn dùng được. Hãy gửi mã mới.")
DONE = {
    "da-gui": gettext_lazy("Đã gửi mã. Hãy xem hộp thư rồi nhập mã ở dưới."),
    "xac-nhan": gettext_lazy("Đã xác nhận. Từ nay thông báo về công việc gửi đến e-mail này."),
    "bo": gettext_lazy("Đã bỏ e-mail công việc."),
}


class EmailForm(forms.Form):
    """A new address."""

    email = NumberField(
        label=gettext_lazy("E-mail công việc mới"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Hãy nhập địa chỉ e-mail."), "max_length": BAD_EMAIL},
    )


class CodeForm(forms.Form):
    """The code that was sent there."""

    code = NumberField(
        label=gettext_lazy("Mã 6 chữ số"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_ATTRS),
        error_messages={"required": NO_CODE, "max_length": NO_CODE},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def work_email(request: VisitRequest, door: Door) -> HttpResponse:
    """GET shows it masked; POST sends a code to another address."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _ask(request, form.cleaned_data["email"], form):
        return _there(door, "da-gui")
    return _page(request, door, form=form)


@require_POST
def send_code(request: VisitRequest, door: Door) -> HttpResponse:
    """…/gui-ma: a code to the address that waits, or a new code."""
    form = CodeForm({})
    form.errors.clear()
    return _there(door, "da-gui") if _ask(request, "", form) else _page(request, door, code=form)


@sensitive_post_parameters("code")
@require_POST
def enter(request: VisitRequest, door: Door) -> HttpResponse:
    """…/ma: the code from the letter; notices go there from then on."""
    form = CodeForm(request.POST)
    if form.is_valid() and _enter(request, form):
        return _there(door, "xac-nhan")
    return _page(request, door, code=form)


@require_POST
def remove(request: VisitRequest, door: Door) -> HttpResponse:
    """…/bo: no address any more."""
    emails.remove(request.actor.id or 0, by=request.actor, now=timezone.now())
    return _there(door, "bo")


def _ask(request: VisitRequest, text: str, form: forms.Form) -> bool:
    """Was a code sent? Else the form says why not."""
    field = next(iter(form.fields))
    try:
        emails.ask(request.actor.id or 0, text, by=request.actor, now=timezone.now())
    except Invalid as refused:
        form.add_error(field, OVER if refused.fields["email"] == "required" else BAD_EMAIL)
    except SameContact:
        form.add_error(field, _("E-mail này đã được xác nhận."))
    except Limited as refused:
        form.add_error(field, _limited(refused))
    else:
        return True
    return False


def _enter(request: VisitRequest, form: CodeForm) -> bool:
    address, now = client.address(request), timezone.now()
    try:
        emails.enter(
            request.actor.id or 0, form.cleaned_data["code"], by=request.actor, address=address, now=now
        )
    except (ClaimOver, WrongCode, CodeExpired, Limited) as refused:
        form.add_error("code", _refused(refused))
        return False
    return True


def _refused(why: DomainError) -> Any:
    if isinstance(why, WrongCode):
        return _("Mã chưa đúng. Còn %(left)s lần thử.") % {"left": why.tries_left}
    return _limited(why) if isinstance(why, Limited) else OVER


def _limited(why: Limited) -> str:
    return _("Đã thử nhiều lần liên tiếp. Thử lại được từ %(at)s.") % {"at": when(why.retry_at)}


def _page(request: VisitRequest, door: Door, *, form: Any = None, code: Any = None) -> HttpResponse:
    context = {
        "email": emails.of(request.actor.id or 0, now=timezone.now()),
        "form": form or EmailForm(),
        "code": code or CodeForm(),
        "offered": mail.is_offered(),
        "done": DONE.get(request.GET.get("xong", ""), ""),
    }
    wrong = any(drawn is not None and drawn.errors for drawn in (form, code))
    return door.draw(request, "ui/security/work_email.html", context, status=422 if wrong else 200)


def _there(door: Door, done: str) -> HttpResponse:
    return HttpResponseRedirect(door.address("work_email", {"xong": done}))


def routes(door: Door) -> list[URLPattern]:
    """The page and its acts, at a door."""

    def asked(view: Callable[[VisitRequest, Door], HttpResponse]) -> Callable[..., HttpResponse]:
        return door.signed_in(asking.before(door.bound(view), door))

    return [
        path("e-mail", asked(work_email), name="work_email"),
        path("e-mail/gui-ma", asked(send_code), name="work_email_send"),
        path("e-mail/ma", door.signed_in(door.bound(enter)), name="work_email_enter"),
        path("e-mail/bo", asked(remove), name="work_email_remove"),
    ]
