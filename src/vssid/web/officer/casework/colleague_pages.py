"""POST …/ghi-chu and …/giao below a file's address: a note for colleagues, and whose the file is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vssid.domain.accounts.posts import assigning
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.casework.work import notes
from vssid.domain.offices.rights import Right
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, may

from ..errors import or_not_here
from . import in_hand, pages, troubles
from .pages import FileKind, Key, Written
from .troubles import Trouble
from .words import Words

WRONG: dict[str, Words] = {
    "required": _("Viết ghi chú cho đồng nghiệp."),
    "too_long": _("Ghi chú dài quá 1.000 ký tự. Hãy viết ngắn lại."),
    "unknown": _("Cán bộ này hôm nay không nhận việc tại cơ quan. Hãy chọn người khác."),
    "close": _("Hồ sơ của chính cán bộ này hoặc người thân. Hãy chọn người khác."),
}
NOT_NOTED, NOT_GIVEN = _("Chưa ghi chú được"), _("Chưa giao được")


def routes(kind: FileKind, here: str) -> list[URLPattern]:
    """The addresses below that of a file of this kind."""
    name, files = kind.queue.file.removeprefix("officer:"), kind.queue.kind

    @may(Right.NOTE_FILES)
    @require_POST
    @or_not_here
    def note(request: VisitRequest, /, **named: Any) -> HttpResponse:
        key, typed = tuple(named.values()), request.POST.get("note", "")
        write = partial(notes.write, files, _pk(key), typed, by=request.actor, now=timezone.now())
        return _answer(kind, request, key, write, done="ghi-chu", form="note", text=typed)

    @may(Right.ASSIGN_FILES)
    @require_POST
    @or_not_here
    def give(request: VisitRequest, /, **named: Any) -> HttpResponse:
        key, typed = tuple(named.values()), request.POST.get("can-bo", "")
        officer = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
        chosen = officer if typed else None
        act = partial(assigning.assign, files, _pk(key), chosen, by=request.actor, now=timezone.now())
        return _answer(kind, request, key, act, done="giao" if typed else "thu-hoi", form="give", text=typed)

    return [
        path(f"{here}/ghi-chu", note, name=f"{name}_note"),
        path(f"{here}/giao", give, name=f"{name}_assign"),
    ]


def _pk(key: Key) -> Any:
    return key[0] if len(key) == 1 else key


def _answer(
    kind: FileKind,
    request: VisitRequest,
    key: Key,
    act: Callable[[], None],
    *,
    done: str,
    form: str,
    text: str,
) -> HttpResponse:
    try:
        act()
    except Invalid as invalid:
        wrong = {name: WRONG[code] for name, code in invalid.fields.items()}
        title = NOT_NOTED if form == "note" else NOT_GIVEN
        return pages.draw(
            kind,
            request,
            key,
            trouble=Trouble(422, title, next(iter(wrong.values()))),
            forms={form: Written(text=text, wrong=wrong)},
        )
    except OwnFile as refused:
        return pages.draw(
            kind, request, key, trouble=troubles.own_file(refused), again=in_hand.kept(request, "note")
        )
    except kind.refusals as refused:
        return pages.draw(kind, request, key, trouble=kind.trouble(refused, request.actor.name))
    return HttpResponseRedirect(kind.queue.address(request, key, done))
