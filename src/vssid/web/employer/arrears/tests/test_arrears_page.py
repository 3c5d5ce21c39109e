from __future__ import annotations

from functools import partial

import pytest

from tests.making import employers_hr as hr
from tests.making.employers import BIEN_XANH, SAO_MAI
from vssid.domain.employers.arrears import queries
from vssid.domain.employers.seats.roles import Role
from vssid.domain.participants.models.people import Employer
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/don-vi/no-dong"


@pytest.fixture
def owing() -> None:
    hr.make_named(1, "Nguyễn Thị Lan", employer=SAO_MAI)
    hr.make_named(2, "Đỗ Văn An", employer=SAO_MAI)
    hr.make_named(4, "Vũ Bình", employer=BIEN_XANH)
    hr.come_in(1)
    hr.owe(1, 2, 4, wage=10_000_000)


def test_months_are_told_with_amount_day_and_interest(owing: None) -> None:
    Employer.objects.update(paying_cycle="monthly")
    text = cast.tuan(Role.READER).get(PAGE).content.decode()
    for said in ("06/2026", "2.500.000 đ", "chưa đủ dữ liệu: 1 người", "01/08/2026", "82.500 đ", "0,03%"):
        assert said in text, said
    assert "Luật 41/2024/QH15" in text
    assert "Chưa biết kỳ đóng" not in text
    assert text.index("Đỗ Văn An") < text.index("Nguyễn Thị Lan")
    assert "Vũ Bình" not in text
    # October may still be paid on the day.
    assert '<span class="num">10/2026</span>' not in text


def test_an_unknown_cycle_is_told(owing: None) -> None:
    text = cast.tuan().get(PAGE).content.decode()
    assert "Chưa biết kỳ đóng của đơn vị" in text
    assert "nếu đóng hằng tháng" in text


def test_without_arrears_the_page_says_so() -> None:
    text = cast.tuan().get(PAGE).content.decode()
    assert "Không có tháng nào quá hạn" in text
    assert "<table" not in text


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "99", "9" * 40])
def test_any_number_of_a_page_gives_one(owing: None, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setattr(queries, "affected", partial(queries.affected, size=1))
    text = cast.tuan().get(PAGE, {"trang": number}).content.decode()
    is_last = number.startswith("9")
    assert ("Nguyễn Thị Lan" in text) == is_last
    assert ("Đỗ Văn An" in text) != is_last
    assert (f"?trang={1 if is_last else 2}#nguoi") in text


def test_the_page_speaks_english(owing: None) -> None:
    client = cast.tuan()
    client.cookies["vssid-lang"] = "en"
    text = client.get(PAGE).content.decode()
    assert "Unpaid months" in text
    assert "Workers affected" in text
    assert "not enough data: 1 worker" in text
