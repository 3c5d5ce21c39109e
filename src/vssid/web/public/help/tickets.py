"""/tro-giup/tin-nhan: one's messages to offices; a new one; the code that proves a stranger's phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vssid.domain.support import queries, writing
from vssid.domain.support.errors import BadPhoto
from vssid.domain.support.notes import Written, written
from vssid.domain.verification.errors import ChallengeNeeded, CodeExpired, Limited, WrongCode
from vssid.infra.pictures.images import MAX_BYTES
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode, Phone
from vssid.kernel.text import digits
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.words import ticket_words

from .. import handover_cookie, known_phones
from ..frame import draw
from ..registration import words
from ..registration.confirm import AGAIN
from ..registration.forms import CodeForm
from .questions import own_office
from .ticket_forms import NewTicketForm, OpenTicketForm, StrangersTicketForm, TicketForm

# The pages that are sent what the browser is doing.
SCOPE = "public:help"
# What the browser is doing with a code; which message its phone has opened.
ASKED, OPENED = "ticket-code", "ticket"
REFUSED = 422


def person_of(request: VisitRequest) -> int | None:
    """The signed-in person, or None."""
    session = request.session_view
    if session is None or session.kind != "citizen" or session.must_set_password:
        return None
    return session.person_id


def opened(request: HttpRequest) -> int | None:
    """The stranger's message this browser may read for a quarter of an hour."""
    handed_over = handover_cookie.take(request, OPENED)
    return int(handed_over["id"]) if handed_over else None


@public
@require_http_methods(["GET", "HEAD", "POST"])
def tickets(request: VisitRequest) -> HttpResponse:
    """GET lists one's own messages; for a stranger GET and POST ask for number and phone."""
    person_id, now = person_of(request), timezone.now()
    if person_id is not None:
        rows = [(row, ticket_words.STATES[row.state], ticket_words.TOPICS[row.topic]) for row in
                queries.own(person_id, now)]  # fmt: skip
        return draw(request, "public/help/tickets.html", rows=rows)
    if request.method != "POST":
        form, once = OpenTicketForm(), handover_cookie.fresh()
        return draw(request, "public/help/ticket_open.html", form=form, opened=opened(request), once=once)
    form, once = OpenTicketForm(request.POST), handover_cookie.secret_of(request, ASKED)
    phone = _phone(form) if form.is_valid() else None
    if phone is None:
        return draw(request, "public/help/ticket_open.html", status=REFUSED, form=form, once=once)
    number = form.cleaned_data["number"].strip().upper()
    address = known_phones.address(request, phone)
    try:
        writing.send_opening_code(number, phone, browser=once, address=address, now=now)
    except Limited as refused:
        if refused.facts["name"] != AGAIN:
            form.add_error(None, words.limited(refused, now))
            return draw(request, "public/help/ticket_open.html", status=429, form=form, once=once)
    return _to_code({"number": number, "phone": phone.reveal(), "once": once})


def _phone(form: OpenTicketForm) -> Phone | None:
    try:
        return Phone.parse_mobile(form.cleaned_data["phone"])
    except BadCode:
        form.add_error("phone", str(ticket_words.PROBLEMS["phone", "bad_phone"]))
        return None


def _to_code(asked: dict[str, Any]) -> HttpResponse:
    response = redirect("public:ticket_code")
    handover_cookie.put(response, ASKED, asked, scope=SCOPE)
    return response


@public
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """/tro-giup/tin-nhan/moi. A signed-in person's is sent at once, a stranger's after a code."""
    person_id = person_of(request)
    kind = NewTicketForm if person_id is not None else StrangersTicketForm
    if request.method != "POST":
        office = own_office(request)
        return _form(request, kind(initial={"office_code": office.code if office else ""}))
    form, now = kind(request.POST, request.FILES), timezone.now()
    try:
        what = read(request, form)
        about = {"topic": form.value("topic"), "office_code": form.value("office_code")}
        if person_id is not None:
            ticket_id = writing.send(person_id, what, **about, now=now)
            return redirect("public:ticket", ticket_id)
        sender = {name: form.value(name) for name in ("full_name", "phone")}
        sender["language"] = get_language() or "vi"
        address = client.address(request)
        ticket_id = writing.draft(what, **about, sender=sender, address=address, now=now)
    except Invalid as refused:
        form.refuse(refused)
    except BadPhoto as refused:
        form.refuse(Invalid())
        form.add_error("photo", str(words.BAD_IMAGES[refused.problem]))
    except Limited as refused:
        form.add_error(None, words.limited(refused, now))
        return _form(request, form, status=429)
    except ChallengeNeeded:
        if not request.FILES:
            raise  # the form goes on by itself after a step of work
        form.add_error(None, _("Máy chưa kịp làm bước kiểm tra. Hãy chọn lại ảnh rồi gửi lần nữa."))
        return _form(request, form, status=429)
    else:
        return _to_code({"draft": ticket_id})
    return _form(request, form, status=REFUSED)


def read(request: HttpRequest, form: TicketForm) -> Written:
    """The typed words and the photo. Raises Invalid or BadPhoto."""
    file = request.FILES.get("photo")
    data = file.read(MAX_BYTES + 1) if file else None
    return written(form.value("text"), form.value("once"), data)


def _form(request: VisitRequest, form: TicketForm, *, status: int = 200) -> HttpResponse:
    return draw(
        request, "public/help/ticket_new.html", status=status, form=form, stranger="phone" in form.fields
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: VisitRequest) -> HttpResponse:
    """GET shows the field; POST takes the code, or sends another (`go=again`)."""
    asked = handover_cookie.take(request, ASKED)
    if asked is None:
        return redirect("public:tickets")
    if request.method != "POST":
        return _code_page(request, asked)
    now, address, phone = timezone.now(), client.address(request), _asked_for(asked)
    try:
        if request.POST.get("go") == "again":
            _again(request, asked)
            return redirect("public:ticket_code")
        typed = digits(request.POST.get("code", "")[:60])
        if len(typed) != 6:
            return _code_page(request, asked, error=_("Hãy nhập đủ 6 chữ số trong tin nhắn."))
        ticket_id = _enter(asked, typed, address=address)
    except (WrongCode, CodeExpired) as refused:
        return _code_page(request, asked, error=_said(asked, refused))
    except Limited as refused:
        return _code_page(request, asked, error=words.limited(refused, now), status=429)
    except NotYours:
        return redirect("public:tickets")
    response = redirect("public:ticket", ticket_id)
    handover_cookie.put(response, OPENED, {"id": ticket_id}, scope=SCOPE)
    handover_cookie.drop(response, ASKED, scope=SCOPE)
    if phone is not None:
        known_phones.remember(request, response, phone)
    return response


def _asked_for(asked: dict[str, Any]) -> Phone | None:
    """The phone that the code went to; None once a draft was sent."""
    return queries.draft_phone(asked["draft"]) if "draft" in asked else Phone(asked["phone"])


def _enter(asked: dict[str, Any], typed: str, *, address: str) -> int:
    now = timezone.now()
    if "draft" in asked:
        writing.prove(asked["draft"], typed, address=address, now=now)
        return int(asked["draft"])
    number, phone, browser = asked["number"], Phone(asked["phone"]), asked.get("once", "")
    return writing.open_again(number, phone, typed, browser=browser, address=address, now=now)


def _again(request: HttpRequest, asked: dict[str, Any]) -> None:
    now = timezone.now()
    if "draft" in asked:
        writing.send_code(asked["draft"], address=client.address(request), now=now)
        return
    number, phone, browser = asked["number"], Phone(asked["phone"]), asked.get("once", "")
    address = known_phones.address(request, phone)
    writing.send_opening_code(number, phone, browser=browser, address=address, now=now)


def _said(asked: dict[str, Any], refused: WrongCode | CodeExpired) -> str:
    if "draft" in asked:
        return words.of_code(refused, timezone.now())
    # One sentence for both: the tries left would tell that there is such a message.
    return _("Mã chưa đúng hoặc đã hết hạn. Hãy xem lại tin nhắn, hoặc nhận mã mới.")


def _code_page(
    request: VisitRequest, asked: dict[str, Any], *, error: str = "", status: int = REFUSED
) -> HttpResponse:
    phone = _asked_for(asked)
    if phone is None:
        return redirect("public:tickets")
    form = CodeForm({}) if error else CodeForm()
    if error:
        form.add_error("code", error)
    context = {"form": form, "phone": phone.national(), "draft": "draft" in asked}
    return draw(request, "public/help/ticket_code.html", status=status if error else 200, **context)
