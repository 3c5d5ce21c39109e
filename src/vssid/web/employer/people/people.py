"""/don-vi/nguoi: an administrator adds HR people, ends their roles, lets one in who is locked out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.seats import people as colleagues
from vssid.domain.employers.seats import queries
from vssid.domain.employers.seats.errors import LastAdministrator, OwnAccount, SeatEnded, SitsElsewhere
from vssid.domain.employers.seats.people import Brought
from vssid.domain.employers.seats.roles import ROLES, Act, Role
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr
from ..sign_in.asking import asks_again
from .forms import KNOWN, EndForm, PersonForm, RoleForm, refuse

DONE = {
    "them": gettext_lazy("Đã giao vai trò."),
    "ket-thuc": gettext_lazy("Đã kết thúc vai trò."),
    "doi": gettext_lazy("Đã đổi vai trò."),
}
STATES = {
    "holds": gettext_lazy("Đang có vai trò"),
    "later": gettext_lazy("Chưa bắt đầu"),
    "over": gettext_lazy("Đã hết hạn"),
    "ended": gettext_lazy("Đã kết thúc"),
}


@hr(Act.ADMINISTER)
@require_safe
def people(request: SeatRequest) -> HttpResponse:
    """Everybody who has or had a role here."""
    return _list(request)


def _list(
    request: SeatRequest, *, wrong: tuple[int, forms.Form] | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    lines = queries.of_employer(request.seat.employer_code, on=local_day(timezone.now()))
    rows = [
        {
            "line": line,
            "role": ROLES[Role(line.role)],
            "state": STATES[line.state],
            "is_open": line.state in ("holds", "later"),
            "is_own": line.person_id == request.seat.person_id,
            "form": _form(EndForm, line.id, wrong),
            "role_form": _form(RoleForm, line.id, wrong, role=line.role),
        }
        for line in lines
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "trouble": trouble,
        "done": DONE.get(request.GET.get("xong", ""), ""),
        "form": wrong[1] if wrong else None,
    }
    return frame.page(request, "employer/people/people.html", context, status=status)


def _form(
    kind: type[forms.Form], seat_id: int, wrong: tuple[int, forms.Form] | None, **initial: str
) -> forms.Form:
    """The form of a line: the one that was refused, or a fresh one."""
    if wrong is not None and wrong[0] == seat_id and isinstance(wrong[1], kind):
        return wrong[1]
    return kind(auto_id=f"%s-{seat_id}", initial=initial)


@hr(Act.ADMINISTER)
@asks_again
@sensitive_variables("brought")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SeatRequest) -> HttpResponse:
    """/don-vi/nguoi/moi: what adds somebody new answers with the activation code, once and here alone."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (brought := _bring(request, form)) is not None:
        if brought.activation:
            return _made(request, brought, _("Đã thêm người làm nhân sự"))
        return redirect(reverse("employer:people", query={"xong": "them"}))
    return frame.page(request, "employer/people/new.html", {"form": form}, status=422 if form.errors else 200)


def _bring(request: SeatRequest, form: PersonForm) -> Brought | None:
    """None when it was refused, and the form says why."""
    given = form.cleaned_data
    add = colleagues.add_known if given["has_account"] == KNOWN else colleagues.add
    try:
        return add(
            given["username"],
            name=given["name"],
            role=given["role"],
            employer_code=request.seat.employer_code,
            by=request.actor,
            now=timezone.now(),
        )
    except AlreadyHasAccount:
        refuse(form, Invalid(username="taken"))
    except Invalid as invalid:
        refuse(form, invalid)
    return None


@hr(Act.ADMINISTER)
@asks_again
@or_not_here
@require_POST
def end(request: SeatRequest, seat_id: int) -> HttpResponse:
    """End one role of this employer's; its holder is signed out at once. Ended twice is once."""
    form = EndForm(request.POST, auto_id=f"%s-{seat_id}")
    if not form.is_valid():
        return _list(request, wrong=(seat_id, form), status=422)
    try:
        seats.end(
            seat_id,
            request.seat.employer_code,
            why=form.cleaned_data["why"],
            by=request.actor,
            now=timezone.now(),
        )
    except LastAdministrator:
        return _last(request)
    except Invalid as invalid:
        refuse(form, invalid)
        return _list(request, wrong=(seat_id, form), status=422)
    except SeatEnded:
        pass
    return redirect(reverse("employer:people", query={"xong": "ket-thuc"}))


def _last(request: SeatRequest) -> HttpResponse:
    words = _(
        "Đây là quản trị cuối cùng nên chưa kết thúc được: sẽ không còn ai thêm người cho đơn vị. Hãy "
        "thêm một quản trị khác trước, hoặc đề nghị cơ quan BHXH kết thúc."
    )
    return _list(request, trouble=words, status=409)


@hr(Act.ADMINISTER)
@asks_again
@or_not_here
@require_POST
def change_role(request: SeatRequest, seat_id: int) -> HttpResponse:
    """A colleague goes on in another role, and signs in anew."""
    form = RoleForm(request.POST, auto_id=f"%s-{seat_id}")
    if form.is_valid():
        try:
            colleagues.change_role(
                seat_id,
                form.cleaned_data["role"],
                employer_code=request.seat.employer_code,
                by=request.actor,
                now=timezone.now(),
            )
            return redirect(reverse("employer:people", query={"xong": "doi"}))
        except OwnAccount:
            words = _("Không ai tự đổi vai trò của mình. Hãy nhờ quản trị khác.")
            return _list(request, trouble=words, status=409)
        except LastAdministrator:
            return _last(request)
        except SeatEnded:
            return _list(request, trouble=_("Vai trò này đã kết thúc trước đó."), status=409)
        except Invalid as invalid:
            refuse(form, invalid)
    return _list(request, wrong=(seat_id, form), status=422)


@hr(Act.ADMINISTER)
@asks_again
@or_not_here
@require_POST
@sensitive_variables("brought")
def renew(request: SeatRequest, person_id: int) -> HttpResponse:
    """A colleague is locked out: a new activation code, shown in this answer alone."""
    try:
        brought = colleagues.renew(
            person_id, employer_code=request.seat.employer_code, by=request.actor, now=timezone.now()
        )
    except SitsElsewhere:
        words = _(
            "Người này còn làm cho đơn vị khác nên đơn vị bạn không cấp lại được. Hãy đề nghị cơ quan BHXH."
        )
        return _list(request, trouble=words, status=409)
    except OwnAccount:
        return _list(request, trouble=_("Không ai tự cấp lại cho mình. Hãy nhờ quản trị khác."), status=409)
    return _made(request, brought, _("Đã cấp mã kích hoạt mới"))


@sensitive_variables()
def _made(request: SeatRequest, brought: Brought, title: str) -> HttpResponse:
    hours = int(settings.ACTIVATION_LIFE.total_seconds() // 3600)
    context = {"brought": brought, "title": title, "hours": hours}
    return frame.page(request, "employer/people/made.html", context)


routes: list[URLPattern] = [
    path("don-vi/nguoi", people, name="people"),
    path("don-vi/nguoi/moi", new, name="person_new"),
    path("don-vi/nguoi/<int:seat_id>/ket-thuc", end, name="seat_end"),
    path("don-vi/nguoi/<int:seat_id>/doi-vai-tro", change_role, name="seat_role"),
    path("don-vi/nguoi/<int:person_id>/cap-lai", renew, name="person_renew"),
]
