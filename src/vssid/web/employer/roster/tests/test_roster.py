from __future__ import annotations

import pytest

from tests.making import employers_hr as hr
from tests.making.employers import BIEN_XANH, SAO_MAI
from vssid.domain.employers.models.roster import Worker
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/don-vi/nguoi-lao-dong"


@pytest.fixture
def workers() -> None:
    hr.make_named(1, "Nguyễn Thị Lan", employer=SAO_MAI)
    hr.make_named(2, "Đỗ Văn An", employer=SAO_MAI)
    hr.make_named(4, "Vũ Bình", employer=BIEN_XANH)
    hr.come_in(1)
    Worker.objects.filter(person_id=1).update(stage=5)


def test_the_workers_are_listed_with_their_step_and_what_is_missing(workers: None) -> None:
    text = cast.tuan().get(PAGE).content.decode()
    assert text.index("Đỗ Văn An") < text.index("Nguyễn Thị Lan")
    assert "0000000001" in text
    assert "Cần được mời, hoặc tự gửi hồ sơ đăng ký" in text
    assert "Vũ Bình" not in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tim": "lan nguyen"}, True),
        ({"tim": "Lan", "buoc": "6"}, True),
        ({"tim": "Lan", "buoc": "0"}, False),
        ({"tim": "0000000001"}, True),
        ({"tim": "an"}, False),
        ({"tim": "Lan", "buoc": "x", "sau": "y"}, True),
    ],
)
def test_a_search_is_sent_as_a_form(workers: None, asked: dict[str, str], found: bool) -> None:
    answer = cast.tuan().post(PAGE, asked)
    assert answer.status_code == 200
    assert ("Nguyễn Thị Lan" in answer.content.decode()) is found


@pytest.mark.parametrize("said", ["Vũ Bình", "0000000004", "Vũ Không", "0000000099"])
def test_who_works_elsewhere_is_told_like_nobody(workers: None, said: str) -> None:
    text = cast.tuan().post(PAGE, {"tim": said}).content.decode()
    assert "Không có người lao động nào như vậy" in text


def test_a_search_in_the_address_is_not_looked_at(workers: None) -> None:
    assert "Đỗ Văn An" in cast.tuan().get(PAGE, {"tim": "Lan"}).content.decode()
