"""The language of the pages is that of what is sent: chosen on any of them, kept with the person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from vssid.domain.notifications import languages

from . import cookies


def goes_on(request: HttpRequest, subject_id: int) -> None:
    """A stranger who proved that a draft or an application is theirs goes on with it in this language."""
    languages.read_here(subject_id, get_language() or languages.Language.VI, now=timezone.now())


def chose(request: HttpRequest, language: str) -> None:
    """Who is signed in chose a language."""
    session = getattr(request, "session_view", None)
    if session is not None:
        languages.choose(session.person_id, language, now=timezone.now())


def settle(request: HttpRequest, response: HttpResponse, person_id: int) -> None:
    """At sign-in the person's own choice comes to this browser; who has none yet takes that of the browser.

    So what was chosen on one device holds on every other.
    """
    chosen, here = languages.chosen(person_id), request.COOKIES.get(cookies.LANGUAGE, "")
    if chosen is not None and chosen != (here or languages.Language.VI):
        cookies.set_preference(response, cookies.LANGUAGE, chosen)
    elif chosen is None and here in list(languages.Language):
        languages.choose(person_id, here, now=timezone.now())
