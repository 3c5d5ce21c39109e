"""What an administrator does with a member: give and end posts, absences, deputies. A page a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts.posts import absences, giving, members, reach
from vssid.domain.accounts.posts.errors import AlreadyEnded
from vssid.domain.accounts.posts.members import MemberView
from vssid.domain.offices.rights import ROLES, Right, Role
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import DomainError, Invalid, NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from ..errors import or_not_here
from ..security.asking import asks_again
from . import words
from .forms import AbsenceForm, DeputyForm, PersonForm, PhoneForm, PostForm, WhyForm, refuse

Act = Callable[[Any], object]


@may(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def give(request: VisitRequest, person_id: int) -> HttpResponse:
    """…/vi-tri: another post."""
    member, now = _member(request, person_id), timezone.now()
    form = PostForm(_typed(request), offices=reach.offices(request.actor, Right.MANAGE_STAFF))

    def act(_cleaned: Any) -> object:
        return giving.give(person_id, form.asked(local_day(now)), by=request.actor, now=now)

    return _answer(request, member, form, act, "vi-tri", _("Giao thêm vị trí"), _("Giao vị trí"))


@may(Right.MANAGE_STAFF)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def end(request: VisitRequest, person_id: int, post_id: int) -> HttpResponse:
    """…/vi-tri/<post>/ket-thuc: the post ends at once, with a reason."""
    member, now = _member(request, person_id), timezone.now()
    role, office = _post(member, post_id)

    def act(cleaned: Any) -> None:
        giving.end(post_id, of=person_id, why=cleaned["why"], by=request.actor, now=now)

    text = _("Quyền của vị trí này hết ngay, hồ sơ đang xử lý trở lại danh sách chờ.")
    title = _("Kết thúc vị trí: %(role)s, %(office)s") % {"role": role, "office": office}
    form = WhyForm(_typed(request))
    return _answer(request, member, form, act, "het-vi-tri", title, _("Kết thúc vị trí"), text, danger=True)


@may(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def phone(request: VisitRequest, person_id: int, post_id: int) -> HttpResponse:
    """…/vi-tri/<post>/dien-thoai: where this post is reached, told to who asks for its holder."""
    member, now = _member(request, person_id), timezone.now()
    role, office = _post(member, post_id)
    known = next(post.phone for post in member.posts if post.id == post_id)

    def act(cleaned: Any) -> None:
        giving.set_phone(post_id, cleaned["phone"], of=person_id, by=request.actor, now=now)

    title = _("Số điện thoại của vị trí: %(role)s, %(office)s") % {"role": role, "office": office}
    text = _("Người lao động và đơn vị hỏi người giữ vị trí này đọc được số này.")
    form = PhoneForm(_typed(request), initial={"phone": known})
    return _answer(request, member, form, act, "dien-thoai", title, _("Ghi số điện thoại"), text)


@may(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def deputise(request: VisitRequest, person_id: int, post_id: int) -> HttpResponse:
    """…/vi-tri/<post>/lam-thay: somebody else does this post from a day to a day."""
    member, now = _member(request, person_id), timezone.now()
    role, office = _post(member, post_id)

    def act(cleaned: Any) -> object:
        begins = cleaned["from_on"] or local_day(now)
        ends = cleaned["until_on"]
        return absences.deputise(post_id, cleaned["deputy"], begins, ends, by=request.actor, now=now)

    title = _("Cử người làm thay: %(role)s, %(office)s") % {"role": role, "office": office}
    return _answer(
        request, member, DeputyForm(_typed(request)), act, "lam-thay", title, _("Cử người làm thay")
    )


@may(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def absent(request: VisitRequest, person_id: int) -> HttpResponse:
    """…/vang-mat: days on which the member is away, and who deputises."""
    member, now = _member(request, person_id), timezone.now()

    def act(cleaned: Any) -> object:
        begins: date = cleaned["from_on"] or local_day(now)
        return absences.record(
            person_id, begins, cleaned["until_on"], deputy=cleaned["deputy"], by=request.actor, now=now
        )

    text = _("Hồ sơ người này đang xử lý trở lại danh sách chờ khi bắt đầu vắng mặt.")
    return _answer(
        request, member, AbsenceForm(_typed(request)), act, "vang-mat", _("Ghi vắng mặt"), _("Ghi"), text
    )


@may(Right.MANAGE_STAFF)
@require_POST
@or_not_here
def back(request: VisitRequest, person_id: int, absence_id: int) -> HttpResponse:
    """…/vang-mat/<absence>/ket-thuc: back sooner; ending it twice is fine."""
    member = _member(request, person_id)
    if absence_id not in {absence.id for absence in member.absences}:
        return HttpResponseRedirect(_place(person_id))
    try:
        absences.end(absence_id, by=request.actor, now=timezone.now())
    except AlreadyEnded:
        return HttpResponseRedirect(_place(person_id))
    return HttpResponseRedirect(f"{_place(person_id)}?xong=het-vang-mat")


@may(Right.MANAGE_STAFF)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def end_member(request: VisitRequest, person_id: int) -> HttpResponse:
    """…/ket-thuc: all posts and sessions end."""
    member, now = _member(request, person_id), timezone.now()

    def act(cleaned: Any) -> None:
        giving.end_member(person_id, why=cleaned["why"], by=request.actor, now=now)

    text = _("Mọi vị trí kết thúc và mọi phiên đăng nhập đóng ngay. Lịch sử vẫn được giữ.")
    title, form = _("Kết thúc mọi vị trí"), WhyForm(_typed(request))
    return _answer(request, member, form, act, "het", title, _("Kết thúc mọi vị trí"), text, danger=True)


@may(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def person(request: VisitRequest, person_id: int) -> HttpResponse:
    """…/ma-so: who of the register the member is."""
    member, now = _member(request, person_id), timezone.now()

    def act(cleaned: Any) -> None:
        members.be_person(person_id, cleaned["bhxh_code"], by=request.actor, now=now)

    text = _(
        "Hệ thống dùng mã này để không cho tự xử lý hồ sơ của mình, của hộ gia đình, của người mình giám hộ."
    )
    form = PersonForm(_typed(request))
    return _answer(request, member, form, act, "ma-so", _("Mã số BHXH của cán bộ"), _("Ghi mã số"), text)


def _answer(
    request: VisitRequest,
    member: MemberView,
    form: forms.Form,
    act: Act,
    done: str,
    title: Words,
    button: Words,
    text: Words = "",
    *,
    danger: bool = False,
) -> HttpResponse:
    """The form; done, it leads back to the member; refused, it is shown again as typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as invalid:
            refuse(form, invalid)
        except words.REFUSALS as refused:
            _say(form, refused)
        else:
            return HttpResponseRedirect(f"{_place(member.person_id)}?xong={done}")
    context = {
        "form": form,
        "member": member,
        "title": title,
        "button": button,
        "text": text,
        "danger": danger,
        "back": _place(member.person_id),
    }
    return frame.page(request, "officer/staff/form.html", context, status=422 if form.errors else 200)


def _say(form: forms.Form, refused: DomainError) -> None:
    form.add_error(None, words.refusal(refused))


def _typed(request: VisitRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _member(request: VisitRequest, person_id: int) -> MemberView:
    return members.member(person_id, by=request.actor, now=timezone.now())


def _post(member: MemberView, post_id: int) -> tuple[Words, str]:
    """Role and office of one of the member's posts, in words. Raises NotYours."""
    for post in member.posts:
        if post.id == post_id:
            return ROLES[Role(post.role)], post.office_name
    raise NotYours


def _place(person_id: int) -> str:
    return reverse("officer:member", args=[person_id])


HERE = "can-bo/nhan-su/<int:person_id>"
routes = [
    path(f"{HERE}/vi-tri", give, name="give_post"),
    path(f"{HERE}/vi-tri/<int:post_id>/ket-thuc", end, name="end_post"),
    path(f"{HERE}/vi-tri/<int:post_id>/lam-thay", deputise, name="deputise"),
    path(f"{HERE}/vi-tri/<int:post_id>/dien-thoai", phone, name="post_phone"),
    path(f"{HERE}/vang-mat", absent, name="absent"),
    path(f"{HERE}/vang-mat/<int:absence_id>/ket-thuc", back, name="absence_end"),
    path(f"{HERE}/ket-thuc", end_member, name="end_member"),
    path(f"{HERE}/ma-so", person, name="member_person"),
]
