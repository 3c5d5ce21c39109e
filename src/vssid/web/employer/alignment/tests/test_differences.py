from __future__ import annotations

import pytest

from tests.making import employers_hr as hr
from tests.making.employers import SAO_MAI
from vssid.domain.employers.models.differences import Difference
from vssid.domain.employers.seats.roles import Role
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/don-vi/doi-chieu"


@pytest.fixture
def compared() -> None:
    hr.make_named(1, "Nguyễn Thị Lan", employer=SAO_MAI)
    hr.make_named(2, "Đỗ Văn An", employer=SAO_MAI)
    hr.come_in(1)
    hr.take(hr.table("Nguyễn Thị Lam,01/01/1990,0000000001,,,,,"), employer=SAO_MAI)


def test_each_kind_is_told_with_both_sides(compared: None) -> None:
    text = cast.tuan().get(PAGE).content.decode()
    assert "Nguyễn Thị Lam" in text
    assert "Nguyễn Thị Lan" in text
    assert "Đỗ Văn An" in cast.tuan().get(PAGE, {"loai": "missing"}).content.decode()


def test_hr_says_who_is_to_mend_it(compared: None) -> None:
    client, name = cast.tuan(), Difference.objects.get(kind="name")
    answer = client.post(f"{PAGE}/{name.id}", {"ai": "register", "loai": "name", "sau": "0"})
    assert answer["Location"] == f"{PAGE}?loai=name"
    name.refresh_from_db()
    assert (name.state, name.said_by) == ("register", "Trần Tuấn")
    assert client.post(f"{PAGE}/{name.id}", {"ai": "x"}).status_code == 404


def test_before_a_file_was_taken_the_page_leads_to_it() -> None:
    assert "/don-vi/tep" in cast.tuan().get(PAGE).content.decode()


def test_who_only_reads_says_nothing(compared: None) -> None:
    name = Difference.objects.get(kind="name")
    assert cast.tuan(Role.READER).post(f"{PAGE}/{name.id}", {"ai": "file"}).status_code == 403
