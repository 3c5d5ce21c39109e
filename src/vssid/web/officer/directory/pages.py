"""/can-bo/danh-ba: the places of the directory, edited by hand with history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.directory import cells, edit_queries, edits
from vssid.domain.directory.cells import COLLECTOR
from vssid.domain.directory.edits import Why
from vssid.domain.directory.kinds import OFFICE
from vssid.domain.directory.models import Change, Collector
from vssid.domain.offices.rights import Right
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.words.place_words import PAGES, place_address

from .. import frame
from ..casework.lists import address, pager
from ..casework.words import Words
from . import words
from .forms import REFUSED, PlaceForm

CHANGES = "thay-doi"
PER_PAGE = 20
LONGEST = 80
DONE: dict[str, Words] = {
    "luu": gettext_lazy("Đã lưu. Trang tra cứu có thay đổi này sau khoảng một phút."),
    "cho": gettext_lazy("Đã ghi. Thay đổi chờ đến ngày có hiệu lực."),
    "rut": gettext_lazy("Đã rút thay đổi."),
}


@may(Right.SEE_DIRECTORY)
@require_safe
def directory(request: VisitRequest) -> HttpResponse:
    """GET a kind of places by words or code (`loai`, `q`), or the changes that wait (`loai=thay-doi`)."""
    slug = request.GET.get("loai", words.KINDS[OFFICE].slug)
    if slug == CHANGES:
        waiting = [words.told(change, _collectors()) for change in edit_queries.waiting()]
        return _draw(request, "officer/directory/changes.html", slug, rows=waiting)
    kind = words.OF_SLUG.get(slug, OFFICE)
    asked = request.GET.get("q", "")[:LONGEST].strip()
    today = local_day(timezone.now())
    page = Paginator(edit_queries.find(kind, asked, day=today), PER_PAGE).get_page(request.GET.get("trang"))
    return _draw(
        request,
        "officer/directory/directory.html",
        words.KINDS[kind].slug,
        asked=asked,
        kind=words.KINDS[kind],
        rows=[(row, _life(row, today)) for row in page],
        page=pager(page, lambda number: _listing(words.KINDS[kind].slug, q=asked, trang=number)),
    )


@may(Right.SEE_DIRECTORY)
@require_safe
def place(request: VisitRequest, listing: str, place: str) -> HttpResponse:
    """GET a place as it stands, where it came from, and every change by hand."""
    kind, row = _row_of(listing, place)
    named = _collectors()
    return _draw(
        request,
        "officer/directory/place.html",
        listing,
        kind=words.KINDS[kind],
        row=row,
        life=_life(row, local_day(timezone.now())),
        can_close=hasattr(row, "valid_until"),
        public=place_address(kind, row.code) if kind in PAGES else "",
        cells=words.read(cells.of(kind, row), named),
        source=edit_queries.source(row),
        history=[words.told(change, named) for change in edit_queries.history(kind, row.code)],
    )


@may(Right.EDIT_DIRECTORY)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest, listing: str) -> HttpResponse:
    """GET and POST /can-bo/danh-ba/<kind>/moi."""
    kind = _kind(listing)
    form = PlaceForm(kind, request.POST if request.method == "POST" else None)
    title = _("Thêm %(kind)s") % {"kind": words.KINDS[kind].singular}
    return _answer(request, form, title, lambda why: edits.create(kind, form.typed, why))


@may(Right.EDIT_DIRECTORY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: VisitRequest, listing: str, place: str) -> HttpResponse:
    """GET and POST …/sua."""
    kind, row = _row_of(listing, place)
    form = PlaceForm(kind, request.POST if request.method == "POST" else None, row=row)

    def write(why: Why) -> Change:
        return edits.change(kind, row.code, form.typed, why, seen=form.data.get("seen", ""))

    return _answer(request, form, _("Sửa: %(name)s") % {"name": row.name}, write)


@may(Right.EDIT_DIRECTORY)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: VisitRequest, listing: str, place: str) -> HttpResponse:
    """GET and POST …/dong: the last day."""
    kind, row = _row_of(listing, place)
    if kind == COLLECTOR:
        raise Http404
    form = PlaceForm(kind, request.POST if request.method == "POST" else None, row=row, only=("valid_until",))

    def write(why: Why) -> Change:
        last_day = form.typed["valid_until"]
        return edits.close(kind, row.code, last_day, why, seen=form.data.get("seen", ""))

    return _answer(request, form, _("Ngừng hoạt động: %(name)s") % {"name": row.name}, write)


@may(Right.EDIT_DIRECTORY)
@require_POST
def withdraw(request: VisitRequest, change_id: int) -> HttpResponse:
    """POST /can-bo/danh-ba/thay-doi/<id>/rut."""
    edits.withdraw(change_id, by=request.actor, now=timezone.now())
    return HttpResponseRedirect(_listing(CHANGES, da="rut"))


def _answer(
    request: VisitRequest, form: PlaceForm, title: str, write: Callable[[Why], Change]
) -> HttpResponse:
    """The form; written, it leads to the place, or to what waits when there is no place yet."""
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        on = form.cleaned_data.get("on") or local_day(now)
        try:
            made = write(Why(form.cleaned_data["reason"], on, request.actor, now))
        except REFUSED as refused:
            form.refuse(refused)
        else:
            return HttpResponseRedirect(_after(made))
    listing = words.KINDS[form.kind].slug
    back = _address(form.kind, form.row.code) if form.row is not None else _listing(listing)
    context = {"form": form, "title": title, "cells": [form[name] for name in form.names], "back": back}
    status = 422 if form.errors else 200
    return _draw(request, "officer/directory/form.html", listing, status=status, **context)


def _after(made: Change) -> str:
    waits = made.state == Change.State.WAITING
    if waits and made.action == Change.Action.CREATE:
        return _listing(CHANGES, da="cho")
    return f"{_address(made.kind, made.code)}?da={'cho' if waits else 'luu'}"


def _address(kind: str, code: str) -> str:
    return reverse("officer:directory_place", args=[words.KINDS[kind].slug, code])


def _listing(slug: str, **parts: Any) -> str:
    return address("officer:directory", loai=slug, **parts)


def _kind(listing: str) -> str:
    if listing not in words.OF_SLUG:
        raise Http404
    return words.OF_SLUG[listing]


def _row_of(listing: str, code: str) -> tuple[str, Any]:
    kind = _kind(listing)
    return kind, edits.row_of(kind, code)


def _collectors() -> dict[str, str]:
    return dict(Collector.objects.values_list("code", "name"))


def _life(row: Any, today: date) -> tuple[Words, str]:
    """Whether the place is there on this day, in words, and the kind of pill."""
    begins, ends = getattr(row, "valid_from", None), getattr(row, "valid_until", None)
    if ends and ends < today:
        return _("Đã ngừng"), "bad"
    if begins and begins > today:
        return _("Chưa hoạt động"), "warn"
    return _("Đang hoạt động"), "good"


def _draw(
    request: VisitRequest, template: str, here: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    tabs = [(_listing(kind.slug), kind.name) for kind in words.KINDS.values()]
    tabs.append((_listing(CHANGES), _("Sắp có hiệu lực")))
    said = {"tabs": tabs, "tab_here": _listing(here), "done": DONE.get(request.GET.get("da", ""), "")}
    return frame.page(request, template, {**said, **context}, status=status)
