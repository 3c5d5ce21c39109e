"""The file of one application and what an officer decides on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.errors import AlreadyHasAccount, NotActivating, SecondNeeded
from vssid.domain.casework.errors import InOtherHands, Unconfirmed
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.registration import actions, queries
from vssid.domain.registration.errors import AlreadyDecided, NotOpen, NotReady, PastDue
from vssid.domain.registration.queries import File
from vssid.domain.registration.reasons import REASONS
from vssid.domain.registration.states import State
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, officer

from .. import frame
from ..casework import hand, troubles
from ..casework.troubles import Trouble
from ..errors import or_not_here
from . import compare, words


@dataclass(frozen=True, slots=True)
class Picture:
    """One place for a photo: `there` or still (or again) empty."""

    kind: str
    label: words.Words
    url: str
    there: bool
    problems: tuple[words.Words, ...] = ()
    read: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal form as typed, with what is wrong with it."""

    chosen: tuple[str, ...] = ()
    text: str = ""
    wrong: tuple[tuple[str, words.Words], ...] = ()


@officer
@require_safe
@or_not_here
def file(request: VisitRequest, application_id: int) -> HttpResponse:
    """/can-bo/ho-so/…: form, card, register, photos, history and the decision. Another office's is 404."""
    return _draw(request, application_id, done=request.GET.get("xong", ""))


def _draw(
    request: VisitRequest,
    application_id: int,
    *,
    done: str = "",
    trouble: Trouble | None = None,
    refusal: Refusal | None = None,
    confirm: str = "",
    again: hand.Again | None = None,
) -> HttpResponse:
    now = timezone.now()
    found = queries.open_file(application_id, by=request.actor, now=now)
    context = {
        **frame.side(request.actor, now),
        **file_context(found, now),
        "hand": hand.hold(request, "ho-so", application_id, is_open=found.status.is_open, now=now),
        "done": troubles.DONE.get(done, ""),
        "trouble": trouble,
        "refusal": refusal or Refusal(),
        "confirm": confirm,
        "again": again,
        "now": now,
    }
    status = trouble.status if trouble else 409 if confirm else 200
    return frame.page(request, "officer/registration/file.html", context, status=status)


def file_context(found: File, now: datetime) -> dict[str, Any]:
    """What the template needs of a file."""
    qr, mrz = compare.readings(found.images.values())
    rows = compare.table(found.form, qr, mrz, found.register, today=local_day(now))
    findings = words.findings(found.findings)
    return {
        "file": found,
        "status": found.status,
        "state_words": words.STATES[found.status.state],
        "rows": rows,
        "unlike": sum(row.differs for row in rows),
        "has_qr": qr is not None,
        "has_mrz": mrz is not None,
        "pictures": pictures(found),
        "warnings": [one.text for one in findings if one.kind == "warn"]
        + words.unreachable(found.form.phone),
        "remarks": [one.text for one in findings if one.kind != "warn"],
        "missing": words.missing(found.missing),
        "history": words.history(found.history),
        "reasons": REASONS.values(),
        "given_reasons": [words.reason(code) for code in found.reasons],
        "message": found.password_message,
        "message_steps": words.message_steps(found.password_message) if found.password_message else [],
        "can_resend": can_resend(found),
    }


def pictures(found: File) -> list[Picture]:
    """The three places, front first; a passport has no back."""
    places = []
    for kind in (ImageKind.FRONT, ImageKind.BACK, ImageKind.PORTRAIT):
        image = found.images.get(kind)
        if image is None and kind is ImageKind.BACK and "back" not in found.missing:
            continue
        problems = tuple(words.PROBLEMS.get(code, code) for code in image.verdict.problems) if image else ()
        read = image.reading.source.value.upper() if image and image.reading else ""
        url = reverse("officer:photo", args=[found.status.id, kind.value])
        places.append(Picture(kind.value, words.PHOTOS[kind.value], url, image is not None, problems, read))
    return places


def can_resend(found: File) -> bool:
    """An approved file whose person has not chosen an own password yet."""
    account = found.account
    return found.status.state is State.APPROVED and account is not None and account.must_set_password


Act = Callable[[], None]
REFUSALS = (AlreadyDecided, NotReady, PastDue, AlreadyHasAccount, NotOpen, NotActivating, SecondNeeded)


def _decide(request: VisitRequest, application_id: int, act: Act, done: str) -> HttpResponse:
    """Do it and show the file again; what the domain refuses is said beside the buttons."""
    hand.grasp(request, "ho-so", application_id)
    try:
        act()
    except InOtherHands as refused:
        return _draw(request, application_id, trouble=hand.trouble(refused), again=hand.again(request))
    except Unconfirmed as asked:
        return _draw(request, application_id, confirm=asked.mark)
    except REFUSALS as refused:
        return _draw(request, application_id, trouble=troubles.of(refused, request.actor.name))
    return HttpResponseRedirect(f"{reverse('officer:file', args=[application_id])}?xong={done}")


@officer
@require_POST
@or_not_here
def receive_form(request: VisitRequest, application_id: int) -> HttpResponse:
    """The signed form was handed in."""
    act = partial(actions.receive_form, application_id, by=request.actor, now=timezone.now())
    return _decide(request, application_id, act, "to-khai")


@officer
@require_POST
@or_not_here
def return_form(request: VisitRequest, application_id: int) -> HttpResponse:
    """That was a mistake: the form was not handed in."""
    act = partial(actions.return_form, application_id, by=request.actor, now=timezone.now())
    return _decide(request, application_id, act, "tra-to-khai")


@officer
@require_POST
@or_not_here
def unsee_original(request: VisitRequest, application_id: int) -> HttpResponse:
    """That was a mistake: the original was not seen."""
    act = partial(actions.unsee_original, application_id, by=request.actor, now=timezone.now())
    return _decide(request, application_id, act, "bo-ban-chinh")


@officer
@require_POST
@or_not_here
def see_original(request: VisitRequest, application_id: int) -> HttpResponse:
    """The original ID was seen."""
    act = partial(actions.see_original, application_id, by=request.actor, now=timezone.now())
    return _decide(request, application_id, act, "ban-chinh")


@officer
@require_POST
@or_not_here
def approve(request: VisitRequest, application_id: int) -> HttpResponse:
    """Approve; the account and the message come with it. What speaks against it is asked about once."""
    seen = request.POST.get("da-xem", "")[:64]
    act = partial(actions.approve, application_id, by=request.actor, now=timezone.now(), seen=seen)
    return _decide(request, application_id, act, "duyet")


@officer
@require_POST
@or_not_here
def resend(request: VisitRequest, application_id: int) -> HttpResponse:
    """A new activation password; the one before is dead."""
    act = partial(actions.resend_activation, application_id, by=request.actor, now=timezone.now())
    return _decide(request, application_id, act, "gui-lai")


@officer
@require_POST
@or_not_here
def refuse(request: VisitRequest, application_id: int) -> HttpResponse:
    """Refuse with reasons and words; a form that is not complete comes back as it was typed."""
    chosen, text = request.POST.getlist("reasons"), request.POST.get("text", "")
    act = partial(
        actions.refuse, application_id, reasons=chosen, text=text, by=request.actor, now=timezone.now()
    )
    try:
        return _decide(request, application_id, act, "tu-choi")
    except Invalid as invalid:
        refusal = Refusal(tuple(chosen), text, tuple(troubles.wrong(invalid)))
        return _draw(request, application_id, trouble=troubles.INCOMPLETE, refusal=refusal)
