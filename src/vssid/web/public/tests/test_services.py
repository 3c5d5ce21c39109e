"""Services, look-ups, offices and help say what exists today."""

import pytest

from tests.registrations import make_office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/dang-ky", "/dich-vu-cong", "/tra-cuu", "/tra-cuu/co-quan", "/tro-giup"])
def test_the_page_opens_for_anyone(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("q", ["hong bang", "HỒNG BÀNG", "bang hong", "03101", "phuong hong bang"])
def test_an_office_is_found_without_diacritics(client, q):
    make_office()
    page = client.get("/tra-cuu/co-quan", {"q": q}).content.decode()
    assert "BHXH quận Hồng Bàng" in page
    assert "0225 000 0000" in page


def test_only_beginnings_of_words_are_found(client):
    make_office()
    assert "BHXH quận Hồng Bàng" not in client.get("/tra-cuu/co-quan?q=ong").content.decode()


def test_no_office_found_says_what_to_try(client):
    make_office()
    assert "Không tìm thấy cơ quan nào" in client.get("/tra-cuu/co-quan?q=xyz").content.decode()


def test_help_names_the_hotline_and_warns_of_fakes(client):
    page = client.get("/tro-giup").content.decode()
    assert "1900 9068" in page
    assert "Coi chừng giả mạo" in page
    assert page.count("<details id=") >= 8
