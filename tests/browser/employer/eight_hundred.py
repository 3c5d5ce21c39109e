"""An employer of 800 workers, of whom the first fifty are whole persons of the register who can register."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from tests.making import roll_out
from tests.making.registrations import Someone, make_person
from vssid.domain.employers.campaigns.tests import campaigns_made
from vssid.domain.employers.roster import refreshing
from vssid.domain.imports.models import ImportRun
from vssid.domain.participants.models.people import Contribution, Identifier, Person
from vssid.domain.vault import sealing as vault
from vssid.kernel.text import fold

CODE, NAME = "TZ0800A", "Công ty Tám Trăm (mẫu)"
MANY, REGISTERING, WITH_PHONE = 800, 50, 60
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
MIDDLES = ("Thị", "Ngọc", "Thu", "Minh", "Thanh", "Kim", "Bích", "Hồng", "Mai", "Thùy")
GIVENS = ("Lan", "Hoa", "Hương", "Linh", "Trang", "Hà", "Yến", "Nga", "Phương", "Ánh")
HEADER = "Họ và tên,Ngày sinh,Mã số BHXH,Số điện thoại,Phòng ban,Tiền lương"


def worker(number: int) -> Someone:
    """A woman of 1990; of 800 no two have the same name."""
    surname, rest = divmod(number - 1, 100)
    name = f"{SURNAMES[surname]} {MIDDLES[rest // 10]} {GIVENS[rest % 10]}"
    return Someone(
        bhxh_code=f"0000001{number:03d}",
        full_name=name,
        birth_date=date(1990, 1 + number % 12, 1 + number % 28),
        id_number=f"031190{number:06d}",
        phone=f"+8491200{number:04d}",
    )


def make_employer(now: datetime) -> None:
    """The employer and its workers, as a file of contributions has them, and the roster made of it."""
    roll_out.make_offices()
    campaigns_made.make_employer(CODE, roll_out.FIRST, MANY, name=NAME)
    everybody = [worker(number) for number in range(1, MANY + 1)]
    numbers = [make_person(who) for who in everybody[:REGISTERING]]
    others = everybody[REGISTERING:]
    made = [_person(who, now) for who in others]
    Person.objects.bulk_create(made)
    told = zip(others, made, strict=True)
    Identifier.objects.bulk_create(
        [Identifier(kind="bhxh", key=who.bhxh_code, person_id=row.person_id) for who, row in told]
    )
    numbers += [row.person_id for row in made]
    Contribution.objects.bulk_create([_contribution(number, now) for number in numbers])
    ImportRun.objects.create(
        kind="participation",
        subject_id=8_000_001,
        file_name="dong.csv",
        sha256=b"-",
        actor_kind="system",
        state=ImportRun.State.DONE,
        started_at=now,
        ended_at=now,
    )
    refreshing.refresh(now)
    with connection.cursor() as cursor:
        # As the database knows a register that did not come into being a moment ago.
        cursor.execute("ANALYZE participants_person, participants_identifier, reports_worker")


def own_file() -> bytes:
    """What HR keeps: one name and one birth date differ, the last worker is missing, and one is nobody's."""
    rows = [_row(number) for number in range(1, MANY - 2)]
    name, born = worker(MANY - 1), worker(MANY - 2)
    rows.append(f"{born.full_name},31/12/1989,{born.bhxh_code},,Kho,9000000")
    rows.append(f"{name.full_name} Anh,{name.birth_date:%d/%m/%Y},{name.bhxh_code},,Kho,9000000")
    rows.append("Đỗ Văn Lạ,01/02/1980,0000009999,,Kho,9000000")
    return "\n".join([HEADER, *rows, ""]).encode()


def _row(number: int) -> str:
    who = worker(number)
    phone = f"0{who.phone[3:]}" if number <= WITH_PHONE else ""
    department = "May" if number <= REGISTERING else "Kho"
    return f"{who.full_name},{who.birth_date:%d/%m/%Y},{who.bhxh_code},{phone},{department},9000000"


def _person(who: Someone, now: datetime) -> Person:
    return Person(
        person_id=vault.new_subject_id(),
        bhxh_code=who.bhxh_code,
        full_name=who.full_name,
        name_folded=fold(who.full_name),
        birth_date=who.birth_date,
        sex=who.sex,
        sealed=b"-",
        sealed_digest=b"-",
        run_id=0,
        line=1,
        as_of=now,
    )


def _contribution(number: int, now: datetime) -> Contribution:
    return Contribution(
        person_id=number,
        scheme="bhxh",
        from_month=date(2024, 1, 1),
        employer_id=CODE,
        run_id=0,
        line=1,
        as_of=now,
    )
