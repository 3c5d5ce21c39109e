"""Who decided a file with a known answer is told at once; the director reads accuracy, nobody else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer_account
from tests.making.trials import LESSON, OPEN, make_case, make_result, make_trial
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.casework.models import Claim
from vssid.domain.registration.models import Application, TrialResult
from vssid.web.officer.tests.desk import browser_of, file_of, hanh, minh, ngoc, press_approve

pytestmark = pytest.mark.django_db
MORNING = OPEN - timedelta(days=1)  # of the Wednesday on which the tests of the console happen


def director(office: str = HONG_BANG) -> Client:
    return browser_of(make_officer_account("son", office, "Sơn", role="director"))


def said(client: Client, address: str) -> str:
    return text_of(client.get(address).content)


def test_the_officer_decides_on_the_usual_page_and_is_told_what_was_to_see() -> None:
    client, trial = minh(), make_trial(now=MORNING)
    page = said(client, file_of(trial))
    assert "đáp án" not in page
    assert "trial" not in client.get(file_of(trial)).content.decode()
    answer = press_approve(client, file_of(trial, "duyet"))
    assert answer.status_code == 302
    answer = client.get(answer.headers["Location"], follow=True)
    assert answer.redirect_chain[-1][0] == reverse("officer:known_answer", args=[trial])
    told = text_of(answer.content)
    assert "Duyệt nhầm" in told
    assert LESSON in told
    assert "Ngày sinh trên tờ khai khác dữ liệu BHXH" in told
    assert "Họ tên, ngày sinh hoặc số giấy tờ khác dữ liệu BHXH" in told
    assert not Account.objects.filter(kind="citizen").exists()


def test_pressed_once_more_after_a_lost_answer_the_result_is_shown_and_counts_once() -> None:
    client, trial = minh(), make_trial(now=MORNING)
    refusal = {"reasons": ["identity_differs"], "text": "Ngày sinh khác."}
    for _press in range(2):
        answer = client.post(file_of(trial, "tu-choi"), refusal, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("officer:known_answer", args=[trial])
        assert "Đúng" in text_of(answer.content)
    assert TrialResult.objects.count() == 1
    assert not Claim.objects.exists()


def test_a_colleague_who_comes_second_is_told_that_nothing_was_written() -> None:
    client, colleague, trial = minh(), ngoc(), make_trial(now=MORNING)
    client.post(file_of(trial, "tu-choi"), {"reasons": ["identity_differs"], "text": "Khác."})
    answer = press_approve(colleague, file_of(trial, "duyet"))
    told = said(colleague, answer.headers["Location"])
    assert "Thao tác vừa rồi không được ghi" in told
    assert LESSON not in told
    assert "Đúng" not in told


def test_another_office_finds_neither_the_file_nor_its_result() -> None:
    client, elsewhere, trial = minh(), hanh(), make_trial(now=MORNING)
    assert elsewhere.get(file_of(trial)).status_code == 404
    client.post(file_of(trial, "tu-choi"), {"reasons": ["identity_differs"], "text": "Khác."})
    assert elsewhere.get(file_of(trial)).status_code == 404
    assert elsewhere.get(reverse("officer:known_answer", args=[trial])).status_code == 404


def test_a_real_file_has_no_such_page() -> None:
    assert minh().get(reverse("officer:known_answer", args=[12])).status_code == 404


def test_the_lists_show_it_as_any_other_file() -> None:
    client, trial = minh(), make_trial(now=MORNING)
    number = Application.with_trials.get(id=trial).number
    assert number in said(client, reverse("officer:queue"))
    assert f"/can-bo/ho-so/{trial}" in client.post(reverse("officer:find"), {"q": number}).headers["Location"]
    assert client.post(reverse("officer:next_file", args=["ho-so"])).headers["Location"] == file_of(trial)
    assert Claim.objects.get().file_id == trial
    assert number in said(client, reverse("officer:today"))


def test_the_director_reads_how_many_were_right_with_what_chance_explains() -> None:
    make_office()
    for at, outcome in enumerate(("right", "right", "wrongly_approved", "other_reason")):
        make_result(900, at, outcome)
    make_result(0, 9, "not_met", officer_name="", given="")
    make_case()
    client = director()
    page = said(client, reverse("officer:quality"))
    assert "2/4 (11–89 %)" in page
    assert "50 %" not in page
    assert "chưa ai quyết định: BHXH quận Hồng Bàng (mẫu) (1)" in page
    assert "tỷ lệ đưa vào hàng chờ đang đặt là 0" in page
    behind = reverse("officer:accuracy", args=[900, HONG_BANG])
    assert "00002/2026/03101" in said(client, f"{behind}?ket-qua=wrongly_approved")
    assert "00001/2026/03101" not in said(client, f"{behind}?ket-qua=wrongly_approved")
    whole = said(client, f"{behind}?ket-qua=x")
    assert all(f"{at:05d}/2026/03101" in whole for at in range(4))
    assert "1:23" not in whole  # how long it took is for the officer alone


def test_without_cases_the_page_says_so() -> None:
    make_office()
    assert "Chưa có mẫu hồ sơ nào được nạp" in said(director(), reverse("officer:quality"))


def test_where_a_scan_is_demanded_the_page_says_that_none_is_laid(settings: Any) -> None:
    settings.SIGNED_FORM_REQUIRED, settings.KNOWN_ANSWER_SHARE = True, 5
    make_office()
    make_case()
    assert "Hệ thống buộc có bản quét tờ khai đã ký" in said(director(), reverse("officer:quality"))


def test_a_director_elsewhere_sees_none_of_it() -> None:
    make_office()
    make_result(900, 1)
    make_office(ELSEWHERE)
    client = director(ELSEWHERE)
    assert "1/1 (" not in said(client, reverse("officer:quality"))
    assert client.get(reverse("officer:accuracy", args=[900, HONG_BANG])).status_code == 404


def test_an_officer_reads_the_own_results_and_no_colleagues() -> None:
    make_office()
    person = make_officer_account("minh", HONG_BANG, "Minh")
    make_result(person, 1)
    make_result(person, 2, "wrongly_refused", expected="approve", reasons=[])
    make_result(person + 1, 3)
    client = browser_of(person)
    page = said(client, reverse("officer:own_results"))
    assert "1/2" in page
    assert "xem trong 1:23" in page
    assert "00003/2026" not in page
    assert client.get(reverse("officer:accuracy", args=[person, HONG_BANG])).status_code == 403
    assert client.get(reverse("officer:quality")).status_code == 403


def test_who_decides_nothing_has_no_own_results() -> None:
    make_office()
    mai = browser_of(make_officer_account("mai", HONG_BANG, "Mai", role="reception"))
    assert mai.get(reverse("officer:own_results")).status_code == 403
    assert "Bạn chưa gặp hồ sơ nào" in said(minh(), reverse("officer:own_results"))
