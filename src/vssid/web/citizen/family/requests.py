"""/gia-dinh: the children a person may look at, and the way to ask for one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.families import actions, form, queries
from vssid.domain.families.errors import RequestClosed, RequestIncomplete, RequestOpen
from vssid.domain.families.queries import OwnRequest
from vssid.domain.families.reasons import REASONS
from vssid.domain.families.rules import PAPERS
from vssid.domain.identity.errors import BadImage, NoImage
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.verification.errors import Limited
from vssid.kernel.actor import person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.web.ui import client, cookies
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.forms.wizard import REFUSED, Wizard
from vssid.web.ui.words import photo_words

from ..account.sign_in import limited_page
from . import words
from .forms import ChildForm, SendForm, add_errors, typed_values

P = ParamSpec("P")
# The screens in order, each named by its page.
WHO, SHEETS, SEND = "citizen:family_child", "citizen:family_papers", "citizen:family_send"
WIZARD = Wizard((WHO, SHEETS, SEND), reverse, reverse_lazy("citizen:family"), reverse_lazy("citizen:family"))


def _overview(done: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("citizen:family", query={"xong": done}))


def person_id_of(request: VisitRequest) -> int:
    """The person id of who is signed in."""
    assert request.session_view is not None
    return request.session_view.person_id


@citizen
@require_safe
def family(request: VisitRequest) -> HttpResponse:
    """GET /gia-dinh: children, requests, and the draft to go on with."""
    now, guardian_id = timezone.now(), person_id_of(request)
    done = request.GET.get("xong", "")
    page = {
        "children": [
            {"child": child, "relation": words.RELATIONS[child.relation]}
            for child in guardians.children_of(guardian_id, now=now)
        ],
        "requests": [_listed(child_request) for child_request in queries.of_guardian(guardian_id, now=now)],
        "draft": queries.draft(guardian_id, now=now),
        "done": words.DONE.get(done, ""),
    }
    response = render(request, "citizen/family/family.html", page)
    # The pages of a child that is no longer linked must not stay on the device.
    return cookies.wipe_offline(response) if done == "ket-thuc" else response


def _listed(request: queries.RequestView) -> dict[str, Any]:
    state_words, pill = words.STATES[request.state]
    return {"request": request, "state_words": state_words, "pill": pill}


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def child(request: VisitRequest) -> HttpResponse:
    """GET and POST /gia-dinh/dang-ky: who the child is."""
    now = timezone.now()
    if request.method != "POST":
        draft = queries.draft(person_id_of(request), now=now)
        return _child_page(request, ChildForm(initial=_shown(draft) if draft else None))
    typed = ChildForm(request.POST)
    try:
        actions.save(person_id_of(request), form.clean(typed_values(typed), today=local_day(now)), now=now)
    except Invalid as refused:
        add_errors(typed, refused)
        return _child_page(request, typed, status=REFUSED)
    except (RequestOpen, guardians.AlreadyLinked) as refused:
        return _again(request, refused)
    return HttpResponseRedirect(WIZARD.after(WHO))


def _again(request: VisitRequest, refused: RequestOpen | guardians.AlreadyLinked) -> HttpResponse:
    """There is a request or a link for this child: where to find it."""
    open_id = refused.request if isinstance(refused, RequestOpen) else None
    linked = isinstance(refused, guardians.AlreadyLinked)
    return render(
        request, "citizen/family/request_again.html", {"open_id": open_id, "linked": linked}, status=409
    )


def _shown(draft: OwnRequest) -> dict[str, str]:
    return draft.child.as_json() | {"birth_date": f"{draft.child.birth_date:%d/%m/%Y}"}


def _child_page(request: VisitRequest, typed: ChildForm, *, status: int = 200) -> HttpResponse:
    page = {"form": typed, "number": WIZARD.number(WHO)}
    return render(request, "citizen/family/request_child.html", page, status=status)


View = Callable[Concatenate[VisitRequest, OwnRequest, P], HttpResponse]


def with_draft(view: View[P]) -> Callable[Concatenate[VisitRequest, P], HttpResponse]:
    """Steps after the first: without a draft back to the overview."""

    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        draft = queries.draft(person_id_of(request), now=timezone.now())
        if draft is None:
            return redirect("citizen:family")
        return view(request, draft, *args, **kwargs)

    return wrapper


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def papers(request: VisitRequest, draft: OwnRequest) -> HttpResponse:
    """GET and POST /gia-dinh/dang-ky/giay-to: both papers, each judged as it comes in."""
    if request.method != "POST":
        return _papers_page(request, draft)
    kind, file = request.POST.get("kind", ""), request.FILES.get("photo")
    if kind not in words.PAPERS:
        raise Http404
    if file is None:
        return _papers_page(request, draft, error=(kind, photo_words.BAD_IMAGES["required"]))
    try:
        if (file.size or 0) > photo_words.MOST:
            raise BadImage(reason="too_big")
        actions.store_paper(
            person_id_of(request),
            ImageKind(kind),
            file.read(),
            address=client.address(request),
            now=timezone.now(),
        )
    except BadImage as refused:
        return _papers_page(request, draft, error=(kind, photo_words.BAD_IMAGES[refused.reason]))
    except Limited as limited:
        return limited_page(request, limited)
    return HttpResponseRedirect(reverse("citizen:family_papers", fragment=kind))


def _papers_page(
    request: VisitRequest, draft: OwnRequest, *, error: tuple[str, str | Promise] | None = None
) -> HttpResponse:
    sheets = [_sheet(draft, kind, error) for kind in PAPERS]
    page = {
        "sheets": sheets,
        "complete": not draft.missing,
        "error": error,
        "child": draft.child,
        "number": WIZARD.number(SHEETS),
        "next_url": WIZARD.after(SHEETS),
    }
    return render(request, "citizen/family/request_papers.html", page, status=REFUSED if error else 200)


def _sheet(draft: OwnRequest, kind: ImageKind, error: tuple[str, Any] | None) -> dict[str, Any]:
    title, how, capture = words.PAPERS[kind.value]
    image = draft.papers.get(kind)
    problems = image.verdict.problems if image else ()
    return {
        "kind": kind.value,
        "title": title,
        "how": how,
        "capture": capture,
        "image": image,
        "problems": [photo_words.PROBLEMS.get(code, code) for code in problems],
        "error": error[1] if error and error[0] == kind.value else "",
    }


@citizen
@require_safe
def paper(request: VisitRequest, kind: str) -> HttpResponse:
    """GET /gia-dinh/dang-ky/giay-to/birth: a paper of the own draft."""
    if kind not in words.PAPERS:
        raise Http404
    try:
        jpeg = queries.own_paper(person_id_of(request), ImageKind(kind))
    except (NotYours, NoImage):
        raise Http404 from None
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    return response


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def send(request: VisitRequest, draft: OwnRequest) -> HttpResponse:
    """GET and POST /gia-dinh/dang-ky/gui: everything at a glance, the office, the commitment."""
    if draft.missing:
        return redirect("citizen:family_papers")
    offices = queries.offices_for(person_id_of(request))
    typed = SendForm(offices, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _send_page(request, draft, typed)
    if not request.POST.get("commitment"):
        add_errors(typed, Invalid(commitment="required"))
        return _send_page(request, draft, typed, status=REFUSED)
    code = str(request.POST.get("office_code", ""))[:5]
    try:
        actions.submit(person_id_of(request), draft.request.id, office_code=code, now=timezone.now())
    except Invalid as refused:
        add_errors(typed, refused)
        return _send_page(request, draft, typed, status=REFUSED)
    except RequestIncomplete:
        return redirect("citizen:family_papers")
    except (RequestOpen, guardians.AlreadyLinked) as refused:
        return _again(request, refused)
    except Limited as limited:
        return limited_page(request, limited)
    return HttpResponseRedirect(
        reverse("citizen:family_request", args=[draft.request.id], query={"xong": "gui"})
    )


def _send_page(
    request: VisitRequest, draft: OwnRequest, typed: SendForm, *, status: int = 200
) -> HttpResponse:
    page = {
        "form": typed,
        "draft": draft,
        "number": WIZARD.number(SEND),
        "relation": words.RELATIONS[draft.child.relation],
        "sheets": [_sheet(draft, kind, None) for kind in PAPERS],
    }
    return render(request, "citizen/family/request_send.html", page, status=status)


@citizen
@require_safe
def request_page(request: VisitRequest, request_id: int) -> HttpResponse:
    """GET /gia-dinh/ho-so/<id>: where it stands, until when, what to do."""
    own_request = queries.own(person_id_of(request), request_id, now=timezone.now())
    state_words, pill = words.STATES[own_request.request.state]
    page = {
        "own_request": own_request,
        "asked": own_request.request,
        "state_words": state_words,
        "pill": pill,
        "relation": words.RELATIONS[own_request.child.relation],
        "reasons": [REASONS[code] for code in own_request.request.reasons if code in REASONS],
        "done": words.DONE.get(request.GET.get("xong", ""), ""),
    }
    return render(request, "citizen/family/request.html", page)


@citizen
@require_POST
def withdraw(request: VisitRequest, request_id: int) -> HttpResponse:
    """POST /gia-dinh/ho-so/<id>/rut; decided meanwhile, its page says how."""
    try:
        actions.withdraw(person_id_of(request), request_id, now=timezone.now())
    except RequestClosed:
        return redirect("citizen:family_request", request_id)
    return _overview("rut")


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: VisitRequest, link_id: uuid.UUID) -> HttpResponse:
    """GET asks, POST ends the guardian's own link."""
    now, guardian_id = timezone.now(), person_id_of(request)
    if request.method == "POST":
        guardians.end(guardian_id, link_id, reason="guardian", by=person(guardian_id), now=now)
        return _overview("ket-thuc")
    linked_child = guardians.child(guardian_id, link_id, now=now)
    return render(request, "citizen/family/end.html", {"child": linked_child})
