"""Views are closed until they say who may open them."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import resolve

from vssid.domain.accounts.sign_in.sessions import PostView
from vssid.web.ui.access import local_path
from vssid.web.ui.tests.conftest import LAN, MINH


def test_a_view_without_a_mark_is_refused(site):
    answer = site.get("/quen-danh-dau")
    assert answer.status_code == 403
    assert b"secret" not in answer.content


def test_a_stranger_is_sent_to_sign_in_and_back(site):
    answer = site.get("/cua-toi?tab=bhyt")
    assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap?tiep=%2Fcua-toi%3Ftab%3Dbhyt")


def test_a_form_sent_by_a_stranger_does_not_come_back_to_itself(site):
    assert site.post("/cua-toi")["Location"] == "/dang-nhap"


def test_a_citizen_opens_an_own_page(lan):
    assert lan.get("/cua-toi").content == b"mine"


def test_a_citizen_without_an_own_password_opens_nothing(signed_in):
    assert signed_in(LAN, must_set_password=True).get("/cua-toi").status_code == 302


def test_a_citizen_does_not_enter_the_desk(lan):
    assert lan.get("/ban-lam-viec")["Location"].startswith("/can-bo/dang-nhap")


def test_an_officer_enters_the_desk_but_no_citizen_page(minh):
    assert minh.get("/ban-lam-viec").content == b"desk"
    assert minh.get("/cua-toi").status_code == 302


def test_staff_without_a_post_is_turned_away(signed_in):
    assert signed_in(MINH).get("/ban-lam-viec").status_code == 302


def test_the_actor_carries_person_and_office(site, signed_in, minh):
    assert minh.get("/ai").content == b"officer 9 00311"


def test_a_stranger_is_an_actor_without_id(site):
    assert site.get("/ai").content == b"person None "


@pytest.mark.parametrize(
    "path", ["//evil.vn/", "https://evil.vn/", "/\\evil.vn", "javascript:alert(1)", "the", "", None]
)
def test_only_paths_of_this_site_follow_a_redirect(path):
    assert local_path(RequestFactory().get("/"), path, "/x") == "/x"


def test_a_path_of_this_site_follows_a_redirect():
    assert local_path(RequestFactory().get("/"), "/qua-trinh?loai=bhyt") == "/qua-trinh?loai=bhyt"


def test_the_mark_stays_readable():
    assert getattr(resolve("/ai", "vssid.web.ui.tests.urls").func, "access", None) == "public"


def test_a_post_without_the_right_reads_which_one_it_lacks(signed_in, minh):
    answer = minh.get("/tep")
    assert answer.status_code == 403
    assert "Xem các tệp dữ liệu đã nạp và kết quả" in answer.content.decode()
    data = PostView("00311", "data_officer")
    assert signed_in(MINH, post=data).get("/tep").content == b"files"
    assert signed_in(MINH, post=data, must_set_password=True).get("/tep").status_code == 302


def test_who_only_reads_sends_no_form(signed_in):
    site = signed_in(MINH, post=PostView("00311", "auditor"))
    assert site.get("/tep").content == b"files"
    refused = site.post("/tep")
    assert (refused.status_code, "Nạp, hủy, hoàn tác tệp dữ liệu" in refused.content.decode()) == (403, True)


def test_a_role_that_is_not_known_opens_nothing(signed_in):
    assert signed_in(MINH, post=PostView("00311", "boss")).get("/tep").status_code == 403


def test_a_stranger_and_a_citizen_are_sent_to_sign_in_where_files_are_loaded(site, lan):
    assert lan.get("/tep")["Location"] == "/can-bo/dang-nhap?tiep=%2Ftep"
