"""/tai-khoan/lien-he: another phone or e-mail address, by two codes, or by an office."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts.contacts import changes
from vssid.domain.accounts.counter import owner_requests
from vssid.domain.accounts.counter.reasons import REASONS
from vssid.domain.accounts.errors import ClaimOver, OlderValue, SameContact
from vssid.domain.accounts.models.accounts import ContactChange
from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.infra import mail
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import Phone
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, citizen

from . import words
from .forms import CodeForm, EmailForm, PhoneForm
from .sign_in import REFUSED

# The address' word for each kind, and its form.
KINDS = {"so-dien-thoai": ContactChange.PHONE, "email": ContactChange.EMAIL}
FORMS: dict[str, type[forms.Form]] = {ContactChange.PHONE: PhoneForm, ContactChange.EMAIL: EmailForm}
WRONG = {
    "bad_phone": gettext_lazy("Hãy nhập số di động Việt Nam, ví dụ 0912 345 678."),
    "bad_email": gettext_lazy("Hãy nhập e-mail đầy đủ, ví dụ lan@thu.example."),
}
SAME = gettext_lazy("Đây là số hoặc e-mail đang dùng. Không cần đổi.")
OLDER = gettext_lazy(
    "Số điện thoại hoặc e-mail đang lưu không khớp với lần thay đổi gần nhất, nên để giữ an toàn, hệ "
    "thống không gửi gì đến đó. Hãy đến cơ quan BHXH cùng giấy tờ tùy thân bản chính để ghi lại số "
    "điện thoại."
)
METHODS = ["GET", "HEAD", "POST"]


def _person(request: VisitRequest) -> int:
    assert request.session_view is not None
    return request.session_view.person_id


@citizen
@require_http_methods(METHODS)
def change(request: VisitRequest, word: str) -> HttpResponse:
    """GET and POST /tai-khoan/lien-he/so-dien-thoai and …/email: the new one; then a code to each."""
    kind = KINDS.get(word)
    if kind is None or (kind == ContactChange.EMAIL and not mail.is_offered()):
        raise NotYours
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    status = REFUSED
    if form.is_valid():
        try:
            changes.start(
                _person(request),
                kind,
                form.cleaned_data["value"],
                address=client.address(request),
                now=timezone.now(),
            )
            return redirect("citizen:contact_codes", word)
        except Invalid as refused:
            form.add_error("value", str(WRONG[refused.fields["value"]]))
        except SameContact:
            form.add_error("value", str(SAME))
        except OlderValue:
            form.add_error(None, str(OLDER))
            status = 409
        except Limited as limited:
            form.add_error(None, words.limited(limited))
            status = 429
    page = {"form": form, "kind": kind, "today": changes.of(_person(request)), "word": word}
    return render(request, "citizen/account/contact_change.html", page, status=status if form.errors else 200)


@citizen
@require_POST
def drop_email(request: VisitRequest) -> HttpResponse:
    """POST /tai-khoan/lien-he/bo-email"""
    changes.drop_email(_person(request), now=timezone.now())
    return HttpResponseRedirect(reverse("citizen:account", query={"xong": "lien-he"}))


@citizen
@require_POST
def still_good(request: VisitRequest) -> HttpResponse:
    """POST /tai-khoan/lien-he/con-dung: messages do arrive there, says the owner; the next one is tried."""
    kind = request.POST.get("loai", "")
    if kind in FORMS:
        changes.still_good(_person(request), kind)
        return HttpResponseRedirect(reverse("citizen:account", query={"xong": "con-dung"}))
    return redirect("citizen:account")


@citizen
@require_http_methods(METHODS)
def codes(request: VisitRequest, word: str) -> HttpResponse:
    """GET and POST /tai-khoan/lien-he/…/ma: the two codes, one after the other in any order."""
    kind, now = KINDS.get(word), timezone.now()
    contact_change = changes.under_way(_person(request), kind, now=now) if kind else None
    if kind is None or contact_change is None:
        return redirect("citizen:contact", word) if kind else redirect("citizen:account")
    side = request.POST.get("ben", "")
    if request.method != "POST" or side not in changes.SIDES:
        return _codes_page(request, word, contact_change)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _codes_page(request, word, contact_change, side, form)
    try:
        done = changes.enter(
            _person(request), kind, side, form.cleaned_data["code"], address=client.address(request), now=now
        )
    except ClaimOver:
        return redirect("citizen:account")
    except (WrongCode, CodeExpired, Limited) as refused:
        form.add_error("code", words.of_code(refused))
        return _codes_page(request, word, contact_change, side, form, status=_status(refused))
    if done:
        return HttpResponseRedirect(reverse("citizen:account", query={"xong": "lien-he"}))
    return redirect("citizen:contact_codes", word)


def _status(refused: Exception) -> int:
    return 429 if isinstance(refused, Limited) else REFUSED


def _codes_page(
    request: VisitRequest,
    word: str,
    contact_change: changes.ChangeView,
    side: str = "",
    bad: CodeForm | None = None,
    *,
    status: int = REFUSED,
) -> HttpResponse:
    page: dict[str, Any] = {
        "change": contact_change,
        "word": word,
        "form": bad,
        "old_form": bad if side == changes.OLD else CodeForm(auto_id="old_%s"),
        "new_form": bad if side == changes.NEW else CodeForm(auto_id="new_%s"),
    }
    return render(request, "citizen/account/contact_codes.html", page, status=status if bad else 200)


# --- at an office --------------------------------------------------------------------------


class OfficeForm(PhoneForm):
    """The new phone, and the office that will see the ID."""

    office = forms.ChoiceField(
        label=gettext_lazy("Cơ quan BHXH bạn sẽ đến"),
        error_messages={"required": gettext_lazy("Hãy chọn cơ quan BHXH.")},
    )

    def __init__(self, data: Any = None, *, province_code: str = "") -> None:
        super().__init__(data)
        chosen = (data or {}).get("office") or ""
        some = offices.choices(offices.province_of(chosen) or province_code)
        self.fields["office"].choices = [("", _("Chọn cơ quan")), *some]  # type: ignore[attr-defined]


@citizen
@require_http_methods(METHODS)
def at_office(request: VisitRequest) -> HttpResponse:
    """GET and POST /tai-khoan/lien-he/tai-co-quan: ask an office; the requests with their states."""
    assert request.session_view is not None
    known = participants.person(request.session_view.person_id)
    province = known.province_code if known else ""
    form = OfficeForm(request.POST if request.method == "POST" else None, province_code=province)
    status = REFUSED
    if form.is_valid():
        try:
            return _ask_office(request, form)
        except Invalid as refused:
            form.add_error("value", str(WRONG.get(refused.fields.get("value", ""), _("Hãy chọn lại."))))
        except SameContact:
            form.add_error("value", str(SAME))
    own_requests = [
        (
            owner_request,
            offices.office(owner_request.office_code),
            [REASONS[code] for code in owner_request.reasons if code in REASONS],
        )
        for owner_request in owner_requests.own(_person(request))
    ]
    page = {"form": form, "requests": own_requests, "code_form": CodeForm(auto_id="code_%s")}
    return render(request, "citizen/account/contact_office.html", page, status=status if form.errors else 200)


def _ask_office(request: VisitRequest, form: forms.Form) -> HttpResponse:
    phone, now = changes.read(ContactChange.PHONE, form.cleaned_data["value"]), timezone.now()
    request_id = owner_requests.ask_for_phone(
        _person(request), form.cleaned_data["office"], Phone(phone.reveal()), now=now
    )
    return _send_code(request, request_id)


def _send_code(request: VisitRequest, request_id: uuid.UUID) -> HttpResponse:
    """A code to the new phone; while limited the page of the code says until when."""
    row = owner_requests.own_row(_person(request), request_id)
    owner_requests.send_code(row, address=client.address(request), now=timezone.now())
    return redirect("citizen:contact_office_code", request_id)


@citizen
@require_http_methods(METHODS)
def request_code(request: VisitRequest, request_id: uuid.UUID) -> HttpResponse:
    """GET and POST /tai-khoan/lien-he/tai-co-quan/<id>: the code from the new phone. Another's is 404."""
    row = owner_requests.own_row(_person(request), request_id)
    view = owner_requests.view_of(row)
    if view.phone_proved:
        return redirect("citizen:contact_office")
    if request.POST.get("go") == "again":
        return _send_code(request, request_id)
    form, status = CodeForm(request.POST if request.method == "POST" else None), REFUSED
    if form.is_valid():
        try:
            owner_requests.enter_code(
                row, form.cleaned_data["code"], address=client.address(request), now=timezone.now()
            )
            return redirect("citizen:contact_office")
        except (WrongCode, CodeExpired, Limited) as refused:
            form.add_error("code", words.of_code(refused))
            status = _status(refused)
    page = {"form": form, "asked": view, "office": offices.office(view.office_code)}
    return render(
        request, "citizen/account/contact_office_code.html", page, status=status if form.errors else 200
    )


@citizen
@require_POST
def withdraw(request: VisitRequest, request_id: uuid.UUID) -> HttpResponse:
    """POST …/<id>/rut: take the request back; twice, or another's, changes nothing."""
    owner_requests.withdraw(_person(request), request_id, now=timezone.now())
    return redirect("citizen:contact_office")
