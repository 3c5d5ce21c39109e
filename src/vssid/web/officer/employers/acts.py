"""What an office does with an employer: invite, file its paper, end its people's roles, note its standing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vssid.domain.employers import listing
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.entries import codes, letter
from vssid.domain.employers.papers import filing
from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.software import clients as software
from vssid.domain.employers.standing import actions as standing
from vssid.domain.offices.rights import Right
from vssid.domain.registration.errors import BadScan
from vssid.kernel.errors import Invalid
from vssid.web.ui import pdfs
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from ..errors import or_not_here
from ..registration.paper import read_upload, scan_words
from ..security.asking import asks_again
from . import pages, words
from .forms import StandingForm, WhyForm, refuse

PRIVATE = {"Cache-Control": "no-store, private"}
_ID_DIGITS = 18


@may(Right.MANAGE_EMPLOYERS)
@asks_again
@require_POST
@or_not_here
def invite(request: VisitRequest, code: str) -> HttpResponse:
    """…/moi: a new invitation; the code is on the page that answers, and nowhere else. `giay` the power of
    attorney of one at the counter, `thay` the open one it takes the place of.
    """
    now = timezone.now()
    try:
        invited = entries.invite(
            code,
            paper=_number(request, "giay"),
            instead_of=_number(request, "thay"),
            by=request.actor,
            now=now,
        )
    except words.REFUSALS as refused:
        return pages.shown(request, code, trouble=words.refusal(refused), status=409)
    context = {
        "employer": listing.employer(code, by=request.actor, now=now),
        "code": codes.shown(invited.code),
        "expires_at": invited.expires_at,
        "at_counter": "giay" in request.POST,
        "enter_at": letter.site().enter_at,
    }
    return frame.page(request, "officer/employers/invited.html", context)


@may(Right.MANAGE_EMPLOYERS)
@require_POST
@sensitive_post_parameters("ma")
@or_not_here
def letter_pdf(request: VisitRequest, code: str) -> HttpResponse:
    """…/thu: the letter of the code that was just made (`ma`); it is in no address."""
    typed = request.POST.get("ma", "")[:60]
    pdf = letter.as_pdf(code, typed, by=request.actor, now=timezone.now())
    return pdfs.to_keep(f"thu-moi-{code}", pdf)


@may(Right.MANAGE_EMPLOYERS)
@require_POST
@or_not_here
def cancel(request: VisitRequest, code: str, entry_id: int) -> HttpResponse:
    """…/thu-moi/<entry>/huy: the code opens nothing more."""
    try:
        entries.cancel(entry_id, code, by=request.actor, now=timezone.now())
    except words.REFUSALS as refused:
        return pages.shown(request, code, trouble=words.refusal(refused), status=409)
    return _done(code, "huy")


@may(Right.MANAGE_EMPLOYERS)
@require_POST
@or_not_here
def file_paper(request: VisitRequest, code: str) -> HttpResponse:
    """…/giay-uy-quyen: the pages (`trang`) of a power of attorney."""
    try:
        files = [
            read_upload(file, place) for place, file in enumerate(request.FILES.getlist("trang"), start=1)
        ]
        filing.file(code, files, by=request.actor, now=timezone.now())
    except BadScan as refused:
        return pages.shown(request, code, trouble=scan_words(refused), status=422)
    return _done(code, "giay")


@may(Right.MANAGE_EMPLOYERS)
@require_GET
@or_not_here
def paper_page(request: VisitRequest, code: str, paper_id: int, number: int) -> HttpResponse:
    """…/giay-uy-quyen/<paper>/<page>: a picture, kept by nobody on the way; each look is an event."""
    jpeg = filing.look_at(code, paper_id, number, by=request.actor, now=timezone.now())
    headers = {**PRIVATE, "Content-Disposition": "inline"}
    return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)


@may(Right.MANAGE_EMPLOYERS)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def end_seat(request: VisitRequest, code: str, seat_id: int) -> HttpResponse:
    """…/nguoi/<seat>/ket-thuc: the role ends at once, with a reason."""

    def act(form: WhyForm) -> None:
        why = form.cleaned_data["why"]
        seats.end(seat_id, code, why=why, by=request.actor, now=timezone.now())

    text = gettext_lazy("Vai trò hết ngay và mọi phiên đăng nhập của người này đóng. Lịch sử vẫn được giữ.")
    title = gettext_lazy("Kết thúc vai trò ở đơn vị")
    return _answer(request, code, WhyForm(_typed(request)), act, "nguoi", title, text, danger=True)


@may(Right.MANAGE_EMPLOYERS)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def end_all(request: VisitRequest, code: str) -> HttpResponse:
    """…/ket-thuc: every role at the employer ends at once."""

    def act(form: WhyForm) -> object:
        return seats.end_all(code, why=form.cleaned_data["why"], by=request.actor, now=timezone.now())

    text = gettext_lazy(
        "Mọi vai trò ở đơn vị hết ngay và mọi phiên đăng nhập đóng. Muốn vào lại phải có thư mời mới."
    )
    title = gettext_lazy("Kết thúc mọi vai trò ở đơn vị")
    return _answer(request, code, WhyForm(_typed(request)), act, "het", title, text, danger=True)


@may(Right.MANAGE_EMPLOYERS)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def end_software(request: VisitRequest, code: str, client_id: UUID) -> HttpResponse:
    """…/phan-mem/<client>/ket-thuc: a program of the employer's gets in no more, at once."""

    def act(form: WhyForm) -> None:
        why = form.cleaned_data["why"]
        software.end(code, client_id, why=why, by=request.actor, now=timezone.now())

    text = gettext_lazy("Phần mềm không vào được nữa, ngay lập tức. Đơn vị tự thêm lại được khi cần.")
    title = gettext_lazy("Kết thúc phần mềm của đơn vị")
    return _answer(request, code, WhyForm(_typed(request)), act, "phan-mem", title, text, danger=True)


@may(Right.MANAGE_EMPLOYERS)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def note(request: VisitRequest, code: str) -> HttpResponse:
    """…/tinh-trang: the employer ceases, is merged or moves, from a day on."""

    def act(form: StandingForm) -> object:
        return standing.note(code, form.noted(), by=request.actor, now=timezone.now())

    text = gettext_lazy(
        "Từ ngày ghi, người làm nhân sự của đơn vị đã ngừng hoặc sáp nhập chỉ xem được. "
        "Đơn vị chuyển cơ quan do cơ quan mới quản lý từ ngày đó."
    )
    title = gettext_lazy("Ghi tình trạng của đơn vị")
    return _answer(request, code, StandingForm(_typed(request)), act, "tinh-trang", title, text)


@may(Right.MANAGE_EMPLOYERS)
@asks_again
@require_POST
@or_not_here
def take_back(request: VisitRequest, code: str, standing_id: int) -> HttpResponse:
    """…/tinh-trang/<note>/bo: it was noted by mistake."""
    standing.take_back(standing_id, code, by=request.actor, now=timezone.now())
    return _done(code, "bo")


def _answer(
    request: VisitRequest,
    code: str,
    form: Any,
    act: Callable[[Any], object],
    done: str,
    title: Words,
    text: Words,
    *,
    danger: bool = False,
) -> HttpResponse:
    """The form; done, it leads back to the employer; refused, it is shown again as typed."""
    view = listing.employer(code, by=request.actor, now=timezone.now())
    if form.is_valid():
        try:
            act(form)
        except Invalid as invalid:
            refuse(form, invalid)
        except words.REFUSALS as refused:
            _say(form, words.refusal(refused))
        else:
            return _done(code, done)
    context = {"form": form, "employer": view, "title": title, "text": text, "danger": danger}
    return frame.page(request, "officer/employers/form.html", context, status=422 if form.errors else 200)


def _say(form: forms.Form, said: str) -> None:
    form.add_error(None, said)


def _done(code: str, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('officer:employer', args=[code])}?xong={done}")


def _typed(request: VisitRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _number(request: VisitRequest, name: str) -> int | None:
    """A number of the form; 0, which nothing has, for what is none."""
    if name not in request.POST:
        return None
    text = request.POST[name]
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _ID_DIGITS else 0


HERE = "can-bo/don-vi/<slug:code>"
routes = [
    path("can-bo/don-vi", pages.employers, name="employers"),
    path(HERE, pages.employer, name="employer"),
    path("can-bo/don-vi/<slug:code>/moi", invite, name="employer_invite"),
    path(f"{HERE}/thu", letter_pdf, name="employer_letter"),
    path(f"{HERE}/thu-moi/<int:entry_id>/huy", cancel, name="employer_cancel"),
    path(f"{HERE}/giay-uy-quyen", file_paper, name="employer_paper"),
    path(f"{HERE}/giay-uy-quyen/<int:paper_id>/<int:number>", paper_page, name="employer_paper_page"),
    path(f"{HERE}/nguoi/<int:seat_id>/ket-thuc", end_seat, name="employer_end_seat"),
    path(f"{HERE}/ket-thuc", end_all, name="employer_end_all"),
    path(f"{HERE}/phan-mem/<uuid:client_id>/ket-thuc", end_software, name="employer_end_software"),
    path(f"{HERE}/tinh-trang", note, name="employer_note"),
    path(f"{HERE}/tinh-trang/<int:standing_id>/bo", take_back, name="employer_take_back"),
]
