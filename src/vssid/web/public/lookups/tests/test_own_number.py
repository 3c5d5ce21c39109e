"""/tra-cuu/ma-so-bhxh: one wording for wrong and unknown, and a step more after a few tries."""

from __future__ import annotations

import re

import pytest

from tests.making.registrations import LAN, make_person
from tests.oracles import bare
from vssid.domain.lookups import comparing
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.vault import sealing as vault

pytestmark = pytest.mark.django_db
HERE = "/tra-cuu/ma-so-bhxh"
TYPED = {
    "full_name": "Nguyễn Thị Lan",
    "birth_date": "02/01/1990",
    "id_number": LAN.id_number,
    "province_code": "31",
}


@pytest.fixture(autouse=True)
def register():
    person_id = make_person()
    print_of_it = vault.fingerprint("cccd", LAN.id_number).hex()
    Identifier.objects.get_or_create(kind="cccd", key=print_of_it, defaults={"person_id": person_id})
    Person.objects.update(province_code="31")
    comparing.somebody.cache_clear()
    yield
    comparing.somebody.cache_clear()


def test_the_number_is_shown_on_the_same_page_and_nothing_is_in_the_address(client):
    answer = client.post(HERE, TYPED)
    assert answer.status_code == 200
    assert LAN.bhxh_code in re.sub(r"\s", "", answer.text)
    assert answer["Cache-Control"] == "no-store, private"


def test_wrong_and_unknown_get_the_same_page_letter_by_letter(client):
    pages = []
    for change in ({"full_name": "Trần Thị Hoa"}, {"id_number": "031190999999"}):
        answer = client.post(HERE, TYPED | change)
        assert answer.status_code == 422
        pages.append(bare(answer.text, (*change.values(), *TYPED.values())))
    assert pages[0] == pages[1]
    assert "Không có mã số nào khớp đủ" in pages[0]
    assert LAN.bhxh_code not in pages[0]


def test_what_was_typed_stays_and_the_fault_stands_beside_its_field(client):
    answer = client.post(HERE, TYPED | {"birth_date": "31/02/1990"})
    assert answer.status_code == 422
    assert 'value="31/02/1990"' in answer.text
    assert 'value="Nguyễn Thị Lan"' in answer.text
    assert 'id="id_birth_date_error"' in answer.text


def test_after_three_tries_a_sum_is_asked_and_its_answer_opens_the_way(client):
    for name in ("Một", "Hai", "Ba"):
        client.post(HERE, TYPED | {"full_name": name})
    asked = client.post(HERE, TYPED)
    assert asked.status_code == 422
    assert LAN.bhxh_code not in re.sub(r"\D", "", asked.text.replace(LAN.id_number, ""))
    left, right = map(int, re.findall(r"(\d+) cộng (\d+)", asked.text)[0])
    token = re.search(r'name="thu-thach" value="([^"]+)"', asked.text)
    assert token is not None
    wrong = client.post(HERE, TYPED | {"thu-thach": token.group(1), "tong": "99"})
    assert "Kết quả chưa đúng" in wrong.text
    solved = client.post(HERE, TYPED | {"thu-thach": token.group(1), "tong": str(left + right)})
    assert solved.status_code == 200
    assert "Mã số BHXH của bạn" in solved.text


def test_too_many_tries_say_until_when(client):
    answer = None
    for _ in range(8):
        answer = client.post(HERE, TYPED | {"full_name": "Sai"})
    assert answer is not None
    assert answer.status_code == 429
    assert "thử lại được từ" in answer.text


@pytest.mark.parametrize("odd", ["\x00", "a" * 9000, "<script>", "'; --"])
def test_odd_input_is_no_broken_page(client, odd):
    for field in (*TYPED, "thu-thach", "tong", "viec"):
        assert client.post(HERE, TYPED | {field: odd}).status_code in (200, 422, 429)


def test_the_number_that_was_found_is_filled_in_where_one_registers(client):
    page = client.get("/dang-ky/ban-than").text
    assert f'href="{HERE}"' in page
    shown = client.post(HERE, TYPED).text
    assert 'href="/dang-ky/ban-than"' in shown
    filled = client.get("/dang-ky/ban-than").text
    assert f'value="{LAN.bhxh_code}"' in filled


def test_a_number_already_typed_is_not_overwritten_by_one_found_later(client):
    client.post("/dang-ky/ban-than", {"bhxh_code": "0000000009", "go": "keep"})
    client.post(HERE, TYPED)
    assert 'value="0000000009"' in client.get("/dang-ky/ban-than").text
