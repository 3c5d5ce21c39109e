"""The table of rights as a page, the choice of a post, and what each post is offered."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer_account, make_ready
from tests.page_text import text_of
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.posts.tests.test_posts import make_post
from vssid.domain.casework.models import Claim
from vssid.domain.offices.models import Office
from vssid.domain.offices.rights import SENTENCES, Role
from vssid.domain.registration.models import Application
from vssid.web.officer.tests.desk import browser_of, file_of

pytestmark = pytest.mark.django_db
PROVINCE = "03100"


def of_role(role: str, office: str = HONG_BANG) -> Client:
    """The browser of somebody with this post."""
    return browser_of(make_officer_account(role.replace("_", "."), office, role, role))


@pytest.fixture
def province() -> None:
    """An office of the province above that of Hồng Bàng."""
    make_office(PROVINCE, "BHXH thành phố (mẫu)")
    make_office(HONG_BANG)
    Office.objects.filter(code=HONG_BANG).update(parent_id=PROVINCE)


@pytest.mark.parametrize("role", list(Role))
def test_all_staff_read_the_whole_table(role: str) -> None:
    said = text_of(of_role(role).get("/can-bo/quyen-han").content)
    assert [str(words) for words in SENTENCES.values() if str(words) not in said] == []


@pytest.mark.parametrize(
    ("role", "start"),
    [
        ("reception", None),
        ("reviewer", None),
        ("collection_officer", None),
        ("support_agent", None),
        ("data_officer", None),
        ("administrator", None),
        ("director", None),
        ("auditor", None),
    ],
)
def test_each_post_starts_where_it_has_work_and_is_offered_what_it_may(role: str, start: str | None) -> None:
    client = of_role(role)
    answer = client.get("/can-bo")
    assert answer.headers.get("Location") == start
    page = client.get(start or "/can-bo").content.decode()
    offered = [line.split('"')[0] for line in page.split('<li><a href="')[1:]]
    console = [address for address in offered if address.startswith("/can-bo")]
    assert console
    assert [address for address in console if client.get(address).status_code != 200] == []


def test_another_post_is_one_tap_away() -> None:
    person_id = make_officer_account("minh")
    make_post(person_id, ELSEWHERE, "data_officer")
    client = browser_of(person_id)
    page = client.get("/can-bo").content.decode()
    assert page.count("Chuyển sang:") == 1
    other = Post.objects.get(role="data_officer").id
    assert client.post("/can-bo/vi-tri", {"vi-tri": other}).headers["Location"] == "/can-bo"
    other_page = client.get("/can-bo").content.decode()
    assert 'href="/can-bo/dich-vu"' in page
    assert 'href="/can-bo/dich-vu"' not in other_page
    assert f"BHXH {ELSEWHERE}" not in page
    assert ELSEWHERE in other_page


@pytest.mark.parametrize("typed", ["", "x", "0", "9" * 30, "²"])
def test_a_post_that_is_none_changes_nothing_and_says_so(typed: str) -> None:
    client = of_role("reviewer")
    place = client.post("/can-bo/vi-tri", {"vi-tri": typed}).headers["Location"]
    assert "đã kết thúc" in text_of(client.get(place).content)


def test_the_auditor_opens_a_file_without_taking_it_in_hand_and_finds_no_button() -> None:
    application_id = make_ready()
    client = of_role("auditor")
    page = client.get(file_of(application_id)).content.decode()
    assert "Bạn chỉ xem hồ sơ này" in page
    assert 'name="da-xem"' not in page
    assert not Claim.objects.exists()
    assert client.post(file_of(application_id, "duyet")).status_code == 403


def test_reception_checks_the_papers_and_leaves_the_decision_to_the_reviewer() -> None:
    application_id = make_ready()
    Application.objects.update(form_received_at=None, form_received_by="", state="submitted")
    client = of_role("reception")
    assert client.post(file_of(application_id, "nhan-to-khai")).status_code == 302
    assert Application.objects.get().state == "received"
    page = client.get(file_of(application_id)).content.decode()
    assert 'name="da-xem"' not in page
    assert "cán bộ xét duyệt của cơ quan sẽ quyết định" in page
    for act in ("duyet", "tu-choi", "gui-lai"):
        assert client.post(file_of(application_id, act)).status_code == 403
    assert Application.objects.get().state == "received"


def test_who_reviews_at_the_province_reads_a_file_below_and_does_not_decide_it(province: None) -> None:
    application_id = make_ready()
    client = of_role("reviewer", PROVINCE)
    assert "Bạn chỉ xem hồ sơ này" in client.get(file_of(application_id)).content.decode()
    assert client.get(file_of(application_id, "anh/front")).status_code == 200
    refused = client.post(file_of(application_id, "duyet"))
    assert refused.status_code == 403
    assert "Duyệt, từ chối hồ sơ đăng ký" in text_of(refused.content)
    assert not Claim.objects.exists()
    # Not the other way round, and not beside.
    for office in (ELSEWHERE, HONG_BANG):
        Application.objects.update(office_id=PROVINCE)
        below = browser_of(make_officer_account(f"a{office}", office))
        assert below.get(file_of(application_id)).status_code == 404


def test_staff_whose_posts_are_all_over_read_why_they_do_not_get_in() -> None:
    client = of_role("reviewer")
    Post.objects.update(until_on=Post.objects.get().from_on)
    place = client.get("/can-bo").headers["Location"]
    assert place.startswith("/can-bo/dang-nhap")
    assert "không có vị trí công tác nào còn hiệu lực" in text_of(client.get(place).content)
