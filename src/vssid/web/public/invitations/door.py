"""/moi and /moi/<code>: the code of an invitation, who it invites, and "not me" or "stop"."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from vssid.domain.employers.invitations import answering, opening
from vssid.domain.employers.invitations.errors import InvitationEnded, WrongProof
from vssid.domain.employers.invitations.opening import Opening, Said
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import DomainError, Invalid, NotYours
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.words import registration_words

from .. import handover_cookie
from ..registration import wizard
from . import words
from .forms import InviteForm, OwnProofForm, PosterProofForm

PASS = "loi-moi"
ANSWERS = {"nham": answering.not_me, "dung": answering.stop}
Proof = OwnProofForm | PosterProofForm


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: VisitRequest) -> HttpResponse:
    """GET and POST /moi: the code by hand; a good one has an address, as its QR has."""
    form = InviteForm(request.POST) if request.method == "POST" else InviteForm()
    status = 200
    if request.method == "POST":
        now = timezone.now()
        try:
            opened = opening.look(form.raw["code"], address=client.address(request), now=now)
            return redirect("public:invitation", code=opened.code)
        except (*words.CLOSED, Limited) as error:
            form.add_error("code", words.refused(error, now))
            status = 429 if isinstance(error, Limited) else wizard.REFUSED
    return render(request, "public/invitations/ask.html", {"form": form}, status=status)


@public
@sensitive_post_parameters("birth_date", "id_number", "bhxh_code")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: VisitRequest, code: str) -> HttpResponse:
    """GET and POST /moi/<code>: who invites; the worker's proof leads on, and an answer ends it."""
    now = timezone.now()
    try:
        opened = opening.find(code, now=now)
    except words.CLOSED as error:
        return _closed(request, error)
    if request.method != "POST":
        return _page(request, opened, _form(opened))
    answer = ANSWERS.get(request.POST.get("go", ""))
    if answer is None:
        return _prove(request, opened)
    try:
        answer(opened, now=now)
    except NotYours:
        return _page(request, opened, _form(opened))
    context = {"opened": opened, "answer": request.POST["go"]}
    return render(request, "public/invitations/answered.html", context)


@sensitive_variables()
def _prove(request: VisitRequest, opened: Opening) -> HttpResponse:
    form, now = _form(opened, request), timezone.now()
    try:
        said = opening.read(form.raw, opened, now=now)
        opening.prove(opened, said, address=client.address(request), now=now)
    except Invalid as invalid:
        _say(form, invalid)
        return _page(request, opened, form, status=wizard.REFUSED)
    except (WrongProof, Limited) as error:
        form.add_error("birth_date", words.refused(error, now))
        return _page(request, opened, form, status=429 if isinstance(error, Limited) else wizard.REFUSED)
    except InvitationEnded as error:
        return _closed(request, error)
    answering.opened(opened, now=now)
    response = redirect("public:invited")
    handover_cookie.put(response, PASS, _handed(opened, said))
    return response


def _handed(opened: Opening, said: Said) -> dict[str, str]:
    told = {"birth_date": said.birth_date, "id_number": said.id_number, "bhxh_code": said.bhxh_code}
    return {"code": opened.code, **told}


def _form(opened: Opening, request: VisitRequest | None = None) -> Proof:
    kind = OwnProofForm if opened.person_id is not None else PosterProofForm
    return kind(request.POST) if request is not None else kind()


def _say(form: Proof, invalid: Invalid) -> None:
    for name, code in invalid.fields.items():
        said = words.ONE_OF if code == "one_of" else registration_words.of(name, code)
        form.add_error(name, str(said))


def _page(request: VisitRequest, opened: Opening, form: Proof, *, status: int = 200) -> HttpResponse:
    context = {"opened": opened, "form": form, "personal": opened.person_id is not None}
    response = render(request, "public/invitations/invitation.html", context, status=status)
    return _unnamed(response)


def _closed(request: VisitRequest, error: DomainError) -> HttpResponse:
    said = words.refused(error, timezone.now())
    response = render(request, "public/invitations/closed.html", {"said": said}, status=404)
    return _unnamed(response)


def _unnamed(response: HttpResponse) -> HttpResponse:
    """No index learns the code in the address; other sites never do (same-origin referrers)."""
    response["X-Robots-Tag"] = "noindex"
    return response


def address_of(request: VisitRequest) -> str:
    """The whole address of /moi, as paper has it."""
    return request.build_absolute_uri(reverse("public:invitations"))
