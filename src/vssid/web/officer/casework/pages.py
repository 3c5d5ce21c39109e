"""The page of a file: drawn, a button pressed, a picture shown. What is a kind's own is said once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from vssid.domain.casework.errors import InOtherHands, Unconfirmed
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices.rights import Right
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read
from vssid.kernel.errors import DomainError, Invalid, NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..errors import or_not_here
from . import colleagues, in_hand, troubles, why
from .troubles import Trouble
from .words import Words

# What the address of a file holds, in its order; the last is the number the desk has it in hand by.
Key = tuple[Any, ...]
View = Callable[..., HttpResponse]
ReadForm = Callable[[VisitRequest], dict[str, Any]]


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A form of reasons and words as it was filled in, with what is wrong with it."""

    chosen: Sequence[str] = ()
    text: str = ""
    wrong: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file at the desk.

    `opened` opens one, which is audited: whether it is open, and what `template` needs. `done`: what a button
    did, by the word in the address. `trouble` says the `refusals`, `invalid` what is not filled in. `forms`:
    the forms with reasons. `gone` answers for a file that is not there, where there is more to say.
    `back` is added to the addresses of its buttons, so that they lead back here;
    `elsewhere`: the same file on another page, by the word of its buttons (`Queue.places`).
    """

    queue: in_hand.Queue
    template: str
    opened: Callable[[VisitRequest, Key, datetime], tuple[bool, dict[str, Any]]]
    done: Mapping[str, Words]
    refusals: tuple[type[DomainError], ...]
    trouble: Callable[[Any, str], Trouble]
    invalid: Callable[[Invalid], Trouble] = lambda _invalid: troubles.INCOMPLETE
    forms: tuple[str, ...] = ("refusal",)
    gone: Callable[[VisitRequest, Key], HttpResponse | None] = lambda _request, _key: None
    back: str = ""
    elsewhere: Mapping[str, FileKind] = field(default_factory=dict)

    def shown(self, request: VisitRequest) -> FileKind:
        """As the page shows it on which the button was pressed."""
        return self.elsewhere.get(request.GET.get("tu", ""), self)


def draw(
    kind: FileKind,
    request: VisitRequest,
    key: Key,
    *,
    done: str = "",
    trouble: Trouble | None = None,
    forms: Mapping[str, Written] | None = None,
    confirm: str = "",
    again: in_hand.Again | None = None,
) -> HttpResponse:
    """The page, with the answer to the last button: done, a trouble, doubts to confirm, forms as typed."""
    now, kind = timezone.now(), kind.shown(request)
    is_open, context = kind.opened(request, key, now)
    works = Read(lambda: is_open and in_hand.works_on(request, kind.queue, key[-1]))
    others = Read(lambda: colleagues.context(request, kind.queue, key, is_open=is_open, now=now))
    at_once(works, others)
    context |= {
        **{name: Written() for name in kind.forms},
        **(forms or {}),
        "hand": in_hand.hold(request, kind.queue, key[-1], is_open=is_open, works=works.value, now=now),
        "done": kind.done.get(done) or colleagues.DONE.get(done, ""),
        "trouble": trouble,
        "confirm": confirm,
        "again": again,
        "now": now,
        "back": kind.back,
        "note": (forms or {}).get("note", Written()),
        "give": (forms or {}).get("give", Written()),
        **others.value,
    }
    status = trouble.status if trouble else 409 if confirm else 200
    return frame.page(request, kind.template, context, status=status)


def page(kind: FileKind) -> View:
    """The view of a file. Another office's is 404."""

    @may(kind.queue.kind.look)
    @require_safe
    @or_not_here
    def look(request: VisitRequest, /, **key: Any) -> HttpResponse:
        numbers, done = tuple(key.values()), request.GET.get("xong", "")
        return _or_gone(kind, request, numbers, lambda: draw(kind, request, numbers, done=done))

    return look


def _or_gone(kind: FileKind, request: VisitRequest, key: Key, do: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return do()
    except NotYours:
        answer = kind.gone(request, key)
        if answer is None:
            raise
        return answer


def button(
    kind: FileKind,
    action: Callable[..., str | None],
    done: str,
    *,
    read: ReadForm = lambda _request: {},
    form: str = "",
    to: str = "",
    need: Right | None = None,
) -> View:
    """The view of a button: `action(*key, by=…, now=…)` with what `read` finds in its form; it may answer
    with another word than `done`.

    `need` is the right it takes, deciding unless it is said. Afterwards the file is shown again, or the page
    `to`, where the file is gone from this office.
    """

    @may(need or kind.queue.kind.decide)
    @require_POST
    @or_not_here
    def press(request: VisitRequest, /, **named: Any) -> HttpResponse:
        key = tuple(named.values())
        act, said = partial(action, *key, by=request.actor, now=timezone.now()), [done]

        def pressed() -> HttpResponse:
            refusal = _refused(kind, request, key, lambda: _do(act, read(request), said), form)
            if refusal or to:
                return refusal or HttpResponseRedirect(f"{reverse(to)}?xong={said[-1]}")
            return HttpResponseRedirect(kind.queue.address(request, key, said[-1]))

        return _or_gone(kind, request, key, pressed)

    return press


def _do(act: Callable[..., str | None], read: dict[str, Any], said: list[str]) -> None:
    """An action that ends in more than one way says in which."""
    if word := act(**read):
        said.append(word)


def _refused(
    kind: FileKind, request: VisitRequest, key: Key, act: Callable[[], None], form: str
) -> HttpResponse | None:
    """Do it; what the domain refuses is said beside the buttons of the file as it is now."""
    # Who presses a button is at work on the file: it is theirs, unless a colleague has it.
    in_hand.grasp(request, kind.queue, key[-1])
    try:
        act()
    except InOtherHands as refused:
        return draw(kind, request, key, trouble=in_hand.trouble(refused), again=in_hand.again(request))
    except OwnFile as refused:
        return draw(kind, request, key, trouble=troubles.own_file(refused), again=in_hand.again(request))
    except Unconfirmed as asked:
        forms = {form: written(request, {})} if form else {}
        return draw(kind, request, key, confirm=asked.mark, forms=forms)
    except Invalid as invalid:
        forms = {form: written(request, dict(troubles.wrong(invalid)))} if form else {}
        # Doubts that were asked about stay asked: their reasons stand in the same form.
        confirm = request.POST.get(why.MARK, "")[:64]
        return draw(kind, request, key, trouble=kind.invalid(invalid), forms=forms, confirm=confirm)
    except kind.refusals as refused:
        # Somebody was first: what was written for the file as it was is not lost with its form.
        trouble = kind.trouble(refused, request.actor.name)
        return draw(kind, request, key, trouble=trouble, again=in_hand.again(request))
    return None


def written(request: VisitRequest, wrong: Mapping[str, Words]) -> Written:
    """A form with reasons as it was filled in."""
    return Written(request.POST.getlist("reasons"), request.POST.get("text", ""), wrong)


def reasons(request: VisitRequest) -> dict[str, Any]:
    """What the form of a refusal says."""
    return {"reasons": request.POST.getlist("reasons"), "text": request.POST.get("text", "")}


def text(request: VisitRequest) -> dict[str, Any]:
    """What a form with words alone says."""
    return {"text": request.POST.get("text", "")}


def picture(queue: in_hand.Queue, load: Callable[..., bytes]) -> View:
    """The view of a JPEG, kept by nobody on the way; the domain audits each look."""

    @may(queue.kind.look)
    @require_GET
    @or_not_here
    def show(request: VisitRequest, /, **key: Any) -> HttpResponse:
        jpeg = load(*key.values(), by=request.actor, now=timezone.now())
        headers = {"Cache-Control": "no-store, private", "Content-Disposition": "inline"}
        return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)

    return show
