"""`python -m bench.walk_in.register`: an office and its people, and the codes that came to their phones.

A line on standard input asks, a line of JSON answers: `person 0` for somebody new of the register,
`code ID` for the six digits of an application. A process of its own, since none that drives a browser may
ask the database.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, date, datetime

OFFICE = "03101"
WARD = {"province_code": "31", "commune_code": "11311"}
BORN, ISSUED = date(1990, 1, 2), date(2021, 3, 1)
NAME, STREET = "Nguyễn Thị Lan", "Số 12"
ADDRESS = "Số 12, Phường Hồng Bàng, Thành phố Hải Phòng"
OF_NO_FILE = {"run_id": 0, "line": 1, "as_of": datetime(2026, 6, 1, tzinfo=UTC)}


def main() -> None:
    """Make the office, then answer until standard input ends."""
    from vssid.cli import boot

    boot.django()
    _make_office()
    answers = {"person": _new_person, "code": _code}
    print(json.dumps("ready"), flush=True)  # noqa: T201
    for line in sys.stdin:
        what, _, number = line.strip().partition(" ")
        print(json.dumps(answers[what](int(number))), flush=True)  # noqa: T201


def _make_office() -> None:
    from vssid.domain.offices.models import Office

    hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "open": "00:00", "close": "23:59"}]
    facts = {"name": "BHXH mẫu", "address": "1 Phố Mẫu", "phone": "0225 000 0000", "hours": hours}
    place = {"province_code": "31", "communes": ["11311"], "places_version": "2025", "is_synthetic": True}
    Office.objects.get_or_create(code=OFFICE, defaults={**facts, **place, **OF_NO_FILE})


def _new_person(_number: int) -> dict[str, str]:
    """In the register as the card says; `card` is what a scanner reads."""
    from vssid.domain.identity import cccd_qr
    from vssid.domain.participants.models.people import Identifier, Person
    from vssid.domain.participants.sealed_part import SEALED
    from vssid.domain.vault import sealing as vault
    from vssid.kernel.text import fold

    person_id = vault.new_subject_id()
    code, id_number = f"31{person_id % 10**8:08d}", f"031190{person_id % 10**6:06d}"
    private = {
        "id_number": id_number,
        "phone": f"+8491{person_id % 10**7:07d}",
        "id_issued_on": ISSUED.isoformat(),
        "street": STREET,
    }
    Person.objects.create(
        person_id=person_id,
        bhxh_code=code,
        full_name=NAME,
        name_folded=fold(NAME),
        birth_date=BORN,
        sex=2,
        sealed=vault.seal(person_id, SEALED, json.dumps(private).encode()),
        sealed_digest=b"-",
        **WARD,
        **OF_NO_FILE,
    )
    Identifier.objects.create(kind="bhxh", key=code, person_id=person_id)
    key = vault.fingerprint("cccd", id_number).hex()
    Identifier.objects.create(kind="cccd", key=key, person_id=person_id)
    card = cccd_qr.compose(
        id_number=id_number, full_name=NAME, birth=f"{BORN:%d%m%Y}", sex=2, address=ADDRESS, issued_on=ISSUED
    )
    return {"card": card, "id_number": id_number}


def _code(application_id: int) -> str:
    from vssid.domain.notifications.models.messages import Message
    from vssid.domain.notifications.outbox import bodies

    messages = Message.objects.filter(subject_id=application_id, kind="phone_code", body__isnull=False)
    found = re.search(r"\b\d{6}\b", str(bodies.of(messages.latest("created_at"))["text"]))
    assert found is not None
    return found.group()


if __name__ == "__main__":
    main()
