"""An employer with workers of the register, and files that its HR keeps."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.making import roll_out
from tests.making.roll_out import FIRST, NOW
from vssid.domain.employers.own_file import receiving, taking, working
from vssid.domain.employers.roster import refreshing
from vssid.domain.imports.models import ImportRun
from vssid.domain.participants.models.people import Contribution, Identifier, Person
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.text import fold

HERE, ELSEWHERE = "TZ0001A", "TZ0002A"
HR = Actor(ActorKind.EMPLOYER, 9_100_001, "Tuấn")
HEADER = "Họ và tên,Ngày sinh,Mã số BHXH,Số CCCD,SĐT,Email,Bộ phận,Tiền lương"


def make_named(
    number: int, name: str, *, employer: str = HERE, cccd: str = "", born: date | None = None
) -> None:
    """A worker of that name; code and ID number lead to them."""
    roll_out.make_worker(number, employer)
    told = {"full_name": name, "name_folded": fold(name), "birth_date": born or date(1990, 1, 1)}
    Person.objects.filter(person_id=number).update(**told)
    Identifier.objects.create(kind="bhxh", key=f"{number:010d}", person_id=number)
    if cccd:
        identify(number, "cccd", cccd)


def identify(number: int, kind: str, text: str) -> None:
    """A document that leads to the person."""
    Identifier.objects.create(kind=kind, key=vault.fingerprint(kind, text).hex(), person_id=number)


def make_employers() -> None:
    """Two employers of one office: three people here, one elsewhere."""
    roll_out.make_offices()
    roll_out.make_employer(HERE, FIRST)
    roll_out.make_employer(ELSEWHERE, FIRST)
    make_named(1, "Nguyễn Thị Lan", cccd="031190000001")
    make_named(2, "Đỗ Văn An", cccd="031190000002", born=date(1985, 12, 31))
    make_named(3, "Trần Thị Hòa", cccd="031190000003")
    make_named(4, "Vũ Bình", employer=ELSEWHERE, cccd="031190000004")
    come_in(1)


def owe(*numbers: int, wage: int | None = None) -> None:
    """Nothing was paid for these workers since June 2026; of the first the wage is known."""
    Contribution.objects.filter(person_id__in=numbers).update(unpaid_from=date(2026, 6, 1))
    Contribution.objects.filter(person_id=numbers[0]).update(wage=wage)


def come_in(number: int) -> None:
    """A file of contributions was loaded, and the roster follows."""
    ImportRun.objects.create(
        kind="participation",
        subject_id=8_000_000 + number,
        file_name="dong.csv",
        sha256=b"-",
        actor_kind="system",
        state=ImportRun.State.DONE,
        started_at=NOW,
        ended_at=NOW,
    )
    refreshing.refresh(NOW + timedelta(minutes=number))


def hand_in(content: str | bytes, *, name: str = "nhan-su.csv", employer: str = HERE) -> int:
    """HR hands in a file, and it is read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        number = receiving.receive(path, employer, file_name=name, by=HR, now=NOW)
    working.work(number, now=NOW)
    return number


def take(content: str | bytes, *, name: str = "nhan-su.csv", employer: str = HERE) -> int:
    """As `hand_in`, and taken."""
    number = hand_in(content, name=name, employer=employer)
    taking.take(number, employer, by=HR, now=NOW)
    return number


def table(*rows: str, header: str = HEADER) -> str:
    """A CSV of the rows."""
    return "\n".join([header, *rows]) + "\n"
