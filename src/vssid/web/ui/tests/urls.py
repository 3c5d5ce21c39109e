"""A small site to try the frame on."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from vssid.domain.offices.rights import Right
from vssid.kernel.errors import DomainError, Invalid, NotYours
from vssid.web.ui import cookies
from vssid.web.ui.access import citizen, may, public


class Limited(DomainError):
    code = "limited"


class Unheard(DomainError):
    code = "nobody_registered_this"


RAISED = {
    "not-yours": NotYours(),
    "invalid": Invalid(name="bad"),
    "limited": Limited(retry_at=datetime(2026, 11, 22, 8, 5, tzinfo=UTC)),
    "unheard": Unheard(phone="0912345678"),
    "404": Http404("0912345678"),
    "bug": RuntimeError("0912345678"),
}


@public
def trouble(request, kind):
    raise RAISED[kind]


@public
def who(request):
    return HttpResponse(f"{request.actor.kind} {request.actor.id} {request.actor.office}")


@citizen
def mine(request):
    return cookies.keep_offline(HttpResponse("mine"))


@may(Right.SEE_FILES)
def desk(request):
    return HttpResponse("desk")


@may(Right.SEE_LOADS, change=Right.LOAD_FILES)
def files(request):
    return HttpResponse("files")


@public
def cached(request):
    return HttpResponse("x", headers={"Cache-Control": "public, max-age=60"})


@csrf_exempt
@public
def upload(request):
    kinds = ",".join(type(file).__name__ for file in request.FILES.values())
    return HttpResponse(f"{kinds} {sum(file.size for file in request.FILES.values())}")


@public
def form(request):
    return HttpResponse("sent")


@public
def personal(request):
    context = {"signed_in": True, "confirmed": datetime(2026, 11, 22, 7, 3, tzinfo=UTC)}
    return cookies.keep_offline(render(request, "ui/tests/personal.html", context))


VERSION = {"name": "a" * 12, "down": False}
"""The version that is deployed: its pages name files of its own; those of others are gone."""


@public
def versioned(request):
    if VERSION["down"]:
        return HttpResponse("busy", status=503)
    context = {
        "signed_in": True,
        "confirmed": datetime(2026, 11, 22, 7, 3, tzinfo=UTC),
        "look": f"/static/look.{VERSION['name']}",
    }
    return cookies.keep_offline(render(request, "ui/tests/versioned.html", context))


@public
def versioned_file(request, name, of, ending):
    if of != VERSION["name"]:
        raise Http404
    text = {
        "look.css": f'main {{ --of: "{of}"; }}',
        "look.js": f'import {{ say }} from "./deep.{of}.js"; say();',
        "deep.js": f'export function say() {{ document.documentElement.dataset.ran = "{of}"; }}',
    }[f"{name}.{ending}"]
    kind = {"css": "text/css", "js": "text/javascript"}[ending]
    return HttpResponse(
        text, content_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


@public
def signed_out(request):
    return cookies.wipe_offline(render(request, "ui/pwa/offline.html"))


def unmarked(request):
    return HttpResponse("secret")


urlpatterns = [
    path("", include("vssid.web.ui.urls")),
    path("loi/<slug:kind>", trouble, name="trouble"),
    path("", personal),
    path("the", personal),
    path("tro-giup/ngoai-tuyen", form),
    path("tra-cuu/da-luu/ngoai-tuyen", form),
    path("phien-ban", versioned),
    path("static/<slug:name>.<slug:of>.<slug:ending>", versioned_file),
    path("dang-nhap", signed_out),
    path("ai", who),
    path("cua-toi", mine),
    path("ban-lam-viec", desk),
    path("tep", files),
    path("nho", cached),
    path("tai-len", upload),
    path("gui", form),
    path("quen-danh-dau", unmarked),
    # Frames name pages of the doors.
    path("", include("vssid.web.public.urls")),
    path("", include("vssid.web.citizen.urls")),
    path("", include("vssid.web.officer.urls")),
]

handler400 = "vssid.web.ui.errors.bad_request"
handler403 = "vssid.web.ui.errors.forbidden"
handler404 = "vssid.web.ui.errors.not_found"
handler500 = "vssid.web.ui.errors.server_error"
