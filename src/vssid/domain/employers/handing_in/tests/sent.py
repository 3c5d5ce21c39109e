"""Workers of an employer who sent an application, and let it print and hand in."""

from __future__ import annotations

from datetime import datetime

from tests.making.registrations import HONG_BANG, NOW, Someone, make_application
from vssid.domain.employers.handing_in import lists
from vssid.domain.employers.models import Worker
from vssid.domain.registration.models import Application
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.text import fold

HERE, OTHER = "TZ0001A", "TZ0002A"
HR = Actor(ActorKind.EMPLOYER, 9_100_001, "Tuấn", seat=1, employer=HERE)
HOA = Someone("0000000003", "Phạm Thị Hoa", id_number="031190000003", phone="+84911111113")
AN = Someone("0000000004", "Đỗ Văn An", id_number="031190000004", phone="+84911111114")


def make_sent(
    who: Someone,
    *,
    employer: str = HERE,
    agrees: bool = True,
    office: str = HONG_BANG,
    now: datetime = NOW,
) -> int:
    """A worker of an employer who sent an application; its number."""
    number = make_application(who, now=now, office_code=office, employer_prints=agrees)
    person_id = Application.objects.get(id=number).person_id
    assert person_id is not None
    sort_name = " ".join(reversed(fold(who.full_name).rsplit(" ", 1)))
    Worker.objects.create(person_id=person_id, employer_code=employer, sort_name=sort_name)
    return number


def number_of(application_id: int) -> str:
    """What its barcode says."""
    return str(Application.objects.get(id=application_id).number)


def make_list(*chosen: int, employer: str = HERE, now: datetime = NOW) -> int:
    """A list of these applications at the first office."""
    return lists.make(employer, HONG_BANG, set(chosen), by=HR, now=now)
