"""Whole pages: nothing inline, nothing foreign, an app that installs and works without a network."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from vssid.web.ui.tests.conftest import LAN

from .. import cookies
from ..pages import gallery
from ..pwa import views

STATIC = Path(gallery.__file__).parents[1] / "static" / "ui"
PAGES = [
    "/demo/giao-dien",
    "/ngoai-tuyen",
    *(f"/demo/giao-dien/{name}" for name in [*gallery.FRAMES, *gallery.ERRORS]),
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_nothing_inline_and_nothing_foreign(site, address):
    page = site.get(address).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)
    assert "<style" not in page
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_main_one_h1_and_unique_ids(site, address):
    page = site.get(address).content.decode()
    assert page.count("<main ") == page.count("<h1") == 1
    assert page.count('<a class="skip" href="#noi-dung">') == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert "{{" not in page
    assert "{%" not in page


def test_the_gallery_exists_in_the_demo_only(site, settings):
    settings.DEMO = False
    assert site.get("/demo/giao-dien").status_code == 404


def test_the_first_visit_is_light():
    of_the_desk = {"desk.css", "thread.css", "copied.css"}  # the last of a copy
    sheets = sum(_wire(path) for path in STATIC.glob("*.css") if path.name not in of_the_desk)
    # Of the desk, after a tap, of pages with passkeys and of those where work goes on alone.
    later = {"desk.js", "idle.js", "push.js", "passkey.js", "progress.js"}
    scripts = sum(_wire(path) for path in (STATIC / "js").glob("*.js") if path.name not in later)
    assert sheets < 10_500
    assert sheets + scripts < 19_500


def _wire(path: Path) -> int:
    """Its size as the server sends it; short lines cost nothing there."""
    return len(gzip.compress(path.read_bytes(), 9))


def test_colours_and_sizes_live_in_the_tokens_only():
    light = STATIC.joinpath("tokens.css").read_text()
    used = set(re.findall(r"var\((--[\w-]+)", "".join(path.read_text() for path in STATIC.glob("*.css"))))
    assert used <= set(re.findall(r"(--[\w-]+):", light))


def test_light_and_dark_name_the_same_dark_tokens():
    sheet = STATIC.joinpath("tokens.css").read_text()
    by_device, by_choice = re.findall(r"color-scheme: dark;(.*?)}", sheet, flags=re.S)
    assert by_device.split() == by_choice.split()


def test_the_app_can_be_installed(site):
    answer = site.get("/manifest.webmanifest")
    manifest = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["display"], manifest["short_name"]) == (
        "/",
        "standalone",
        "BHXH của tôi",
    )
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert STATIC.parent.joinpath(icon["src"].removeprefix("/static/")).is_file()


def test_the_worker_serves_the_whole_site_and_is_never_stale(site):
    answer = site.get("/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    assert '"/ngoai-tuyen"' in answer.content.decode()
    assert "&quot;" not in answer.content.decode()


def test_the_worker_is_the_same_whoever_asks_for_it_first(site):
    sources = set()
    for language in ("vi", "en"):
        views._worker_source.cache_clear()
        site.cookies[cookies.LANGUAGE] = language
        sources.add(site.get("/sw.js").content)
    views._worker_source.cache_clear()
    assert len(sources) == 1


def test_the_shell_holds_what_a_page_loads(site):
    page = site.get("/demo/giao-dien/card").content.decode()
    loaded = set(
        re.findall(r'(?:<link rel="stylesheet" href|<script type="module" src)="/static/([^"]+)"', page)
    )
    assert loaded <= set(views.SHELL)


def test_the_offline_page_knows_nobody(signed_in, site):
    before = site.get("/ngoai-tuyen").content
    assert signed_in(LAN).get("/ngoai-tuyen").content == before


def test_only_a_signed_in_page_asks_to_be_stored(site, signed_in):
    assert b"data-warm" not in site.get("/demo/giao-dien/app").content
    page = signed_in(LAN).get("/demo/giao-dien/app").content.decode()
    kept = "/ /the /the/ma /qua-trinh /qua-trinh/bhtn /qua-trinh/bhyt /thong-tin-huong /so-kham-chua-benh"
    assert f'data-warm="{kept}"' in page
