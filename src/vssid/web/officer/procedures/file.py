"""/can-bo/dich-vu/<person>/<id>: one request beside the register, and what an officer decides on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from vssid.domain.casework.errors import InOtherHands
from vssid.domain.directory import queries as directory
from vssid.domain.procedures import actions, queries, walk
from vssid.domain.procedures.errors import AlreadyMoved, CannotWrite
from vssid.domain.procedures.queries import File, Whole
from vssid.domain.procedures.reasons import MORE, REFUSE
from vssid.domain.procedures.shapes import Words
from vssid.domain.procedures.states import State
from vssid.domain.procedures.typed import Standing, held_values
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.web.ui import procedures as listing
from vssid.web.ui.access import VisitRequest, officer

from .. import frame as console
from ..casework import hand, troubles
from ..casework.troubles import Trouble
from ..errors import or_not_here
from ..registration.file import Picture
from . import frame, words


@dataclass(frozen=True, slots=True)
class Written:
    """A form of reasons and words as it was filled in, with what is wrong with it."""

    chosen: Sequence[str] = ()
    text: str = ""
    wrong: Mapping[str, Words] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An answer beside what the register holds; `changes` when both are known and differ."""

    label: Words
    asked: str
    held: str
    changes: bool


@officer
@require_safe
@or_not_here
def file(request: VisitRequest, person_id: int, request_id: int) -> HttpResponse:
    """The request, its pictures, the register and the history. Another office's is 404."""
    return _draw(request, person_id, request_id, done=request.GET.get("xong", ""))


def _draw(
    request: VisitRequest,
    person_id: int,
    request_id: int,
    *,
    done: str = "",
    trouble: Trouble | None = None,
    written: Mapping[str, Written] | None = None,
    again: hand.Again | None = None,
) -> HttpResponse:
    now, forms = timezone.now(), written or {}
    found = queries.open_file(person_id, request_id, by=request.actor, now=now)
    context = {
        **frame.side(request.actor, now),
        "hand": hand.hold(request, "dich-vu", request_id, is_open=found.whole.status.is_open, now=now),
        **_of_file(found),
        "done": words.DONE.get(done, ""),
        "trouble": trouble,
        "again": again,
        "more": forms.get("more", Written()),
        "refusal": forms.get("refusal", Written()),
        "approval": forms.get("approval", Written()),
    }
    status = trouble.status if trouble else 200
    return console.page(request, "officer/procedures/file.html", context, status=status)


def _of_file(found: File) -> dict[str, Any]:
    whole = found.whole
    status = whole.status
    state_words, pill = words.STATES[status.state]
    return {
        "file": found,
        "whole": whole,
        "status": status,
        "procedure": status.procedure,
        "state_words": state_words,
        "state_pill": pill,
        "rows": _rows(found),
        "pictures": _pictures(whole),
        "history": [
            (one, one.by_name, words.MOVES[one.move], _said(one.reasons)) for one in reversed(whole.moves)
        ],
        "more_reasons": MORE.values(),
        "refuse_reasons": REFUSE.values(),
        "can_accept": status.state is State.SUBMITTED,
        "can_ask": status.state is State.IN_REVIEW,
        "can_approve": status.state is State.IN_REVIEW,
        "can_refuse": status.state in (State.IN_REVIEW, State.MORE_NEEDED),
    }


def _said(codes: Sequence[str]) -> list[Words]:
    known = MORE | REFUSE
    return [known[code].label for code in codes if code in known]


def _rows(found: File) -> list[Row]:
    """Each answer, with what the register holds where it holds the same thing."""
    held: dict[str, str] = {}
    if found.register is not None:
        today = local_day(timezone.now())
        held = held_values(Standing(found.register, found.coverage, today)) | {
            "province_code": found.register.province_code,
            "commune_code": found.register.commune_code,
            "street": found.register.street,
        }
    rows = []
    for field, value in walk.given(found.whole.status.procedure, found.whole.answers):
        known = held.get(field.name, "")
        asked = listing.shown(field, value)
        shown = _held(field, known)
        rows.append(Row(field.label, asked, shown, bool(known) and known != value))
    return rows


def _held(field: Any, value: str) -> str:
    if not value:
        return ""
    if field.form == "facility":
        return directory.facility_name(value) or value
    try:
        return listing.shown(field, value)
    except (KeyError, LookupError):
        return value


def _pictures(whole: Whole) -> list[Picture]:
    base = f"/can-bo/dich-vu/{whole.status.person_id}/{whole.status.id}/anh"
    return [
        Picture(name, listing.file_label(whole.status.procedure, name), f"{base}/{name}", True)
        for name in whole.files
    ]


Key = tuple[int, int]


def _decide(
    request: VisitRequest, key: Key, act: Callable[[], None], done: str, **written: Written
) -> HttpResponse:
    """Do it and show the request again; what the domain refuses is said beside the buttons."""
    hand.grasp(request, "dich-vu", key[1])
    try:
        act()
    except InOtherHands as refused:
        return _draw(request, *key, trouble=hand.trouble(refused), again=hand.again(request))
    except (AlreadyMoved, CannotWrite) as refused:
        return _draw(request, *key, trouble=words.trouble(refused, request.actor.name))
    except Invalid as invalid:
        ((name, form),) = written.items()
        wrong = Written(form.chosen, form.text, dict(troubles.wrong(invalid)))
        trouble = Trouble(422, troubles.NOT_YET, troubles.INCOMPLETE.text)
        return _draw(request, *key, trouble=trouble, written={name: wrong})
    return HttpResponseRedirect(f"/can-bo/dich-vu/{key[0]}/{key[1]}?xong={done}")


@officer
@require_POST
@or_not_here
def accept(request: VisitRequest, person_id: int, request_id: int) -> HttpResponse:
    """Take the request into review."""
    act = partial(actions.accept, person_id, request_id, by=request.actor, now=timezone.now())
    return _decide(request, (person_id, request_id), act, "tiep-nhan")


@officer
@require_POST
@or_not_here
def ask_more(request: VisitRequest, person_id: int, request_id: int) -> HttpResponse:
    """Ask the person for more, with reasons and words."""
    return _with_reasons(request, (person_id, request_id), actions.ask_more, "bo-sung", "more")


@officer
@require_POST
@or_not_here
def refuse(request: VisitRequest, person_id: int, request_id: int) -> HttpResponse:
    """Refuse with reasons and words; a form that is not complete comes back as it was filled in."""
    return _with_reasons(request, (person_id, request_id), actions.refuse, "tu-choi", "refusal")


def _with_reasons(
    request: VisitRequest, key: Key, action: Callable[..., None], done: str, form: str
) -> HttpResponse:
    chosen, text = request.POST.getlist("reasons"), request.POST.get("text", "")
    act = partial(action, *key, reasons=chosen, text=text, by=request.actor, now=timezone.now())
    return _decide(request, key, act, done, **{form: Written(chosen, text)})


@officer
@require_POST
@or_not_here
def approve(request: VisitRequest, person_id: int, request_id: int) -> HttpResponse:
    """Approve; the register and the notice come with it."""
    text = request.POST.get("text", "")
    act = partial(actions.approve, person_id, request_id, text=text, by=request.actor, now=timezone.now())
    return _decide(request, (person_id, request_id), act, "dong-y", approval=Written((), text))


@officer
@require_GET
@or_not_here
def picture(request: VisitRequest, person_id: int, request_id: int, name: str) -> HttpResponse:
    """The JPEG, kept by nobody on the way; each look is audited."""
    content = queries.file_for_officer(person_id, request_id, name, by=request.actor, now=timezone.now())
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    response["Content-Disposition"] = "inline"
    return response
