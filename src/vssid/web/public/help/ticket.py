"""/tro-giup/tin-nhan/…: one message, its conversation, writing again, closing."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.support import queries, writing
from vssid.domain.support.errors import BadPhoto, NotOpenAnyMore
from vssid.domain.support.writing import Reader
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import Invalid, NotYours
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.words import ticket_words

from ..frame import draw
from ..registration import words
from .ticket_forms import TicketForm
from .tickets import REFUSED, opened, person_of, read


def _reader(request: VisitRequest) -> Reader:
    return Reader(person_of(request), opened(request))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: VisitRequest, ticket_id: int) -> HttpResponse:
    """GET the conversation; POST writes again. Somebody else's is not found."""
    if request.method != "POST":
        return _page(request, ticket_id, TicketForm())
    form, now = TicketForm(request.POST, request.FILES), timezone.now()
    try:
        # Whose it is comes first: what is wrong with the text is nobody else's business.
        queries.thread(ticket_id, by=_reader(request), now=now)
        writing.write(ticket_id, read(request, form), by=_reader(request), now=now)
    except Invalid as refused:
        form.refuse(refused)
    except BadPhoto as refused:
        form.refuse(Invalid())
        form.add_error("photo", str(words.BAD_IMAGES[refused.problem]))
    except NotOpenAnyMore:
        form.add_error(None, _("Phản ánh này đã đóng. Hãy gửi phản ánh mới."))
    except Limited as refused:
        form.add_error(None, words.limited(refused, now))
    except NotYours:
        raise Http404 from None
    else:
        return HttpResponseRedirect(reverse("public:ticket", args=[ticket_id], fragment="cuoi"))
    return _page(request, ticket_id, form, status=REFUSED)


def _page(request: VisitRequest, ticket_id: int, form: TicketForm, *, status: int = 200) -> HttpResponse:
    try:
        thread = queries.thread(ticket_id, by=_reader(request), now=timezone.now())
    except NotYours:
        raise Http404 from None
    return draw(
        request,
        "public/help/ticket.html",
        status=status,
        form=form,
        thread=thread,
        row=thread.row,
        state=ticket_words.STATES[thread.row.state],
        topic=ticket_words.TOPICS[thread.row.topic],
        photo_page="public:ticket_photo",
    )


@public
@require_POST
def close(request: VisitRequest, ticket_id: int) -> HttpResponse:
    """POST /tro-giup/tin-nhan/…/dong: no more is needed; twice is fine."""
    try:
        writing.close(ticket_id, by=_reader(request), now=timezone.now())
    except NotYours:
        raise Http404 from None
    return redirect("public:ticket", ticket_id)


@public
@require_safe
def photo(request: VisitRequest, ticket_id: int, seq: int) -> HttpResponse:
    """GET the photo of a note, kept by nobody on the way."""
    try:
        jpeg = queries.photo(ticket_id, seq, by=_reader(request))
    except NotYours:
        raise Http404 from None
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": "no-store, private"})
