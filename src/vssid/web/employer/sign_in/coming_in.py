"""/don-vi/vao: the first person of an employer comes in, by the code of the letter.

Who holds the letter's code and knows the employer's code administers it. Nothing of a code stands in an
address or is kept in the browser; the second form carries it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts import employer_people
from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.employers import errors
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.seats.people import read_name
from vssid.domain.verification.errors import Limited
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.errors import DomainError, Invalid
from vssid.web.ui import browser_name, client
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.security import first_password, onward

from . import words
from .door import DOOR
from .forms import CodeForm, FirstPersonForm

REFUSED = (
    *(errors.WrongCode, errors.TooManyTries, errors.CodeUsed, errors.CodeExpired, errors.CodeCancelled),
    *(errors.CodeOfAnother, errors.EmployerOver, errors.EmployerIn, Limited),
)


@public
@sensitive_post_parameters("code", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: VisitRequest) -> HttpResponse:
    """GET asks for the codes; POST shows the employer, and then (`buoc=2`) opens the account and the seat."""
    if request.method != "POST":
        form = CodeForm(initial={"employer": request.GET.get("don-vi", "")[:20]})
        return _codes(request, form)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _codes(request, form)
    try:
        opening = _look(request, form)
    except REFUSED as refused:
        form.add_error("code", words.refused(refused))
        return _codes(request, form, refused)
    if request.POST.get("buoc") != "2":
        return _second(request, form, opening, FirstPersonForm())
    if _signed_in(request):
        return _with_own_account(request, form)
    return _with_new_account(request, form, opening)


@sensitive_variables()
def _look(request: VisitRequest, form: forms.Form) -> entries.Opening:
    given = form.cleaned_data
    return entries.look(given["employer"], given["code"], address=client.address(request), now=timezone.now())


def _signed_in(request: VisitRequest) -> bool:
    session = request.session_view
    return session is not None and session.kind == Account.EMPLOYER and session.is_ready


def _with_own_account(request: VisitRequest, form: CodeForm) -> HttpResponse:
    """Who does HR work for another employer too takes this one into the same account, and acts for it."""
    session, now = request.session_view, timezone.now()
    assert session is not None
    by = Actor(ActorKind.EMPLOYER, session.person_id, session.display_name)
    try:
        with transaction.atomic():
            seat_id = _use(form, session.person_id, by)
            seats.choose(seat_id, session_id=session.session_id, by=by, now=now)
    except (*REFUSED, Invalid) as refused:
        return _too_late(request, form, refused)
    return DOOR.lead(DOOR.home)


@sensitive_variables("person", "given", "opened")
def _with_new_account(request: VisitRequest, form: CodeForm, opening: entries.Opening) -> HttpResponse:
    person = FirstPersonForm(request.POST)
    if not person.is_valid():
        return _second(request, form, opening, person)
    given, now = person.cleaned_data, timezone.now()
    try:
        with transaction.atomic():
            opened = employer_people.create(
                given["username"],
                display_name=read_name(given["name"]),
                password=given["new"],
                by=SYSTEM,
                now=now,
            )
            by = Actor(ActorKind.EMPLOYER, opened.person_id, given["name"])
            _use(form, opened.person_id, by)
            account = Account.objects.get(person_id=opened.person_id)
            signed_in = accounts.open_session(
                account, device=browser_name.name(request), proved_at=None, now=now
            )
    except AlreadyHasAccount:
        person.add_error("username", words.TAKEN)
    except Invalid as invalid:
        _say(person, invalid)
    except REFUSED as refused:
        return _too_late(request, form, refused)
    else:
        return onward.let_in(request, DOOR, signed_in)
    return _second(request, form, opening, person)


def _use(form: CodeForm, person_id: int, by: Actor) -> int:
    given = form.cleaned_data
    return entries.use(given["employer"], given["code"], person_id=person_id, by=by, now=timezone.now())


def _say(person: forms.Form, invalid: Invalid) -> None:
    for field, code in invalid.fields.items():
        if field == "password":
            person.add_error("new", first_password.WORDS.get(code, first_password.OTHER))
        else:
            person.add_error(field if field in person.fields else None, words.wrong(field, code))


def _too_late(request: VisitRequest, form: CodeForm, refused: DomainError) -> HttpResponse:
    """Good when it was looked at, and used or taken back since."""
    said = _("Tài khoản này đã có vai trò tại đơn vị.") if isinstance(refused, Invalid) else ""
    form.add_error("code", said or words.refused(refused))
    return _codes(request, form, refused)


def _codes(request: VisitRequest, form: CodeForm, refused: DomainError | None = None) -> HttpResponse:
    status = 429 if isinstance(refused, Limited) else 422 if form.errors else 200
    context = {"form": form, "own": _signed_in(request)}
    return DOOR.draw_outside(request, "employer/sign_in/come_in.html", context, status=status)


def _second(
    request: VisitRequest, form: CodeForm, opening: entries.Opening, person: FirstPersonForm
) -> HttpResponse:
    session = request.session_view
    context: dict[str, Any] = {
        "form": person,
        "codes": form,
        "opening": opening,
        "own": session if _signed_in(request) else None,
    }
    status = 422 if person.is_bound and person.errors else 200
    return DOOR.draw_outside(request, "employer/sign_in/first_person.html", context, status=status)


routes: list[URLPattern] = [path("don-vi/vao", come_in, name="come_in")]
