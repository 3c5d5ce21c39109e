"""/don-vi/phan-mem: an administrator allows the employer's programs, gives them new secrets, ends them."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.employers.models.software import NAME_LENGTH
from vssid.domain.employers.seats.roles import Act
from vssid.domain.employers.software import clients
from vssid.domain.employers.software.clients import MOST, Made
from vssid.domain.employers.software.errors import SoftwareEnded
from vssid.domain.employers.software.scopes import SENTENCES
from vssid.kernel.errors import Invalid

from .. import frame
from ..errors import or_not_here
from ..people.forms import EndForm, refuse
from ..seat import SeatRequest, hr
from ..sign_in.asking import asks_again

_WRONG = {
    ("name", "required"): gettext_lazy("Hãy đặt tên, ví dụ tên phần mềm tiền lương."),
    ("name", "too_long"): gettext_lazy("Tên dài quá 60 ký tự. Hãy viết ngắn lại."),
    ("scopes", "required"): gettext_lazy("Hãy chọn ít nhất một việc."),
    ("scopes", "bad_choice"): gettext_lazy("Hãy chọn việc trong danh sách."),
}
ENDED = "ket-thuc"


class SoftwareForm(forms.Form):
    """What a program is called and what it may."""

    name = forms.CharField(
        label=gettext_lazy("Tên phần mềm"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
        error_messages={"required": _WRONG["name", "required"], "max_length": _WRONG["name", "too_long"]},
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Được làm"),
        choices=[(scope.value, words) for scope, words in SENTENCES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _WRONG["scopes", "required"],
            "invalid_choice": _WRONG["scopes", "bad_choice"],
        },
    )


def _refuse(form: forms.Form, invalid: Invalid) -> None:
    for name, code in invalid.fields.items():
        too_many = _("Đơn vị đang có %(most)d phần mềm. Hãy kết thúc phần mềm không dùng nữa trước.")
        words = too_many % {"most": MOST} if code == "too_many" else _WRONG.get((name, code), _("Chưa đúng."))
        form.add_error(name, words)


@hr(Act.ADMINISTER)
@require_safe
def software(request: SeatRequest) -> HttpResponse:
    """Every program that is or was allowed here."""
    return _list(request)


def _list(
    request: SeatRequest,
    *,
    wrong: tuple[uuid.UUID, forms.Form] | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = [
        {
            "view": view,
            "scopes": [SENTENCES[scope] for scope in view.scopes],
            "form": wrong[1] if wrong and wrong[0] == view.id else EndForm(auto_id=f"%s-{view.id}"),
        }
        for view in clients.of_employer(request.seat.employer_code, now=timezone.now())
    ]
    done = _("Đã kết thúc. Phần mềm không vào được nữa.") if request.GET.get("xong") == ENDED else ""
    context: dict[str, Any] = {
        "rows": rows,
        "trouble": trouble,
        "done": done,
        "form": wrong[1] if wrong else None,
    }
    return frame.page(request, "employer/software/software.html", context, status=status)


@hr(Act.ADMINISTER)
@asks_again
@sensitive_variables("made")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SeatRequest) -> HttpResponse:
    """/don-vi/phan-mem/moi: what allows a program answers with its secret, once and here alone."""
    form = SoftwareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = clients.make(
                request.seat.employer_code,
                given["name"],
                given["scopes"],
                by=request.actor,
                now=timezone.now(),
            )
            return _made(request, made, given["name"])
        except Invalid as invalid:
            _refuse(form, invalid)
    return frame.page(
        request, "employer/software/new.html", {"form": form}, status=422 if form.errors else 200
    )


@hr(Act.ADMINISTER)
@asks_again
@or_not_here
@require_POST
@sensitive_variables("made")
def renew(request: SeatRequest, client_id: uuid.UUID) -> HttpResponse:
    """A new secret, shown in this answer alone; the one before holds for some days."""
    try:
        made = clients.renew(request.seat.employer_code, client_id, by=request.actor, now=timezone.now())
    except SoftwareEnded:
        return _over(request)
    return _made(request, made, "")


@hr(Act.ADMINISTER)
@asks_again
@or_not_here
@require_POST
def end(request: SeatRequest, client_id: uuid.UUID) -> HttpResponse:
    """End a program's access at once. Ended twice is once."""
    form = EndForm(request.POST, auto_id=f"%s-{client_id}")
    if form.is_valid():
        try:
            clients.end(
                request.seat.employer_code,
                client_id,
                why=form.cleaned_data["why"],
                by=request.actor,
                now=timezone.now(),
            )
        except SoftwareEnded:
            pass
        except Invalid as invalid:
            refuse(form, invalid)
        if not form.errors:
            return redirect(reverse("employer:software", query={"xong": ENDED}))
    return _list(request, wrong=(client_id, form), status=422)


def _over(request: SeatRequest) -> HttpResponse:
    return _list(request, trouble=_("Phần mềm này đã kết thúc trước đó."), status=409)


@sensitive_variables()
def _made(request: SeatRequest, made: Made, name: str) -> HttpResponse:
    context = {
        "made": made,
        "name": name,
        "days": clients.OLD_SECRET_LIVES.days,
        "token_at": request.build_absolute_uri(reverse("oauth-token")),
    }
    return frame.page(request, "employer/software/made.html", context)


routes: list[URLPattern] = [
    path("don-vi/phan-mem", software, name="software"),
    path("don-vi/phan-mem/moi", new, name="software_new"),
    path("don-vi/phan-mem/<uuid:client_id>/khoa", renew, name="software_renew"),
    path("don-vi/phan-mem/<uuid:client_id>/ket-thuc", end, name="software_end"),
]
