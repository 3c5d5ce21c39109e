"""Step 5, /dang-ky/xem-lai: everything at a glance, where card and typing differ, and the commitment."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.identity.kinds import ImageKind
from vssid.domain.offices import queries as offices
from vssid.domain.registration.draft import form, steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.domain.registration.paper import printing
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import IdKind, grouped
from vssid.web.ui.access import VisitRequest

from . import card_reading, confirm, photos, wizard, words
from .forms import ReviewForm

STEP = steps.REVIEW
ID_KINDS = {IdKind.CCCD: "CCCD", IdKind.CMND: "CMND", IdKind.PASSPORT: gettext_lazy("Hộ chiếu")}


NOT_SHOWN = frozenset({"commitment", form.EMPLOYER_PRINTS, "typed", "pages"})


@wizard.reached(STEP)
def review(request: VisitRequest, draft: DraftView) -> HttpResponse:
    """GET and POST /dang-ky/xem-lai. The POST sends the code once, unless the phone is proved."""
    if request.method != "POST":
        return _page(request, draft, _as_kept(draft))
    if request.POST.get("go") == "back":
        return HttpResponseRedirect(wizard.before(STEP))
    if request.POST.get("seen", seen(draft)) != seen(draft):
        # Another tab or device changed the draft: the commitment was for other words.
        return _page(request, draft, _as_kept(draft), changed=True, status=wizard.REFUSED)
    review_form = ReviewForm(request.POST)
    if printing.lacking(draft.values):
        return _page(request, draft, review_form, status=wizard.REFUSED)
    try:
        wizard.accept(draft, STEP, form.clean_review(review_form.raw), None)
    except Invalid as refused:
        words.refuse(review_form, refused)
        return _page(request, draft, review_form, status=wizard.REFUSED)
    return confirm.after_review(request)


def seen(draft: DraftView) -> str:
    """A mark of what the review page showed: changes when a value or a photo does."""
    values = {name: value for name, value in draft.values.items() if name not in NOT_SHOWN}
    photos_at = {kind.value: image.stored_at.isoformat() for kind, image in draft.images.items()}
    text = json.dumps([values, photos_at], sort_keys=True, default=str)
    return salted_hmac("review.seen", text, algorithm="sha256").hexdigest()[:16]


def _as_kept(draft: DraftView) -> ReviewForm:
    """What was agreed before stays so; the commitment is given anew."""
    return ReviewForm(initial={form.EMPLOYER_PRINTS: bool(draft.values.get(form.EMPLOYER_PRINTS))})


def _page(
    request: HttpRequest,
    draft: DraftView,
    review_form: ReviewForm,
    *,
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": review_form,
        "changed": changed,
        "seen": seen(draft),
        "draft": draft,
        "who": _who(draft),
        "contact": _contact(draft),
        "office": offices.office(draft.values["office_code"]),
        "photos": [
            {"screen": screen, "title": photos.title_of(screen, draft)} for screen in photos.needed(draft)
        ],
        "doubts": _doubts(draft),
        "unprintable": _unprintable(draft),
    }
    return wizard.page(request, STEP, "public/registration/review.html", context, status=status)


def _who(draft: DraftView) -> list[tuple[str, str]]:
    typed = form.read(draft.values)
    return [
        (_("Mã số BHXH"), grouped(typed.bhxh_code.reveal())),
        (_("Họ và tên"), typed.full_name),
        (_("Ngày sinh"), f"{typed.birth_date:%d/%m/%Y}"),
        (_("Giới tính"), str(card_reading.SEXES[typed.sex])),
        (_("Giấy tờ"), f"{ID_KINDS[typed.id_kind]} {typed.id_number.reveal()}"),
        (_("Ngày cấp"), f"{typed.issued_on:%d/%m/%Y}"),
    ]


def _contact(draft: DraftView) -> list[tuple[str, str]]:
    typed = form.read(draft.values)
    return [
        (_("Điện thoại"), typed.phone.national()),
        (_("E-mail"), typed.email or _("Không có")),
        (_("Địa chỉ"), typed.address),
    ]


def _unprintable(draft: DraftView) -> dict[str, list[str]]:
    """By panel of the page what form 01 cannot print; empty when it prints everything."""
    unprintable: dict[str, list[str]] = {"who": [], "contact": []}
    for field, letters in printing.lacking(draft.values).items():
        unprintable["who" if field in steps.WHO.gives else "contact"].append(
            words.unprintable(field, letters)
        )
    return unprintable if any(unprintable.values()) else {}


def _doubts(draft: DraftView) -> list[dict[str, Any]]:
    """Each field that differs from the card, once; the front's word before the back's."""
    doubts: dict[str, dict[str, Any]] = {}
    for kind in (ImageKind.FRONT, ImageKind.BACK):
        image = draft.images.get(kind)
        for difference in card_reading.differences_of(draft.values, image.reading if image else None):
            slug = photos.FRONT.slug if kind is ImageKind.FRONT else photos.BACK.slug
            doubts.setdefault(difference.field, {"difference": difference, "slug": slug})
    return list(doubts.values())
