"""/can-bo/ket-thuc-ca: out; first a sentence for whoever goes on with what is still in hand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vssid.domain.accounts.sign_in import member_sessions
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.casework.work import notes
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.offices.rights import Right, rights_of
from vssid.kernel.errors import Invalid, NotYours
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from ..today import files
from ..today.files import File

SURE = "xac-nhan"
# How the form names the file, the file if it is there, what was written, what is wrong with it.
Line = tuple[str, File | None, str, Words]
WRONG: dict[str, Words] = {
    "too_long": _("Lời bàn giao dài quá 1.000 ký tự. Hãy viết ngắn lại."),
    "not_kept": _(
        "Chưa ghi được lời bàn giao này: hồ sơ đã xong, đã chuyển đi hoặc không thuộc việc của bạn. Xóa lời "
        "này để kết thúc ca."
    ),
}


@may(Right.OWN_SESSION)
@require_POST
def end_shift(request: VisitRequest) -> HttpResponse:
    """With files in hand it asks what to tell colleagues; then, or with none, the session ends and the files
    are free. A sentence that cannot be kept is said, and nothing ends yet.
    """
    now, by = timezone.now(), request.actor
    in_hand = files.in_hand(by, now) if Right.NOTE_FILES in rights_of(by.role) else []
    if in_hand and request.POST.get(SURE) != "1":
        return _ask(request, [(file.word, file, "", "") for file in in_hand])
    # By what was written, not by what is in hand: a lease that ran out meanwhile loses no sentence.
    texts = {name: request.POST.get(name, "") for name in request.POST if files.WORD.fullmatch(name)}
    told = {name: text for name, text in texts.items() if text.strip()}
    there = files.of_words(by, told)
    lines = [_kept(request, name, there.get(name), text) for name, text in told.items()]
    if any(wrong for _name, _file, _text, wrong in lines):
        # What was written down already is not asked for again.
        return _ask(request, [line for line in lines if line[3]], status=422)
    session = request.session_view
    assert session is not None
    member_sessions.end_shift(session.person_id, session.session_id, by=by, now=now)
    response = redirect("officer:sign_in")
    cookies.clear_session(response)
    return response


def _kept(request: VisitRequest, name: str, file: File | None, text: str) -> Line:
    return name, file, text, _keep(request, file, text) if file else WRONG["not_kept"]


def _keep(request: VisitRequest, file: File, text: str) -> Words:
    """Keep the sentence for the file; what is wrong with it."""
    try:
        notes.write(file.queue.kind, file.pk, text, handover=True, by=request.actor, now=timezone.now())
    except Invalid:
        return WRONG["too_long"]
    except (NotYours, NotAllowed, OwnFile):
        return WRONG["not_kept"]
    return ""


def _ask(request: VisitRequest, lines: list[Line], *, status: int = 200) -> HttpResponse:
    context = {"lines": lines, "longest": notes.LONGEST}
    return frame.page(request, "officer/work/shift.html", context, status=status)


routes = [path("can-bo/ket-thuc-ca", end_shift, name="end_shift")]
