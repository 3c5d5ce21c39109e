"""/dang-ky/tiep-tuc: go on with a draft on another device, by phone, BHXH code and a code to the phone.

Every answer is the same whether there is a draft or not.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vssid.domain.registration.draft import drafts
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BadCode, BhxhCode, Phone
from vssid.kernel.text import digits
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public

from .. import handover_cookie, known_phones
from . import file_cookie, wizard, words
from .confirm import AGAIN
from .forms import CodeForm, ResumeForm

PASS = "tiep-tuc"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: VisitRequest) -> HttpResponse:
    """GET and POST /dang-ky/tiep-tuc."""
    if request.method != "POST":
        return _ask_page(request, ResumeForm(), handover_cookie.fresh())
    resume_form, now, once = (
        ResumeForm(request.POST),
        timezone.now(),
        handover_cookie.secret_of(request, PASS),
    )
    try:
        phone, code = _read(resume_form.raw)
        address = known_phones.address(request, phone)
        drafts.request_resume(phone, code, browser=once, address=address, now=now)
    except Invalid as refused:
        words.refuse(resume_form, refused)
        return _ask_page(request, resume_form, once, status=wizard.REFUSED)
    except Limited as refused:
        if refused.facts["name"] != AGAIN:
            resume_form.add_error(None, words.limited(refused, now))
            return _ask_page(request, resume_form, once, status=429)
    response = redirect("public:resume_code")
    handover_cookie.put(response, PASS, {"phone": phone.reveal(), "code": code.reveal(), "once": once})
    return response


def _ask_page(request: HttpRequest, form: ResumeForm, once: str, *, status: int = 200) -> HttpResponse:
    return render(request, "public/registration/resume.html", {"form": form, "once": once}, status=status)


def _read(raw: dict[str, str]) -> tuple[Phone, BhxhCode]:
    """Both values. Raises Invalid."""
    wrong: dict[str, str] = {}
    phone = code = None
    try:
        phone = Phone.parse_mobile(raw["phone"])
    except BadCode:
        wrong["phone"] = "bad_phone"
    try:
        code = BhxhCode.parse(raw["bhxh_code"])
    except BadCode:
        wrong["bhxh_code"] = "bad_code"
    if phone is None or code is None:
        raise Invalid(**wrong)
    return phone, code


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: VisitRequest) -> HttpResponse:
    """GET and POST /dang-ky/tiep-tuc/ma."""
    asked = handover_cookie.take(request, PASS)
    if asked is None:
        return redirect("public:resume")
    phone = Phone(asked["phone"])
    if request.method != "POST":
        return _page(request, phone)
    typed = digits(request.POST.get("code", "")[:60])
    if len(typed) != 6:
        return _page(request, phone, error=_("Hãy nhập đủ 6 chữ số trong tin nhắn."))
    now = timezone.now()
    try:
        token = drafts.resume(
            phone,
            BhxhCode(asked["code"]),
            typed,
            browser=asked.get("once", ""),
            address=client.address(request),
            now=now,
        )
    except (WrongCode, CodeExpired) as refused:
        return _page(request, phone, error=_one_answer(refused))
    except Limited as refused:
        return _page(request, phone, error=words.limited(refused, now), status=429)
    response = redirect("public:start")
    file_cookie.keep(response, token)
    known_phones.remember(request, response, phone)
    handover_cookie.drop(response, PASS)
    return response


def _one_answer(refused: WrongCode | CodeExpired) -> str:
    """One sentence for both: the tries left would tell that there is a draft."""
    return _("Mã chưa đúng hoặc đã hết hạn. Hãy xem lại tin nhắn, hoặc quay lại để nhận mã mới.")


def _page(request: HttpRequest, phone: Phone, *, error: str = "", status: int = 0) -> HttpResponse:
    form = CodeForm({}) if error else CodeForm()
    if error:
        form.add_error("code", error)
    context = {"form": form, "phone": phone.national()}
    return render(
        request,
        "public/registration/resume_code.html",
        context,
        status=status or (wizard.REFUSED if error else 200),
    )
