"""Services, look-ups and help say what exists today."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/dang-ky", "/dich-vu-cong", "/tra-cuu", "/tro-giup"])
def test_the_page_opens_for_anyone(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_help_names_the_hotline_and_warns_of_fakes(client):
    page = client.get("/tro-giup").content.decode()
    assert "1900 9068" in page
    assert "Cảnh giác giả mạo" in page
    assert page.count("<details id=") >= 8
