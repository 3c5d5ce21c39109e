"""The pages of an administrator: who is there, a new member, posts, absences; and what is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    LAN,
    make_office,
    make_officer_account,
    make_person,
    make_ready,
)
from tests.making.staff import SIGN_IN
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.models.staff import Absence, Post, StaffPerson
from vssid.domain.accounts.posts.tests.test_posts import make_post
from vssid.domain.audit.models import Event
from vssid.domain.casework.models import Claim
from vssid.domain.offices.models import Office
from vssid.kernel.calendar import local_day
from vssid.web.officer.tests.desk import browser_of, file_of

pytestmark = pytest.mark.django_db
PROVINCE, PAGE = "03100", "/can-bo/nhan-su"
NEW = {"name": "Trần Văn An", "username": "an.tran", "office": HONG_BANG, "role": "reviewer"}


@pytest.fixture(autouse=True)
def tree() -> None:
    """A province with one office below it, and one elsewhere."""
    make_office(PROVINCE, "BHXH thành phố (mẫu)")
    make_office(HONG_BANG)
    make_office(ELSEWHERE, "BHXH nơi khác (mẫu)")
    Office.objects.filter(code=HONG_BANG).update(parent_id=PROVINCE)


def admin(office: str = PROVINCE, username: str = "hung") -> Client:
    return browser_of(make_officer_account(username, office, "Hùng", "administrator"))


def day(offset: int) -> str:
    return f"{local_day(timezone.now()) + timedelta(days=offset):%d/%m/%Y}"


def at(person_id: int, rest: str = "") -> str:
    return f"{PAGE}/{person_id}{rest}"


def said(answer: Any) -> str:
    return text_of(answer.content)


def test_an_administrator_makes_a_member_who_gets_in_with_the_code_shown_once() -> None:
    client = admin()
    page = client.post(f"{PAGE}/moi", NEW)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store, private")
    codes = re.findall(r"<strong>([0-9A-Z]{5}-[0-9A-Z]{5})</strong>", page.content.decode())
    assert len(codes) == 1
    member = Account.objects.get(login="an.tran")
    row = Post.objects.get(account=member)
    assert (row.office_id, row.role, row.from_on, row.until_on) == (
        HONG_BANG, "reviewer", local_day(timezone.now()), None,
    )  # fmt: skip
    assert codes[0] not in client.get(at(member.person_id)).content.decode()
    in_log = list(Event.objects.values_list("facts", flat=True))
    assert codes[0] not in str(in_log)
    entered = Client().post(SIGN_IN, {"username": "an.tran", "password": codes[0]})
    assert entered.status_code == 302


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Hãy nhập họ và tên"),
        ({"username": "31990"}, "Tên đăng nhập gồm"),
        ({"username": "hung"}, "đã có người dùng"),
        ({"role": "boss"}, "Hãy chọn vai trò"),
        ({"office": ELSEWHERE}, "Hãy chọn cơ quan"),
        ({"from_on": "31/02/2026"}, "Ngày chưa đúng"),
        ({"from_on": "01/01/2020"}, "không được trước hôm nay"),
        ({"until_on": "01/01/2020"}, "Ngày cuối phải từ"),
        ({"bhxh_code": "12"}, "10 hoặc 12 chữ số"),
        ({"bhxh_code": "0999999999"}, "Không có mã số này"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    change: dict[str, str], says: str
) -> None:
    client, before = admin(), Account.objects.count()
    answer = client.post(f"{PAGE}/moi", {**NEW, **change})
    assert answer.status_code == 422
    assert says in said(answer)
    kept = {**NEW, **change}
    for name in ("name", "username", "from_on", "until_on", "bhxh_code"):
        if kept.get(name):
            assert f'value="{kept[name]}"' in answer.content.decode(), name
    assert Account.objects.count() == before + (Account.objects.filter(login="hung").count() - 1)


@pytest.mark.parametrize(
    ("office", "sees"),
    [(PROVINCE, {"minh", "hanh.hb"}), (HONG_BANG, {"hanh.hb"}), (ELSEWHERE, {"xa"})],
)
def test_an_administrator_sees_the_staff_in_reach_and_nobody_else(office: str, sees: set[str]) -> None:
    people = {
        "minh": make_officer_account("minh", PROVINCE, "Minh"),
        "hanh.hb": make_officer_account("hanh.hb", HONG_BANG, "Hạnh"),
        "xa": make_officer_account("xa", ELSEWHERE, "Xa"),
    }
    client = admin(office)
    page = client.get(PAGE).content.decode()
    assert {name for name, person_id in people.items() if f'href="{at(person_id)}"' in page} == sees
    for name, person_id in people.items():
        expected = 200 if name in sees else 404
        assert client.get(at(person_id)).status_code == expected
        for rest in ("/vi-tri", "/vang-mat", "/ket-thuc", "/ma-so"):
            assert client.get(at(person_id, rest)).status_code == expected, rest


def test_the_list_is_narrowed_by_office_and_name() -> None:
    make_officer_account("minh", PROVINCE, "Trần Minh")
    make_officer_account("hanh.hb", HONG_BANG, "Lê Hạnh")
    client = admin()
    assert "Trần Minh" not in said(client.get(f"{PAGE}?co-quan={HONG_BANG}"))
    assert "Trần Minh" in said(client.get(f"{PAGE}?q=trần"))
    assert "Lê Hạnh" not in said(client.get(f"{PAGE}?q=trần"))
    assert "Không có ai như vậy" in said(client.get(f"{PAGE}?q=xyz"))


def test_nobody_gives_a_post_beyond_the_own_reach_or_to_themselves() -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin(HONG_BANG)
    asked = {"office": PROVINCE, "role": "reviewer"}
    answer = client.post(at(member, "/vi-tri"), asked)
    assert (answer.status_code, "Hãy chọn cơ quan" in said(answer)) == (422, True)
    own = Account.objects.get(login="hung").person_id
    answer = client.post(at(own, "/vi-tri"), {"office": HONG_BANG, "role": "reviewer"})
    assert (answer.status_code, "không tự giao vị trí" in said(answer)) == (422, True)
    assert Post.objects.count() == 2


def test_a_post_is_given_once_and_ended_with_a_reason_and_its_files_go_back() -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin()
    asked = {"office": HONG_BANG, "role": "data_officer", "from_on": day(1), "until_on": day(9)}
    assert client.post(at(member, "/vi-tri"), asked).status_code == 302
    again = client.post(at(member, "/vi-tri"), asked)
    assert (again.status_code, "đã có vai trò này" in said(again)) == (422, True)
    application_id, browser = make_ready(), browser_of(member)
    assert browser.get(file_of(application_id)).status_code == 200
    assert Claim.objects.count() == 1
    post_id = Post.objects.get(role="reviewer").id
    page = client.post(at(member, f"/vi-tri/{post_id}/ket-thuc"), {"why": " "})
    assert (page.status_code, "Hãy ghi lý do" in said(page)) == (422, True)
    done = client.post(at(member, f"/vi-tri/{post_id}/ket-thuc"), {"why": "Chuyển công tác"})
    assert "trở lại danh sách chờ" in said(client.get(done.headers["Location"]))
    row = Post.objects.get(id=post_id)
    assert (row.ended_why, row.ended_by) == ("Chuyển công tác", Account.objects.get(login="hung").person_id)
    assert not Claim.objects.exists()
    assert browser.get("/can-bo").status_code == 302
    assert not Session.objects.filter(person_id=member).exists()
    twice = client.post(at(member, f"/vi-tri/{post_id}/ket-thuc"), {"why": "x"})
    assert (twice.status_code, "đã được làm trước đó" in said(twice)) == (422, True)
    kinds = Event.objects.filter(subject_id=member, kind__startswith="staff.post").values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["staff.post_ended", "staff.post_given"]


def test_who_still_has_another_post_stays_signed_in_and_acts_in_that() -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin()
    make_post(member, HONG_BANG, "data_officer")
    browser = browser_of(member)
    first = Post.objects.get(role="reviewer").id
    client.post(at(member, f"/vi-tri/{first}/ket-thuc"), {"why": "x"})
    assert browser.get("/can-bo/dich-vu").status_code == 403
    assert browser.get("/can-bo/nhap-lieu").status_code == 200


def test_a_member_ends_with_all_posts_and_sessions_at_once() -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin()
    make_post(member, PROVINCE, "director")
    browser = browser_of(member)
    assert client.post(at(member, "/ket-thuc"), {"why": "Nghỉ việc"}).status_code == 302
    assert not Post.objects.filter(account_id=member, ended_at=None).exists()
    assert not Session.objects.filter(person_id=member).exists()
    assert browser.get("/can-bo").headers["Location"].startswith(SIGN_IN)
    assert "Nghỉ việc" in said(client.get(at(member)))
    assert "Minh" in said(client.get(f"{PAGE}?xem=da-het"))


def test_posts_beyond_the_reach_are_not_ended_with_the_member() -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin(HONG_BANG)
    make_post(member, ELSEWHERE, "director")
    answer = client.post(at(member, "/ket-thuc"), {"why": "x"})
    assert (answer.status_code, ELSEWHERE in said(answer)) == (422, True)
    foreign = Post.objects.get(office=ELSEWHERE).id
    refused = client.post(at(member, f"/vi-tri/{foreign}/ket-thuc"), {"why": "x"})
    assert "ngoài phạm vi" in said(refused)
    assert not Post.objects.filter(ended_at__isnull=False).exists()


def test_nobody_ends_the_own_last_post_as_administrator() -> None:
    client = admin(HONG_BANG)
    admin(PROVINCE, "top")
    own = Account.objects.get(login="hung").person_id
    post_id = Post.objects.get(account_id=own).id
    for rest in (f"/vi-tri/{post_id}/ket-thuc", "/ket-thuc"):
        answer = client.post(at(own, rest), {"why": "x"})
        assert (answer.status_code, "không tự kết thúc" in said(answer)) == (422, True)
    assert not Post.objects.filter(ended_at__isnull=False).exists()


def test_the_last_administrator_at_the_head_stays_whoever_ends_it() -> None:
    Office.objects.filter(code=ELSEWHERE).update(parent_id=PROVINCE)
    first, second = admin(), admin(PROVINCE, "lien")
    one, two = (Account.objects.get(login=name).person_id for name in ("hung", "lien"))
    first_post, second_post = (Post.objects.get(account_id=who).id for who in (one, two))
    assert first.post(at(two, f"/vi-tri/{second_post}/ket-thuc"), {"why": "x"}).status_code == 302
    # A deputy is no one who stays.
    make_post(two, PROVINCE, "administrator", until_on=date(2099, 1, 1), deputises_for_id=first_post)
    deputy = browser_of(two)
    answer = deputy.post(at(one, f"/vi-tri/{first_post}/ket-thuc"), {"why": "x"})
    assert (answer.status_code, "người quản trị cuối cùng" in said(answer)) == (422, True)
    assert second.get(PAGE).status_code == 302
    assert Post.objects.get(id=first_post).ended_at is None


def test_while_one_is_away_who_deputises_has_the_post_and_the_files_in_hand_go_back() -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin()
    deputy = make_officer_account("thu", ELSEWHERE, "Thu")
    application_id = make_ready()
    browser_of(member).get(file_of(application_id))
    answer = client.post(at(member, "/vang-mat"), {"until_on": day(3), "deputy": "THU "})
    assert answer.status_code == 302
    assert not Claim.objects.exists()
    made = Post.objects.get(account_id=deputy, office=HONG_BANG)
    assert (made.role, made.deputises_for_id) == ("reviewer", Post.objects.get(account_id=member).id)
    assert (made.from_on, made.until_on) == (
        local_day(timezone.now()),
        local_day(timezone.now()) + timedelta(3),
    )
    page = said(client.get(at(member)))
    assert "người làm thay: Thu" in page
    assert "làm thay Minh" in said(client.get(at(deputy)))
    standing_in = browser_of(deputy)
    assert "làm thay Minh" in standing_in.get("/can-bo").content.decode()
    standing_in.post("/can-bo/vi-tri", {"vi-tri": made.id})
    assert standing_in.get(file_of(application_id)).status_code == 200
    absence_id = Absence.objects.get().id
    back = client.post(at(member, f"/vang-mat/{absence_id}/ket-thuc"))
    assert "Đã ghi trở lại" in said(client.get(back.headers["Location"]))
    assert standing_in.get(file_of(application_id)).status_code == 404
    assert client.post(at(member, f"/vang-mat/{absence_id}/ket-thuc")).status_code == 302


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"until_on": ""}, "Hãy nhập ngày"),
        ({"until_on": "-1"}, "Ngày cuối"),
        ({"until_on": "3", "deputy": "khong.co"}, "Không có cán bộ nào"),
        ({"until_on": "3", "deputy": "minh"}, "phải là người khác"),
        ({"until_on": "3", "deputy": "vang"}, "cũng vắng mặt"),
        ({"from_on": "3", "until_on": "5"}, "trùng những ngày này"),
        ({"until_on": "1", "deputy": "hung"}, "không tự giao vị trí"),
    ],
)
def test_an_absence_that_cannot_be_is_said_and_nothing_is_kept(typed: dict[str, str], says: str) -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin()
    away = make_officer_account("vang", HONG_BANG, "Vắng")
    today = local_day(timezone.now())
    for who in (away, member):
        begins = today + timedelta(4 if who == member else 0)
        Absence.objects.create(account_id=who, from_on=begins, until_on=begins + timedelta(9))
    days = {name: day(int(value)) for name, value in typed.items() if name != "deputy" and value}
    answer = client.post(at(member, "/vang-mat"), {**typed, **days})
    assert (answer.status_code, says in said(answer)) == (422, True)
    assert (Absence.objects.count(), Post.objects.filter(deputises_for__isnull=False).count()) == (2, 0)


def test_a_deputy_for_one_post_is_named_with_days_and_goes_with_the_post() -> None:
    member, client = make_officer_account("minh", HONG_BANG), admin()
    make_officer_account("thu", ELSEWHERE, "Thu")
    post_id = Post.objects.get(account_id=member).id
    asked = {"deputy": "thu", "from_on": day(1), "until_on": day(5)}
    assert client.post(at(member, f"/vi-tri/{post_id}/lam-thay"), asked).status_code == 302
    made = Post.objects.get(deputises_for=post_id)
    assert made.from_on == local_day(timezone.now()) + timedelta(1)
    client.post(at(member, f"/vi-tri/{post_id}/ket-thuc"), {"why": "Chuyển"})
    made.refresh_from_db()
    assert made.ended_at is not None


def test_who_the_member_is_in_the_register_is_kept_and_not_shown() -> None:
    person_id, client = make_person(), admin()
    client.post(f"{PAGE}/moi", {**NEW, "bhxh_code": "0000 000 001"})
    member = Account.objects.get(login="an.tran").person_id
    assert StaffPerson.objects.get().person_id == person_id
    assert LAN.bhxh_code not in client.get(at(member)).content.decode()
    other = make_person(LAN, bhxh_code="0000000007", id_number="031190000077")
    assert client.post(at(member, "/ma-so"), {"bhxh_code": "0000000007"}).status_code == 302
    assert StaffPerson.objects.get().person_id == other


def test_director_and_auditor_read_and_change_nothing() -> None:
    member = make_officer_account("minh", HONG_BANG)
    for role in ("director", "auditor"):
        client = browser_of(make_officer_account(role, PROVINCE, role, role))
        page = client.get(at(member)).content.decode()
        assert "Giao thêm vị trí" not in page
        assert "Kết thúc mọi vị trí" not in page
        assert client.post(at(member, "/ket-thuc"), {"why": "x"}).status_code == 403
        assert client.get(f"{PAGE}/moi").status_code == 403


def test_the_phone_of_a_post_is_set_shown_and_refused_beside_the_field() -> None:
    van = make_officer_account("van", HONG_BANG, "Vân", "collection_officer")
    post, client = Post.objects.get(account_id=van), admin()
    there = at(van, f"/vi-tri/{post.id}/dien-thoai")
    wrong = client.post(there, {"phone": "gọi Vân"})
    assert (wrong.status_code, "Số điện thoại chưa đúng" in said(wrong)) == (422, True)
    assert 'value="gọi Vân"' in wrong.content.decode()
    assert client.post(there, {"phone": "0225 000 0101"})["Location"] == f"{at(van)}?xong=dien-thoai"
    assert "0225 000 0101" in said(client.get(at(van)))
    assert Event.objects.filter(kind="staff.post_phone", subject_id=van).count() == 1
    assert client.post(there, {"phone": ""}).status_code == 302
    assert Post.objects.get(id=post.id).phone == ""


def test_nobody_sets_the_phone_of_another_offices_post() -> None:
    far = make_officer_account("xa", ELSEWHERE, "Xa", "collection_officer")
    post = Post.objects.get(account_id=far)
    answer = admin().post(at(far, f"/vi-tri/{post.id}/dien-thoai"), {"phone": "0225 000 0101"})
    assert (answer.status_code, Post.objects.get(id=post.id).phone) == (404, "")
