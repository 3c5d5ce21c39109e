"""The file of one application and what an officer decides on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from vssid.domain.identity.kinds import ImageKind
from vssid.domain.offices.rights import Right
from vssid.domain.registration import actions
from vssid.domain.registration.desk import looks
from vssid.domain.registration.queries import File
from vssid.domain.registration.reasons import REASONS
from vssid.domain.registration.states import State
from vssid.domain.registration.trials import accuracy
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest

from ..casework import colleague_pages, pages
from ..casework.pages import FileKind, Key, button
from ..casework.pictures import Picture, judged
from ..counter.served import with_counter
from ..security.asking import asks_again
from . import compare, doubles, lists, paper, second, words

FACE = "card-face"  # in addresses: the portrait on the card


def _opened(request: VisitRequest, key: Key, now: datetime) -> tuple[bool, dict[str, Any]]:
    file = looks.look_at(*key, by=request.actor, now=now)
    side = Read(lambda: lists.side(request.actor, now))
    told = Read(lambda: doubles.told(file.doubles, by=request.actor))
    unreachable = Read(lambda: words.unreachable(file.form.phone))
    at_once(side, told, unreachable)
    second_look = second.context(request, file, now)
    waits = second_look["waits"]
    # For who gave the first approval there is nothing left to do, nor to keep in hand.
    is_open = file.status.is_open and not (waits and waits.is_own)
    return is_open, {
        **side.value,
        **file_context(file, unreachable.value, now),
        **second_look,
        "doubles": told.value,
    }


def file_context(file: File, unreachable: list[str], now: datetime) -> dict[str, Any]:
    """What the template needs of a file."""
    qr, mrz = compare.readings(file.images.values())
    rows = compare.table(file.form, qr, mrz, file.register, today=local_day(now))
    findings = words.findings(file.findings)
    state_words, pill = words.STATES[file.status.state]
    return {
        "file": file,
        "status": file.status,
        "state_words": state_words,
        "pill": pill,
        "rows": rows,
        "unlike": sum(row.differs for row in rows),
        "pictures": pictures(file),
        "warnings": [finding.text for finding in findings if finding.kind == "warn"] + unreachable,
        "remarks": [finding.text for finding in findings if finding.kind != "warn"],
        "missing": words.missing(file.missing),
        "history": words.history(file.history),
        "reasons": REASONS.values(),
        "given_reasons": [words.reason(code) for code in file.reasons],
        "message": file.password_message,
        "message_steps": words.message_steps(file.password_message) if file.password_message else [],
        "can_resend": can_resend(file),
        "signed": paper.shown(file.signed, file.status.id),
    }


def pictures(file: File) -> list[Picture]:
    """The places, front first; a passport has no back. The portrait stands beside that of the card."""
    places = []
    for kind in (ImageKind.FRONT, ImageKind.BACK, ImageKind.PORTRAIT):
        image = file.images.get(kind)
        if image is None and kind is ImageKind.BACK and "back" not in file.missing:
            continue
        url = reverse("officer:photo", args=[file.status.id, kind.value])
        places.append(judged(kind.value, words.PHOTOS[kind.value], url, image))
    if ImageKind.FRONT in file.images:
        url = reverse("officer:photo", args=[file.status.id, FACE])
        places.append(Picture(FACE, words.CARD_FACE, url, is_judged=False))
    return places


def can_resend(file: File) -> bool:
    """An approved file whose person has not chosen an own password yet."""
    account = file.account
    return file.status.state is State.APPROVED and account is not None and account.must_set_password


def _photo(application_id: int, kind: str, *, by: Actor, now: datetime) -> bytes:
    if kind == FACE:
        return looks.look_at_card_face(application_id, by=by, now=now)
    if kind not in set(ImageKind):
        raise NotYours
    return looks.look_at_photo(application_id, ImageKind(kind), by=by, now=now)


def _gone(request: VisitRequest, key: Key) -> HttpResponse | None:
    """Of a file with a known answer only the result is left, once it is decided."""
    try:
        accuracy.told_to(*key, by=request.actor)
    except NotYours:
        return None
    return redirect("officer:known_answer", *key)


FILE = with_counter(
    FileKind(
        lists.QUEUE,
        "officer/registration/file.html",
        _opened,
        words.DONE,
        words.REFUSALS,
        words.trouble,
        forms=("refusal", "send_back"),
        gone=_gone,
    )
)
approve = button(FILE, second.approve, "duyet", read=second.approval)
confirm = button(FILE, actions.confirm, "duyet", read=second.approval, need=Right.CONFIRM_REGISTRATIONS)
send_back = button(
    FILE,
    actions.send_back,
    "tra-lai",
    read=pages.reasons,
    form="send_back",
    need=Right.CONFIRM_REGISTRATIONS,
)
refuse = button(FILE, actions.refuse, "tu-choi", read=pages.reasons, form="refusal")
unsee_original = button(FILE, actions.unsee_original, "bo-ban-chinh", need=Right.CHECK_PAPERS)
receive_form = button(FILE, actions.receive_form, "to-khai", need=Right.CHECK_PAPERS)
see_original = button(FILE, actions.see_original, "ban-chinh", need=Right.CHECK_PAPERS)
return_form = button(FILE, actions.return_form, "tra-to-khai", need=Right.CHECK_PAPERS)
HERE = "can-bo/ho-so/<int:application_id>"
routes = [
    path(HERE, pages.page(FILE), name="file"),
    path(f"{HERE}/nhan-to-khai", receive_form, name="receive_form"),
    path(f"{HERE}/xem-ban-chinh", see_original, name="see_original"),
    path(f"{HERE}/tra-to-khai", return_form, name="return_form"),
    path(f"{HERE}/bo-ban-chinh", unsee_original, name="unsee_original"),
    path(f"{HERE}/duyet", approve, name="approve"),
    path(f"{HERE}/duyet-lan-hai", confirm, name="confirm"),
    path(f"{HERE}/tra-lai", send_back, name="send_back"),
    path(f"{HERE}/tu-choi", refuse, name="refuse"),
    *paper.routes(FILE, HERE),
    path(f"{HERE}/gui-lai", asks_again(button(FILE, actions.resend_activation, "gui-lai")), name="resend"),
    path(f"{HERE}/anh/<slug:kind>", pages.picture(lists.QUEUE, _photo), name="photo"),
    *colleague_pages.routes(FILE, HERE),
]
