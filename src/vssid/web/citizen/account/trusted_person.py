"""/nguoi-tin-cay: whose phone may get the person's codes as well."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.guardianship import trusted as domain
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode, Phone
from vssid.kernel.text import tidy
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.forms.number_field import NumberField

from .password import prove
from .sign_in import REFUSED, limited_page

WRONG: dict[str, str | Promise] = {
    "own": gettext_lazy("Đây là số điện thoại của chính bạn. Hãy nhập số của người tin cậy."),
    "already": gettext_lazy("Bạn đã có người tin cậy. Hãy bỏ người đó trước khi thêm người khác."),
    "too_many": gettext_lazy("Số này đã nhận giúp mã cho nhiều người. Hãy chọn số khác."),
}


class NameForm(forms.Form):
    """Whom, which phone, and the own password."""

    name = forms.CharField(
        label=gettext_lazy("Tên người tin cậy"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Hãy nhập tên, ví dụ tên con hoặc người thân.")},
    )
    phone = NumberField(
        label=gettext_lazy("Số điện thoại di động của người đó"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        error_messages={"required": gettext_lazy("Hãy nhập số điện thoại.")},
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu của bạn"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Hãy nhập mật khẩu.")},
    )

    def clean_phone(self) -> Phone:
        """A Vietnamese mobile number."""
        try:
            return Phone.parse_mobile(self.cleaned_data["phone"])
        except BadCode:
            raise forms.ValidationError(_("Hãy nhập số di động Việt Nam, ví dụ 0912 345 678.")) from None


class CodeForm(forms.Form):
    """The code that the other phone got."""

    code = NumberField(
        label=gettext_lazy("Mã 6 số người đó nhận được"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        error_messages={"required": gettext_lazy("Hãy nhập mã 6 số.")},
    )


@citizen
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def trusted(request: VisitRequest) -> HttpResponse:
    """GET shows who; POST (`viec`) names, confirms by code, or removes."""
    assert request.session_view is not None
    if request.method != "POST":
        return _page(request)
    try:
        return {"ma": _agree, "bo": _remove}.get(request.POST.get("viec", ""), _name)(request)
    except Limited as limited:
        return limited_page(request, limited)


def _page(request: VisitRequest, form: Any = None, *, status: int = 200) -> HttpResponse:
    assert request.session_view is not None
    trusted_person = domain.of(request.session_view.person_id)
    if form is None:
        form = CodeForm() if trusted_person and not trusted_person.agreed_at else NameForm()
    page = {
        "trusted_person": trusted_person,
        "form": form,
        "mark": dead_addresses.of(trusted_person.phone) if trusted_person else None,
    }
    return render(request, "citizen/account/trusted_person.html", page, status=status)


def _name(request: VisitRequest) -> HttpResponse:
    session = request.session_view
    assert session is not None
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=REFUSED)
    typed = form.cleaned_data
    try:
        prove(request, session, typed["password"])
        domain.ask(
            session.person_id,
            tidy(typed["name"]),
            typed["phone"],
            address=client.address(request),
            now=timezone.now(),
        )
    except WrongCredentials:
        form.add_error("password", _("Mật khẩu chưa đúng."))
    except Invalid as refused:
        form.add_error("phone", str(WRONG[refused.fields["phone"]]))
    else:
        return redirect("citizen:trusted")
    return _page(request, form, status=REFUSED)


def _agree(request: VisitRequest) -> HttpResponse:
    assert request.session_view is not None
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=REFUSED)
    code, address = form.cleaned_data["code"], client.address(request)
    try:
        domain.agree(request.session_view.person_id, code, address=address, now=timezone.now())
    except WrongCode as wrong:
        form.add_error("code", _("Mã chưa đúng. Còn %(n)s lần thử.") % {"n": wrong.tries_left})
    except CodeExpired:
        form.add_error("code", _("Mã không còn dùng được. Hãy bỏ và thêm lại để nhận mã mới."))
    except NotYours:
        return redirect("citizen:trusted")
    else:
        return redirect("citizen:trusted")
    return _page(request, form, status=REFUSED)


def _remove(request: VisitRequest) -> HttpResponse:
    assert request.session_view is not None
    domain.remove(request.session_view.person_id, now=timezone.now())
    return redirect("citizen:trusted")
