"""The counter's page while a registration is filled in with the person."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.identity import queries as images
from vssid.domain.identity.errors import BadImage
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.offices.rights import Right
from vssid.domain.registration.counter import prefill, same_person, visitors, walk_ins
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.draft import steps as draft_steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.domain.registration.errors import AlreadySent
from vssid.domain.verification import codes
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.sheets import Overtaken, Sheet
from vssid.kernel.text import digits
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.forms import overtaken
from vssid.web.ui.forms.registration_fields import ContactForm, WhoForm, shown
from vssid.web.ui.words import registration_words
from vssid.web.ui.words.photo_words import BAD_IMAGES, MOST, PROBLEMS

from .. import frame
from ..casework.troubles import Trouble
from ..casework.words import Words
from ..errors import or_not_here
from . import place, steps, words

REFUSED = 422
OTHER = 409  # what was scanned belongs to somebody else
View = Callable[..., HttpResponse]


class WalkInForm(WhoForm, ContactForm):
    """All fields of the steps on one page."""


def served(view: View) -> View:
    """The walk-in of the own office; one that was sent goes on as its file."""

    @may(Right.CHECK_PAPERS)
    @or_not_here
    @wraps(view)
    def wrapper(request: VisitRequest, /, application_id: int, **named: str) -> HttpResponse:
        try:
            return view(request, application_id, **named)
        except AlreadySent:
            return redirect(place.of(application_id))

    return wrapper


def drawn(request: VisitRequest, application_id: int) -> HttpResponse:
    """POST keeps (`go=keep`), sends the phone's code (`code`), fills in from a card (`card`), or sends.

    Raises NotYours, OwnFile or AlreadySent.
    """
    if request.method != "POST":
        return _page(request, application_id)
    go = request.POST.get("go", "")
    form = WalkInForm(request.POST, province=request.POST.get("province_code", ""))
    try:
        if go == "keep":
            return _keep(request, application_id, form)
        # Without a script, Enter after the number presses the page's first button.
        if go == "card" or (go == "send" and request.POST.get("q", "").strip()):
            return _from_card(request, application_id, form)
        return _save(request, application_id, form, go)
    except Overtaken:
        if go == "keep":
            return HttpResponse(status=overtaken.STATUS)
        overtaken.redraw(request, form)
        return _page(request, application_id)
    except Invalid as refused:
        return _invalid(request, application_id, form, refused)
    except words.REFUSALS as refused:
        return _page(request, application_id, form=form, trouble=words.trouble(refused))


def _keep(request: VisitRequest, walk_in_id: int, form: WalkInForm) -> HttpResponse:
    sheet = Sheet.sent(request.POST)
    walk_ins.keep(walk_in_id, _typed(request, form), by=request.actor, sheet=sheet, now=timezone.now())
    return HttpResponse(status=204)


def _from_card(request: VisitRequest, walk_in_id: int, form: WalkInForm) -> HttpResponse:
    """A card or number was scanned on this page: it fills in what it knows, unless it is somebody else's."""
    now, by = timezone.now(), request.actor
    text = request.POST.get("q", "")
    # What a page does not send is what the draft has.
    sent = {name: typed for name, typed in _typed(request, form).items() if name in request.POST}
    raw = _kept(walk_ins.view(walk_in_id, by=by)) | sent
    other = walk_ins.fill_in(walk_in_id, text, raw, by=by, sheet=Sheet.sent(request.POST), now=now)
    if other is None:
        return redirect(place.of(walk_in_id))
    return _page(request, walk_in_id, other=words.somebody_else(raw, other, text), status=OTHER)


def _save(request: VisitRequest, walk_in_id: int, form: WalkInForm, go: str) -> HttpResponse:
    now, address = timezone.now(), client.address(request)
    sheet = Sheet.sent(request.POST)
    draft = walk_ins.save(walk_in_id, _typed(request, form), by=request.actor, sheet=sheet, now=now)
    if go == "code":
        if not draft.proved:
            drafts.send_code(draft, address=address, now=now)
        return redirect(place.of(walk_in_id, "#id_code"))
    consent, code = _ticked(request), digits(request.POST.get("code", "")[:60])
    walk_ins.send(walk_in_id, consent=consent, code=code, by=request.actor, address=address, now=now)
    there = place.of(walk_in_id, "&xong=tai-quay")
    # A script goes there itself: following a redirection, it would open the file once for nothing.
    return (
        HttpResponse(status=201, headers={"Location": there}) if "phan" in request.POST else redirect(there)
    )


def _invalid(request: VisitRequest, walk_in_id: int, form: WalkInForm, refused: Invalid) -> HttpResponse:
    registration_words.refuse(form, Invalid(**{k: v for k, v in refused.fields.items() if k in form.fields}))
    sentences: dict[str, Words] = {
        "commitment": words.CONSENT,
        "code": words.CODE,
        "q": words.NOT_FOUND["bad_number"],
    }
    wrong = {name: sentences[name] for name in refused.fields if name in sentences}
    return _page(request, walk_in_id, form=form, wrong=wrong, status=REFUSED)


def _page(
    request: VisitRequest,
    walk_in_id: int,
    *,
    form: WalkInForm | None = None,
    wrong: dict[str, Words] | None = None,
    trouble: Trouble | None = None,
    other: words.SomebodyElse | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = walk_ins.view(walk_in_id, by=request.actor)
    kept = _kept(draft)
    form = form or WalkInForm(initial=kept, province=kept.get("province_code", ""))
    late = overtaken.said(request, form)
    context = {
        "walk_in": walk_in_id,
        "address": place.of(walk_in_id),
        "steps": steps.of_draft(draft),
        "form": form,
        "sheet": overtaken.sheet(request, draft.saved_by(walk_ins.STEP)),
        "late": late,
        "draft": draft,
        "photos": [_photo(draft, kind) for kind in words.PHOTOS if _is_needed(draft, kind)],
        "phone": draft.phone.national() if draft.phone else "",
        "code_until": _live(draft),
        "consent": _ticked(request) if request.method == "POST" else walk_ins.consented(draft),
        "wrong": wrong or {},
        "trouble": trouble,
        "other": other,
    }
    status = trouble.status if trouble else overtaken.STATUS if late is not None else status
    return frame.page(request, "officer/counter/walk_in.html", context, status=status)


def _kept(draft: DraftView) -> dict[str, str]:
    """The fields as they were typed or accepted last."""
    return {"id_kind": "cccd"} | shown(draft.values) | walk_ins.typed_of(draft)


def _typed(request: VisitRequest, form: WalkInForm) -> dict[str, str]:
    return {**form.raw, "commitment": "yes" if _ticked(request) else ""}


def _ticked(request: VisitRequest) -> bool:
    return request.POST.get("commitment") == "yes"


def _live(draft: DraftView) -> Any:
    until = codes.expires_at(drafts.PURPOSE, draft.subject_id)
    return until if until and until > timezone.now() and not draft.proved else None


def _is_needed(draft: DraftView, kind: ImageKind) -> bool:
    kinds = {"id_kind": walk_ins.typed_of(draft).get("id_kind") or draft.values.get("id_kind")}
    try:
        return kind in draft_steps.required_photos(kinds)
    except ValueError:  # a kind that nobody has, as it was typed
        return True


def _photo(draft: DraftView, kind: ImageKind, *, error: Words = "") -> dict[str, Any]:
    image = draft.images.get(kind)
    label, key = words.PHOTOS[kind]
    problems = image.verdict.problems if image else ()
    card = visitors.of_card(image.reading) if image and image.reading else None
    is_other = card is not None and same_person.is_other(card, _kept(draft))
    return {
        "kind": kind.value,
        "label": label,
        "key": key,
        "image": image,
        "error": error,
        "problems": [PROBLEMS.get(code, code) for code in problems],
        "other": same_person.name_of(card) or card.number if card and is_other else "",
        # For fields that are still empty.
        "fill": json.dumps(prefill.of(card)[draft_steps.WHO.name]) if card and not is_other else "",
        "camera": "chan-dung" if kind is ImageKind.PORTRAIT else "giay-to",
    }


def sent_on(request: VisitRequest, application_id: int) -> HttpResponse:
    """Something was sent for a walk-in that became a file meanwhile: it is shown. Raises NotYours."""
    if not walk_ins.has_file(application_id, by=request.actor):
        raise NotYours
    return redirect(place.of(application_id))


@served
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: VisitRequest, application_id: int, kind: str) -> HttpResponse:
    """GET shows a picture, POST takes one (`anh`): the part of the page for a script, else the page."""
    if kind not in {each.value for each in words.PHOTOS}:
        raise NotYours
    image_kind = ImageKind(kind)
    if request.method != "POST":
        return _jpeg(walk_ins.view(application_id, by=request.actor), image_kind)
    error: Words = ""
    try:
        _take(request, application_id, image_kind)
    except BadImage as refused:
        error = BAD_IMAGES[refused.reason]
    except Limited as refused:
        error = words.trouble(refused).text
    if "phan" not in request.POST and not error:
        return redirect(place.of(application_id))
    draft = walk_ins.view(application_id, by=request.actor)
    context = {"walk_in": application_id, "photo": _photo(draft, image_kind, error=error)}
    if "phan" in request.POST:
        return render(request, "officer/counter/photo.html", context, status=REFUSED if error else 200)
    said = Trouble(REFUSED, words.PHOTOS[image_kind][0], error)
    return _page(request, application_id, trouble=said)


def _take(request: VisitRequest, walk_in_id: int, kind: ImageKind) -> None:
    file = request.FILES.get("anh")
    if file is None:
        raise BadImage(reason="not_image")
    if (file.size or 0) > MOST:
        raise BadImage(reason="too_big")
    walk_ins.store_photo(
        walk_in_id,
        kind,
        bytes(file.read()),
        by=request.actor,
        address=client.address(request),
        now=timezone.now(),
    )


def _jpeg(draft: DraftView, kind: ImageKind) -> HttpResponse:
    jpeg = images.content(draft.subject_id, kind)
    headers = {"Cache-Control": "no-store, private", "Content-Disposition": "inline"}
    return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)


@served
@require_POST
def drop(request: VisitRequest, application_id: int) -> HttpResponse:
    """Begun by mistake: everything of it is erased."""
    walk_ins.drop(application_id, by=request.actor)
    return HttpResponseRedirect(reverse("officer:counter") + "?xong=da-bo")


HERE = "can-bo/quay/<int:application_id>"
routes = [
    path(f"{HERE}/anh/<slug:kind>", photo, name="walk_in_photo"),
    path(f"{HERE}/bo", drop, name="walk_in_drop"),
]
