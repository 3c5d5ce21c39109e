"""Files in hand: the next one nobody has, keeping one's own, taking over a colleague's.

Two officers who ask for the next file get two files. A file that a colleague has in hand may be read and
taken over, not decided beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vssid.domain.casework import claims
from vssid.domain.casework.claims import Holder
from vssid.domain.casework.errors import InOtherHands
from vssid.domain.casework.kinds import Kind
from vssid.domain.casework.work import assignments
from vssid.domain.offices.rights import Right, rights_of
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, may

from ..errors import or_not_here
from .troubles import Trouble
from .words import Words

LONGEST = 6000  # characters of a text kept for another try
MOST = 500  # of a longer queue the rest comes when these are done


@dataclass(frozen=True, slots=True)
class Queue:
    """One of the console's queues: its word in addresses, the kind of its files, its page, that of a file
    with the columns its address holds, and the open files of an office in order. `what` is said of its files
    where several kinds are listed, `number` reads the number of one. `past`: the open
    files that an officer has done with, which wait for another.
    """

    word: str
    kind: Kind[Any]
    page: str
    file: str
    waiting: Callable[[str], Any]
    what: Words
    number: Callable[[Any], str] = lambda row: str(row.number)
    keys: tuple[str, ...] = ("id",)
    past: Callable[[Actor], Collection[int]] = lambda _by: ()
    # Other pages that show a file of it, by the word that the addresses of their buttons have (`tu`).
    places: Mapping[str, Callable[..., str]] = field(default_factory=dict)

    def address(self, request: VisitRequest, key: Sequence[Any], done: str = "") -> str:
        """Of the page on which a button of a file was pressed, with the word of what was done."""
        place = self.places.get(request.GET.get("tu", ""))
        address = place(*key) if place else reverse(self.file, args=key)
        return f"{address}{'&' if '?' in address else '?'}xong={done}" if done else address

    def open_files(self, office_code: str) -> dict[int, tuple[int, ...]]:
        """The open files in the queue's order, id → arguments of the file's address."""
        rows = self.waiting(office_code).values_list("id", *self.keys)[:MOST]
        return {row[0]: tuple(row[1:]) for row in rows}

    def arguments(self, office_code: str, file_id: int) -> tuple[int, ...]:
        """The arguments of one open file's address. Raises NotYours when it is not open at this office."""
        row = self.waiting(office_code).filter(id=file_id).values_list(*self.keys).first()
        if row is None:
            raise NotYours
        return tuple(row)

    def named(self, office_code: str, file_ids: Collection[int]) -> list[tuple[int, str, tuple[int, ...]]]:
        """Of these files the open ones of the office, in the queue's order: id, number, address arguments."""
        if not file_ids:
            return []
        rows = self.waiting(office_code).filter(id__in=list(file_ids))
        return [
            (row.id, self.number(row), tuple(getattr(row, key) for key in self.keys)) for row in rows[:MOST]
        ]


@dataclass(frozen=True, slots=True)
class InHand:
    """What a file's page says of its claim. `holder` is a colleague, else it is this officer's or closed.

    `works`: it is open, and the post works on it; else it is only read.
    """

    queue: str
    file_id: int
    is_open: bool
    works: bool
    holder: Holder | None


def hold(
    request: VisitRequest, queue: Queue, file_id: int, *, is_open: bool, works: bool, now: datetime
) -> InHand:
    """Take a file that nobody has, because its page is opened by who `works` on it: an open one."""
    holder = claims.take(queue.kind.name, file_id, by=request.actor, now=now) if works else None
    return InHand(queue.word, file_id, is_open, works, holder)


def works_on(request: VisitRequest, queue: Queue, file_id: int) -> bool:
    """Does the post work on this open file: one of the own office, with the right to take files?"""
    office = request.actor.office
    # Not only what waits for the office: an answered message is open, and may be answered again.
    table: Any = queue.kind.table
    there = _lying_at(table, queue.kind.manager)
    return Right.TAKE_FILES in rights_of(request.actor.role) and bool(there.rows(file=file_id, office=office))


@cache
def _lying_at(table: Any, manager: str) -> Query[int]:
    rows = getattr(table, manager).filter(id=given("file"), office_id=given("office"))
    return Query(lambda: rows.values_list("id", flat=True))


def grasp(request: VisitRequest, queue: Queue, file_id: int) -> None:
    """Take an open file of this office that nobody has, because a button of its page was pressed.

    `nhan-ve` in the form says that the officer takes it from a colleague.
    """
    if works_on(request, queue, file_id):
        take = claims.take_over if request.POST.get("nhan-ve") else claims.take
        take(queue.kind.name, file_id, by=request.actor, now=timezone.now())


@dataclass(frozen=True, slots=True, repr=False)
class Again:
    """What was written for a file that a colleague has in hand, to be sent when it is taken over."""

    action: str
    text: str
    fields: tuple[tuple[str, str], ...]


def again(request: VisitRequest) -> Again | None:
    """The form that was refused, kept as it was typed; None when nothing was written."""
    text = request.POST.get("text", "")
    if not text.strip():
        return None
    others = [name for name in request.POST if name not in ("csrfmiddlewaretoken", "text", "nhan-ve")]
    fields = tuple((name, value) for name in others for value in request.POST.getlist(name))
    return Again(request.get_full_path(), text[:LONGEST], fields)


def kept(request: VisitRequest, name: str) -> Again | None:
    """What was written in the field of this name of a form that cannot be sent again; None for nothing."""
    text = request.POST.get(name, "")
    return Again("", text[:LONGEST], ()) if text.strip() else None


def holders(queue: Queue, file_ids: Collection[int], *, by: Actor, now: datetime) -> dict[int, str]:
    """Of these files those in colleagues' hands, id → name, for lists."""
    others = claims.others(queue.kind.name, file_ids, by=by, now=now)
    return {file_id: holder.name for file_id, holder in others.items()}


def assigned(queue: Queue, file_ids: Collection[int]) -> dict[int, str]:
    """Of these files those that were given to an officer, id → name, for lists."""
    return {file_id: name for file_id, (_id, name) in assignments.names(queue.kind.name, file_ids).items()}


def trouble(refused: InOtherHands) -> Trouble:
    """What to tell an officer who acts on a colleague's file."""
    at = refused.since.astimezone(VIETNAM).strftime("%H:%M")
    title = _("%(who)s đang xử lý hồ sơ này từ %(at)s") % {"who": refused.by, "at": at}
    return Trouble(
        409, title, _("Thao tác vừa rồi không được ghi. Cần xử lý tiếp thì nhận hồ sơ về xử lý trước.")
    )


def following(open_ids: Sequence[int], file_id: int) -> list[int]:
    """The open files in the order to go on with: those behind this one, then from the first; not this one."""
    at = open_ids.index(file_id) + 1 if file_id in open_ids else 0
    return [open_id for open_id in [*open_ids[at:], *open_ids[:at]] if open_id != file_id]


def own_first(open_ids: Sequence[int], given: Mapping[int, tuple[int, str]], by: Actor) -> list[int]:
    """The order with what is the officer's own first, and what was given to a colleague last."""
    ranks = {file_id: 0 if officer_id == by.id else 2 for file_id, (officer_id, _name) in given.items()}
    return sorted(open_ids, key=lambda file_id: ranks.get(file_id, 1))


def routes(*queues: Queue) -> list[URLPattern]:
    """The addresses by which files of these queues are taken; any other queue is 404."""
    known = {queue.word: queue for queue in queues}

    @may(Right.TAKE_FILES)
    @require_POST
    def next_file(request: VisitRequest, queue: str) -> HttpResponse:
        """POST /can-bo/tiep/<queue>: open the first file after `sau` that no colleague has."""
        return _next(request, _known(known, queue))

    @may(Right.TAKE_FILES)
    @require_POST
    @or_not_here
    def take_over(request: VisitRequest, queue: str, file_id: int) -> HttpResponse:
        """POST /can-bo/nhan-ve/<queue>/<id>: a colleague's file becomes this officer's; both see it."""
        known_queue = _known(known, queue)
        arguments = known_queue.arguments(request.actor.office, file_id)
        claims.take_over(known_queue.kind.name, file_id, by=request.actor, now=timezone.now())
        return HttpResponseRedirect(known_queue.address(request, arguments))

    @may(Right.TAKE_FILES)
    @require_POST
    @or_not_here
    def keep(request: VisitRequest, queue: str, file_id: int) -> HttpResponse:
        """POST /can-bo/giu/<queue>/<id>: still at it: 204; 409 when it is not theirs any more."""
        known_queue = _known(known, queue)
        known_queue.arguments(request.actor.office, file_id)
        kept = claims.keep(known_queue.kind.name, file_id, by=request.actor, now=timezone.now())
        return HttpResponse(status=204 if kept else 409)

    return [
        path("can-bo/tiep/<slug:queue>", next_file, name="next_file"),
        path("can-bo/nhan-ve/<slug:queue>/<int:file_id>", take_over, name="take_over"),
        path("can-bo/giu/<slug:queue>/<int:file_id>", keep, name="keep"),
    ]


def _known(queues: Mapping[str, Queue], word: str) -> Queue:
    if word not in queues:
        raise Http404
    return queues[word]


def _next(request: VisitRequest, queue: Queue) -> HttpResponse:
    files = queue.open_files(request.actor.office)
    after = request.POST.get("sau", "")
    past = set(queue.past(request.actor))
    order = following(list(files), int(after) if after.isascii() and after.isdigit() else 0)
    order = [file_id for file_id in order if file_id not in past]
    order = own_first(order, assignments.names(queue.kind.name, order), request.actor)
    file_id = claims.first_free(queue.kind.name, order, by=request.actor, now=timezone.now())
    if file_id is None:
        return HttpResponseRedirect(reverse(queue.page) + ("?het=1" if order else ""))
    return HttpResponseRedirect(reverse(queue.file, args=files[file_id]))
