"""/robots.txt and /sitemap.xml: what search engines may know of, the pages of places among it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vssid.domain.directory import queries
from vssid.domain.directory.kinds import KINDS
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.words.place_words import place_address

# As one file may hold (sitemaps.org): fifty thousand; ours are shorter.
AT_ONCE = 20_000
PAGES = (
    *("start", "services", "look_ups", "help", "guides", "install"),
    *("employers", "check", "privacy", "offices", "facilities", "points"),
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@public
@require_safe
def robots(request: VisitRequest) -> HttpResponse:
    """GET /robots.txt: personal pages need a session anyway."""
    lines = (
        "User-agent: *",
        f"Disallow: {reverse('officer:today')}",
        f"Disallow: {reverse('public:start')}/",
        f"Sitemap: {_at(request)}{reverse('public:sitemap')}",
    )
    return _kept(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


@public
@require_safe
def whole(request: VisitRequest) -> HttpResponse:
    """GET /sitemap.xml: the list of lists."""
    names = ["trang"]
    for kind in KINDS:
        count = queries.count(kind)
        names += [f"{kind}-{number}" for number in range(1, -(-count // AT_ONCE) + 1)]
    paths = [reverse("public:sitemap_part", args=[name]) for name in names]
    parts = "".join(f"<sitemap><loc>{_at(request)}{path}</loc></sitemap>\n" for path in paths)
    return _xml(f"<sitemapindex {SPACE}>\n{parts}</sitemapindex>\n")


@public
@require_safe
def part(request: VisitRequest, name: str) -> HttpResponse:
    """GET /sitemap/<name>.xml: addresses."""
    paths = [reverse(f"public:{page}") for page in PAGES] if name == "trang" else _paths(name)
    urls = "".join(f"<url><loc>{_at(request)}{path}</loc></url>\n" for path in paths)
    return _xml(f"<urlset {SPACE}>\n{urls}</urlset>\n")


def _paths(name: str) -> list[str]:
    kind, _, number = name.partition("-")
    if kind not in KINDS or not (number.isascii() and number.isdigit() and 0 < int(number) < 1000):
        raise Http404
    codes = queries.codes(kind, AT_ONCE, (int(number) - 1) * AT_ONCE)
    if not codes:
        raise Http404
    return [place_address(kind, code) for code in codes]


def _at(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _xml(body: str) -> HttpResponse:
    return _kept(HttpResponse(HEAD + body, content_type="application/xml; charset=utf-8"))


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=3600"
    return response
