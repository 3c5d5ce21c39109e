from __future__ import annotations

import pytest
from django.test import Client

from tests.making.employers_hr import ELSEWHERE, HERE
from tests.making.registrations import LAN
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.invitations.tests.invited import Workers
from vssid.domain.employers.models import Invitee
from vssid.web.citizen.tests.cast import make_citizen
from vssid.web.employer.tests.cast import browser_of

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/don-vi"


@pytest.fixture
def workers() -> Workers:
    made = invited.make_workers()
    make_citizen(LAN.bhxh_code, person_id=made.lan)
    return made


@pytest.fixture
def lan(workers: Workers) -> Client:
    """Lan's browser."""
    return browser_of(workers.lan)


def test_a_worker_says_what_an_employer_sees_and_sends_and_takes_it_back(
    workers: Workers, lan: Client
) -> None:
    assert "Công ty Sao Mai (mẫu)" in lan.get(PAGE).content.decode()
    assert lan.post(PAGE, {"don-vi": HERE, "an": "1", "dung": "1"})["Location"] == PAGE
    row = Invitee.objects.get(person_id=workers.lan)
    assert row.hides
    assert row.stopped_at
    lan.post(PAGE, {"don-vi": HERE})
    after = Invitee.objects.get(person_id=workers.lan)
    assert (after.hides, after.stopped_at) == (False, None)


@pytest.mark.parametrize("employer", [ELSEWHERE, "", "x" * 50])
def test_of_an_employer_where_one_does_not_work_nothing_is_said(lan: Client, employer: str) -> None:
    answer = lan.post(PAGE, {"don-vi": employer, "an": "1"})
    assert answer.status_code == 404
    assert "Không có gì thay đổi" in answer.content.decode()
    assert not Invitee.objects.exists()
