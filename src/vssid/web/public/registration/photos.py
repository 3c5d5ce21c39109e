"""Step 3, /dang-ky/anh: one screen a photo (`?loai=`), judged at once; without it the next missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.identity import designs
from vssid.domain.identity import queries as images
from vssid.domain.identity.errors import BadImage
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.registration.draft import drafts, form, steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.domain.verification.errors import Limited
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import IdKind
from vssid.kernel.sheets import Sheet
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.words import photo_words

from . import card_reading, file_cookie, wizard, words

STEP = steps.PHOTOS
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Screen:
    """One photo: its name in addresses, its words, and which camera takes it."""

    kind: ImageKind
    slug: str
    title: Words
    how: Words
    frame: Words
    capture: str = "environment"


ON_DARK = _("Đặt thẻ trên nền tối, đủ bốn góc, không lóa.")
FIT = _("Đặt thẻ vừa khung")
FRONT = Screen(ImageKind.FRONT, "mat-truoc", _("Ảnh mặt trước giấy tờ"), ON_DARK, FIT)
BACK = Screen(ImageKind.BACK, "mat-sau", _("Ảnh mặt sau giấy tờ"), ON_DARK, FIT)
PORTRAIT = Screen(
    ImageKind.PORTRAIT,
    "chan-dung",
    _("Ảnh chân dung"),
    _("Nhìn thẳng, thấy rõ cả khuôn mặt, không đội mũ, không đeo kính râm, nền sáng."),
    _("Khuôn mặt nằm trong khung"),
    "user",
)
SCREENS = (FRONT, BACK, PORTRAIT)
BY_SLUG = {screen.slug: screen for screen in SCREENS}
TITLES: dict[tuple[IdKind, ImageKind], Words] = {
    (IdKind.CCCD, ImageKind.FRONT): _("Ảnh mặt trước CCCD, Căn cước"),
    (IdKind.CCCD, ImageKind.BACK): _("Ảnh mặt sau CCCD, Căn cước"),
    (IdKind.PASSPORT, ImageKind.FRONT): _("Ảnh trang thông tin hộ chiếu"),
}


def needed(draft: DraftView) -> list[Screen]:
    """The screens of the declared kind of document, in order."""
    kinds = steps.required_photos(draft.values)
    return [screen for screen in SCREENS if screen.kind in kinds]


def title_of(screen: Screen, draft: DraftView) -> Words:
    """The screen's title by the declared kind of document."""
    return TITLES.get((IdKind(draft.values.get("id_kind") or "cccd"), screen.kind), screen.title)


def _has_qr(screen: Screen, draft: DraftView) -> bool:
    """Is the QR of the declared document on this picture? By kind and day of issue."""
    kind, issued = IdKind(draft.values["id_kind"]), date.fromisoformat(draft.values["issued_on"])
    return designs.qr_side(kind, issued) is screen.kind


@wizard.reached(STEP)
def photos(request: VisitRequest, draft: DraftView) -> HttpResponse:
    """GET and POST /dang-ky/anh?loai=mat-truoc; all three at a glance once they are there."""
    screens = needed(draft)
    screen = BY_SLUG.get(request.GET.get("loai", ""))
    if screen is None:
        screen = next((screen for screen in screens if screen.kind not in draft.images), None)
    if screen is None or screen not in screens:
        return _overview(request, draft, screens)
    if request.method == "POST":
        return _take(request, draft, screen)
    return _page(request, draft, screen)


def _overview(request: HttpRequest, draft: DraftView, screens: list[Screen]) -> HttpResponse:
    taken = [
        {"screen": screen, "title": title_of(screen, draft), **_judged(draft, screen)} for screen in screens
    ]
    return wizard.page(request, STEP, "public/registration/photos.html", {"taken": taken})


def _judged(draft: DraftView, screen: Screen) -> dict[str, Any]:
    image = draft.images.get(screen.kind)
    if image is None:
        return {"image": None}
    differences = card_reading.differences_of(draft.values, image.reading)
    reading = image.reading
    is_over = reading is not None and reading.has_ended(local_day(timezone.now()))
    ended_on = reading.expires_on if reading is not None and is_over else None
    problems = [code for code in image.verdict.problems if code != "no_qr" or _has_qr(screen, draft)]
    return {
        "image": image,
        "problems": [words.PROBLEMS.get(code, code) for code in problems],
        "acceptable": image.verdict.acceptable,
        "advice": set(problems) & {"no_qr", "no_mrz", "no_face"},
        "reading": image.reading,
        "differences": differences,
        "no_face": "no_face" in problems,
        "ended_on": ended_on,
        "usable": image.verdict.acceptable
        and "no_face" not in problems
        and ended_on is None
        and not any(difference.another for difference in differences),
    }


def _page(
    request: HttpRequest, draft: DraftView, screen: Screen, *, error: Words = "", status: int = 200
) -> HttpResponse:
    screens = needed(draft)
    place = screens.index(screen)
    context = {
        "screen": screen,
        "title": title_of(screen, draft),
        "has_qr": _has_qr(screen, draft),
        "place": place + 1,
        "places": len(screens),
        "error": error,
        # A photo taken again goes on to the next one that is missing, not to the start.
        "onward": wizard.path(STEP),
        **_judged(draft, screen),
    }
    if place:
        context["back_url"] = f"{wizard.path(STEP)}?loai={screens[place - 1].slug}"
    return wizard.page(request, STEP, "public/registration/photo.html", context, status=status)


def _take(request: HttpRequest, draft: DraftView, screen: Screen) -> HttpResponse:
    now = timezone.now()
    here = f"{wizard.path(STEP)}?loai={screen.slug}"
    file = request.FILES.get("photo")
    if file is None:
        return _refused(request, draft, screen, words.BAD_IMAGES["required"])
    try:
        if (file.size or 0) > photo_words.MOST:
            raise BadImage(reason="too_big")
        drafts.store_photo(
            draft.subject_id, screen.kind, file.read(), address=client.address(request), now=now
        )
    except BadImage as refused:
        return _refused(request, draft, screen, words.BAD_IMAGES[refused.reason])
    except Limited as refused:
        return _refused(request, draft, screen, words.limited(refused, now), status=429)
    if _wants_json(request):
        return JsonResponse({"go": here})
    return HttpResponseRedirect(here)


def _refused(
    request: HttpRequest, draft: DraftView, screen: Screen, error: Words, *, status: int = wizard.REFUSED
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"error": str(error)}, status=status)
    return _page(request, draft, screen, error=error, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@public
@require_safe
def image(request: HttpRequest, slug: str) -> HttpResponse:
    """GET /dang-ky/anh/mat-truoc: the holder's own stored photo. 404 for anybody else."""
    screen, draft = BY_SLUG.get(slug), file_cookie.draft_of(request)
    if screen is None or draft is None or screen.kind not in draft.images:
        raise Http404
    response = HttpResponse(images.content(draft.subject_id, screen.kind), content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    return response


@public
@require_POST
def as_on_card(request: HttpRequest) -> HttpResponse:
    """POST /dang-ky/anh/sua: take one field over from the card (`field`, `loai`)."""
    draft = file_cookie.draft_of(request)
    if draft is None:
        return wizard.elsewhere(request)
    screen = BY_SLUG.get(request.POST.get("loai", ""))
    taken = draft.images.get(screen.kind) if screen else None
    if taken is not None and taken.reading is not None:
        fix = _clean_fix(draft, card_reading.fix_of(taken.reading).get(request.POST.get("field", ""), {}))
        if fix:
            wizard.accept(draft, steps.WHO, fix, Sheet.drawn(draft.saved_by(steps.WHO)))
    back = {"xem-lai": wizard.path(steps.REVIEW)}.get(
        request.POST.get("ve", ""), f"{wizard.path(STEP)}?loai={screen.slug}" if screen else wizard.path(STEP)
    )
    return HttpResponseRedirect(back)


def _clean_fix(draft: DraftView, fix: dict[str, Any]) -> dict[str, Any]:
    """The card's value as if typed: a QR can say anything, so the form's rules hold for it too."""
    typed = {name: str(draft.values.get(name, "")) for name in steps.WHO.gives}
    try:
        clean = form.clean_who(
            typed | {name: str(value) for name, value in fix.items()}, today=form.today_of(timezone.now())
        )
    except Invalid:
        return {}
    return {name: clean[name] for name in fix}
