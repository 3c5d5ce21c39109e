"""/can-bo/nhan-su: staff in the administrator's reach, their posts, and a new member."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.accounts.posts import members, reach
from vssid.domain.offices.rights import ROLES, Right, Role
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.lists import address, numbered, pager
from ..casework.words import Words
from ..errors import or_not_here
from . import words
from .forms import MemberForm, refuse

PER_PAGE = 50
LONGEST = 80
TABS: dict[str, Words] = {"": _("Đang có vị trí"), "da-het": _("Vị trí đã hết")}


@may(Right.SEE_STAFF)
@require_safe
def staff(request: VisitRequest) -> HttpResponse:
    """A line a post: `?co-quan=` one office, `q` a name or user name, `xem=da-het` those that are over."""
    on, by = local_day(timezone.now()), request.actor
    tab = request.GET.get("xem", "")
    tab = tab if tab in TABS else ""
    offices = reach.offices(by, Right.SEE_STAFF)
    office = request.GET.get("co-quan", "")
    office = office if office in dict(offices) else ""
    asked = request.GET.get("q", "")[:LONGEST].strip()
    rows = members.listing(by, over=tab == "da-het", on=on, office=office, asked=asked)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])

    def at(**other: Any) -> str:
        parts = {"xem": tab, "co-quan": office, "q": asked, **other}
        return address("officer:staff", **parts)

    context = {
        "rows": [(row, words.line(members.line_of(row, on, by))) for row in page],
        "tabs": [(at(xem=slug), said) for slug, said in TABS.items()],
        "tab_here": at(),
        "offices": offices,
        "office": office,
        "asked": asked,
        "tab": tab,
        "page": pager(page, lambda number: at(trang=numbered(number))),
    }
    return frame.page(request, "officer/staff/staff.html", context)


@may(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """/can-bo/nhan-su/moi; what is made answers with the activation code, once and on this page alone."""
    offices = reach.offices(request.actor, Right.MANAGE_STAFF)
    form = MemberForm(request.POST if request.method == "POST" else None, offices=offices)
    if form.is_valid():
        now, typed = timezone.now(), form.cleaned_data
        try:
            opened = members.open_member(
                typed["username"],
                name=typed["name"],
                asked=form.asked(local_day(now)),
                bhxh_code=typed["bhxh_code"],
                email=typed["email"],
                by=request.actor,
                now=now,
            )
        except AlreadyHasAccount:
            refuse(form, Invalid(username="taken"))
        except Invalid as invalid:
            refuse(form, invalid)
        else:
            member = members.member(opened.person_id, by=request.actor, now=now)
            context = {"member": member, "activation": opened.activation, "hours": words.activation_hours()}
            return frame.page(request, "officer/staff/made.html", context)
    context = {
        "form": form,
        "title": _("Thêm nhân sự"),
        "button": _("Thêm và tạo mã kích hoạt"),
        "back": address("officer:staff"),
        "text": "",
    }
    return frame.page(request, "officer/staff/form.html", context, status=422 if form.errors else 200)


@may(Right.SEE_STAFF)
@require_safe
@or_not_here
def member(request: VisitRequest, person_id: int) -> HttpResponse:
    """/can-bo/nhan-su/<person>: posts of all times, absences, and what may be done."""
    view = members.member(person_id, by=request.actor, now=timezone.now())
    context = {
        "member": view,
        "posts": [words.line(post) for post in view.posts],
        "done": words.DONE.get(request.GET.get("xong", ""), ""),
        "own": person_id == request.actor.id,
        "roles": [ROLES[Role(post.role)] for post in view.posts],
    }
    return frame.page(request, "officer/staff/member.html", context)
