"""A province sees its offices: each list by office, a search over all of them; nobody sees those beside."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.families import make_request as make_child_request
from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    HONG_BANG,
    make_application,
    make_office,
    make_officer_account,
)
from tests.making.requests_of_people import accepted
from vssid.domain.casework.models import Claim
from vssid.domain.offices.models import Office
from vssid.domain.registration.models import Application
from vssid.domain.support.tests import desk as support
from vssid.web.officer.tests.desk import browser_of, file_of

pytestmark = pytest.mark.django_db
PROVINCE = "03100"
QUEUES = ("/can-bo/ho-so", "/can-bo/dich-vu", "/can-bo/gia-dinh", "/can-bo/tin-nhan")
# A file of each queue lies at Hồng Bàng; what its line says.
SAYS = {queue: f"{queue}/" for queue in QUEUES} | {"/can-bo/ho-so": BINH.full_name}


@pytest.fixture(autouse=True)
def tree() -> None:
    make_office(PROVINCE, "BHXH thành phố (mẫu)")
    make_office(HONG_BANG)
    make_office(ELSEWHERE, "BHXH nơi khác (mẫu)")
    Office.objects.filter(code=HONG_BANG).update(parent_id=PROVINCE)


@pytest.fixture
def files() -> int:
    application_id = make_application(BINH, now=timezone.now())
    accepted(now=timezone.now(), reason="damaged")
    make_child_request(now=timezone.now())
    support.make_ticket(1, now=timezone.now())
    return application_id


def of_role(role: str, office: str = PROVINCE) -> Client:
    return browser_of(make_officer_account(role.replace("_", "."), office, "Hoa", role))


def main_of(client: Client, address: str) -> str:
    """The page without its menu, whose addresses are those of queues."""
    return client.get(address).content.decode().partition("<main")[2]


@pytest.mark.parametrize("queue", QUEUES)
def test_each_list_shows_an_office_below_or_all_of_them_with_their_names(files: int, queue: str) -> None:
    client, says = of_role("director"), SAYS[queue]
    own = main_of(client, queue)
    assert says not in own
    assert f'<option value="{HONG_BANG}" lang="vi">' in own
    for chosen in (HONG_BANG, "tat-ca"):
        page = main_of(client, f"{queue}?co-quan={chosen}")
        assert says in page
        assert '<small class="muted" lang="vi">BHXH quận Hồng Bàng (mẫu)</small>' in page
        # Tabs and pages stay at the office.
        assert f"co-quan={chosen}" in page


@pytest.mark.parametrize("queue", QUEUES)
def test_an_office_beside_and_one_above_show_nothing_of_it(files: int, queue: str) -> None:
    for role, office, asked in (("auditor", ELSEWHERE, HONG_BANG), ("reviewer", HONG_BANG, PROVINCE)):
        client = of_role(role, office)
        page = main_of(client, f"{queue}?co-quan={asked}")
        assert "<option" not in page
        assert (SAYS[queue] in page) == (office == HONG_BANG)
        assert (SAYS[queue] in main_of(client, f"{queue}?co-quan=tat-ca")) == (office == HONG_BANG)


def test_reception_at_the_province_sees_the_own_office_alone(files: int) -> None:
    client = of_role("reception")
    assert BINH.full_name not in main_of(client, f"/can-bo/ho-so?co-quan={HONG_BANG}")
    assert client.get(file_of(files)).status_code == 404


def test_a_scan_at_the_province_opens_a_file_below_to_read(files: int) -> None:
    number = Application.objects.get().number
    client = of_role("director")
    assert client.post("/can-bo/tim", {"q": number})["Location"] == file_of(files)
    assert "Bạn chỉ xem hồ sơ này" in client.get(file_of(files)).content.decode()
    assert BINH.full_name in client.post("/can-bo/tim", {"q": BINH.full_name}).content.decode()
    assert not Claim.objects.exists()
    beside = of_role("auditor", ELSEWHERE)
    assert beside.post("/can-bo/tim", {"q": number}).status_code == 404
