"""Headers, language, session cookie and the request log."""

from __future__ import annotations

import pytest
from django.conf import settings
from structlog.testing import capture_logs

from vssid.web.ui import cookies
from vssid.web.ui.tests.conftest import LAN


def test_pages_are_kept_by_no_cache_and_use_only_the_camera(site):
    answer = site.get("/ai")
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Permissions-Policy"].startswith("camera=(self), geolocation=(), microphone=()")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_view_may_set_its_own_caching(site):
    assert site.get("/nho")["Cache-Control"] == "public, max-age=60"


def test_the_content_security_policy_allows_nothing_inline(site):
    policy = site.get("/ai")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_the_page_is_vietnamese_whatever_the_browser_prefers(site):
    answer = site.get("/ngoai-tuyen", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "vi"


def test_english_is_a_choice(site):
    site.cookies[cookies.LANGUAGE] = "en"
    assert site.get("/ai")["Content-Language"] == "en"


def test_an_odd_language_is_vietnamese(site):
    site.cookies[cookies.LANGUAGE] = "de"
    assert site.get("/ai")["Content-Language"] == "vi"


def test_the_log_names_the_route_and_never_the_path(site):
    with capture_logs() as lines:
        answer = site.get("/loi/not-yours?sdt=0912345678")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["route"], line["status"], line["method"]) == ("trouble", 404, "GET")
    assert "0912345678" not in str(lines)
    assert len(answer["X-Request-ID"]) == 32


def test_a_request_id_is_believed_only_from_a_trusted_proxy(site, settings):
    given = {"X-Request-ID": "from-the-proxy-1"}
    assert site.get("/ai", headers=given)["X-Request-ID"] != "from-the-proxy-1"
    settings.TRUSTED_PROXIES = 1
    assert site.get("/ai", headers=given)["X-Request-ID"] == "from-the-proxy-1"
    assert site.get("/ai", headers={"X-Request-ID": "a b\n"})["X-Request-ID"] != "a b\n"


def test_a_rotated_session_gets_its_new_cookie(signed_in):
    answer = signed_in(LAN, fresh_token="7.x.new").get("/ai")
    cookie = answer.cookies[cookies.SESSION]
    assert cookie.value == "7.x.new"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_an_unknown_token_is_a_stranger(lan):
    lan.cookies[cookies.SESSION] = "bad"
    assert lan.get("/cua-toi").status_code == 302


@pytest.mark.parametrize(("theme", "kept"), [("dark", "dark"), ("light", "light"), ("auto", ""), ("<b>", "")])
def test_the_theme_is_chosen_without_a_script(site, theme, kept):
    answer = site.post("/giao-dien", {"theme": theme, "tiep": "/the"})
    assert answer["Location"] == "/the"
    assert answer.cookies[cookies.THEME].value == kept


def test_the_chosen_theme_is_on_the_page(site):
    site.cookies[cookies.THEME] = "dark"
    assert '<html lang="vi" data-theme="dark">' in site.get("/demo/giao-dien").content.decode()


def test_the_language_is_chosen_and_never_leads_away(site):
    answer = site.post("/ngon-ngu", {"lang": "en", "tiep": "//evil.vn"})
    assert answer["Location"] == "/"
    assert answer.cookies[cookies.LANGUAGE].value == "en"


def test_a_choice_is_not_made_by_a_link(site):
    assert site.get("/giao-dien?theme=dark").status_code == 405


@pytest.mark.parametrize(("size", "kept"), [("largest", "largest"), ("usual", ""), ("9000px", "")])
def test_the_text_size_is_kept_in_a_cookie_when_it_is_one_of_the_steps(site, size, kept):
    answer = site.post("/co-chu", {"size": size, "tiep": "/the"})
    assert (answer.status_code, answer["Location"]) == (302, "/the")
    assert answer.cookies[cookies.SIZE].value == kept
    assert ('data-size="largest"' in site.get("/demo/giao-dien").content.decode()) is bool(kept)


def test_a_forged_text_size_changes_nothing(site):
    site.cookies[cookies.SIZE] = '"><script>'
    assert '<html lang="vi">' in site.get("/demo/giao-dien").content.decode()


def test_a_session_that_is_over_makes_any_page_order_the_device_to_forget(site):
    assert "X-Offline" not in site.get("/ai").headers
    site.cookies[cookies.SESSION] = "1.mot-phien-da-het"
    assert site.get("/ai")["X-Offline"] == "wipe"


@pytest.mark.parametrize("path", ["/", "/khong-co", "/dang-nhap", "/sw.js"])
def test_every_answer_of_ours_says_so(client, path):
    assert client.get(path)["X-Served-By"] == "vssid"


@pytest.mark.parametrize(("headers", "given"), [({}, True), ({"x-to-store": "1"}, False)])
def test_a_page_fetched_only_to_be_stored_replaces_no_form_token(client, headers, given):
    answer = client.get("/dang-nhap", headers=headers)
    assert "csrfmiddlewaretoken" in answer.text
    assert (settings.CSRF_COOKIE_NAME in answer.cookies) is given
