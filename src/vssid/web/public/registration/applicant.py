"""/dang-ky, /dang-ky/moi and step 1, /dang-ky/ban-than, with the card's QR to fill it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.identity import designs
from vssid.domain.identity.errors import BadImage
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.reading import Reading
from vssid.domain.registration import queries
from vssid.domain.registration.draft import drafts, form, steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.domain.registration.paper import rules
from vssid.domain.registration.reasons import ALL as REASONS
from vssid.domain.verification.errors import Limited
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import IdKind
from vssid.kernel.sheets import Sheet
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.words import photo_words

from .. import handover_cookie
from ..lookups import own_number
from . import card_reading, file_cookie, wizard, words
from .forms import WhoForm, shown

STEP = steps.WHO
FIRST_DAY = date(2021, 1, 1)  # of cards with a chip: a code without a day of issue is on the front


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """GET /dang-ky: what is needed; begin, go on, or open the file already sent."""
    draft = file_cookie.draft_of(request)
    next_step = (draft.missing or steps.CODE) if draft else None
    context = {
        "draft": draft,
        "next_url": wizard.path(next_step) if next_step else "",
        "next_title": wizard.TITLES[next_step] if next_step else "",
        "sent": draft is None and file_cookie.subject_of(request) is not None,
        "law": rules.legal_base(local_day(timezone.now())),
        **_corrected(draft),
    }
    return render(request, "public/registration/start.html", context)


def _corrected(draft: DraftView | None) -> dict[str, object]:
    """The refused application a draft corrects: its reasons stay in sight while correcting."""
    if draft is None or draft.corrects_id is None:
        return {}
    own = queries.own(draft.corrects_id, now=timezone.now())
    reasons = [REASONS[code] for code in own.reasons if code in REASONS] if own else []
    return {"corrected": own, "reasons": reasons}


@public
@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """POST /dang-ky/moi: a registration for another person on this device. The old one stays resumable."""
    response = HttpResponseRedirect(wizard.path(STEP))
    held = request.COOKIES.get(file_cookie.COOKIE, "")
    token = drafts.start(address=client.address(request), now=timezone.now(), after=held)
    file_cookie.keep(response, token)
    return response


@public
@require_http_methods(["GET", "HEAD", "POST"])
@wizard.told_when_late(lambda request: WhoForm(request.POST))
def who(request: VisitRequest) -> HttpResponse:
    """GET and POST /dang-ky/ban-than. The first POST makes the draft."""
    draft = file_cookie.draft_of(request)
    if draft is None and file_cookie.subject_of(request) is not None:
        return redirect("public:own_file")
    if request.method != "POST":
        return _page(request, _form_of(request, draft))
    token = ""
    if draft is None:
        token = drafts.start(address=client.address(request), now=timezone.now())
        draft = drafts.view(token)
        assert draft is not None
    if request.FILES.get("photo") and (request.POST.get("go") == "scan" or not _may_keep(request)):
        response = _scan(request, draft)
    else:
        _keep_photo(request, draft)
        response = _typed(request, draft)
    if token:
        file_cookie.keep(response, token)
    return response


def _form_of(request: HttpRequest, draft: DraftView | None) -> WhoForm:
    kept = {"id_kind": "cccd"} | shown(draft.values if draft else {}) | wizard.typed(draft, STEP)
    handed_over = handover_cookie.take(request, own_number.FOUND)
    if handed_over and not kept.get("bhxh_code"):
        kept["bhxh_code"] = str(handed_over["bhxh_code"])
    return WhoForm(initial=kept)


def _page(
    request: HttpRequest, who_form: WhoForm, *, scan_error: object = "", status: int = 200
) -> HttpResponse:
    context = {"form": who_form, "scan_error": scan_error, "scanned": request.GET.get("quet") == "xong"}
    context["keep_photo"] = request.method == "POST" and _may_keep(request)
    if request.GET.get("quet") == "ten":
        context["told"] = card_reading.NAME_UNREAD
    return wizard.page(request, STEP, "public/registration/applicant.html", context, status=status)


def _typed(request: HttpRequest, draft: DraftView) -> HttpResponse:
    who_form = WhoForm(request.POST)
    if request.POST.get("go") in {"back", "keep"}:
        wizard.remember(draft, STEP, who_form.raw, Sheet.sent(request.POST))
        return wizard.left(request, STEP)
    if request.POST.get("go") == "scan":
        wizard.remember(draft, STEP, who_form.raw, Sheet.sent(request.POST))
        return _page(request, who_form, scan_error=words.BAD_IMAGES["required"], status=wizard.REFUSED)
    try:
        values = form.clean_who(who_form.raw, today=form.today_of(timezone.now()))
    except Invalid as refused:
        wizard.remember(draft, STEP, who_form.raw, Sheet.sent(request.POST))
        words.refuse(who_form, refused)
        return _page(request, who_form, status=wizard.REFUSED)
    wizard.accept(
        draft, STEP, values, Sheet.sent(request.POST), **_contact_hint(draft, who_form.raw["card_address"])
    )
    return wizard.after(STEP)


def _contact_hint(draft: DraftView, address: str) -> dict[str, dict[str, str]]:
    """The card's address as a first filling of step 2, unless that has been typed."""
    if not address or draft.values.get("street") or wizard.typed(draft, steps.CONTACT):
        return {}
    return {steps.CONTACT.name: card_reading.contact_of(address)}


def _may_keep(request: HttpRequest) -> bool:
    """Did the person say that the photo may be kept for the step of photos?"""
    return request.POST.get("giu") == "1"


def _keep_photo(request: HttpRequest, draft: DraftView, reading: Reading | None = None) -> None:
    """Keep the photo a code was read from as that side of the card, if the person wants; the step of photos
    asks again for one that cannot be used.
    """
    file = request.FILES.get("photo")
    if file is None or not _may_keep(request):
        return
    now = timezone.now()
    with suppress(BadImage, Limited):
        reading = reading or card_reading.read_photo(request, "photo", now=now)
        file.seek(0)
        data = bytes(file.read(photo_words.MOST + 1))
        if reading is not None:
            kind = designs.qr_side(IdKind.CCCD, reading.issued_on or FIRST_DAY) or ImageKind.FRONT
            drafts.store_photo(draft.subject_id, kind, data, address=client.address(request), now=now)


def _scan(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """A photo of the card instead of typing: its QR fills the fields; the photo is kept only if wanted."""
    who_form = WhoForm(request.POST)
    try:
        reading = card_reading.read_photo(request, "photo", now=timezone.now())
    except BadImage as refused:
        wizard.remember(draft, STEP, who_form.raw, Sheet.sent(request.POST))
        sentence = words.BAD_IMAGES[refused.reason]
        return _page(request, who_form, scan_error=sentence, status=wizard.REFUSED)
    if reading is None:
        wizard.remember(draft, STEP, who_form.raw, Sheet.sent(request.POST))
        return _page(request, who_form, scan_error=card_reading.NO_QR, status=wizard.REFUSED)
    _keep_photo(request, draft, reading)
    wizard.remember(
        draft, STEP, {**who_form.raw, **card_reading.fields_of(reading)}, Sheet.sent(request.POST)
    )
    return HttpResponseRedirect(f"{wizard.path(STEP)}?quet={'ten' if reading.name_unread else 'xong'}")
