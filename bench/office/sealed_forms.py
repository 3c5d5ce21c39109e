"""Seal the form of each open application, in a process that works in its database: `python -m …`."""

from __future__ import annotations

import json
from typing import Any

BATCH = 1_000


def main() -> None:
    """Fill in what was typed: the register's values."""
    from vssid.cli import boot

    boot.django()
    from django.utils import timezone

    from vssid.domain.participants import queries as participants
    from vssid.domain.registration import sealing
    from vssid.domain.registration.models import Application
    from vssid.domain.vault import sealing as vault
    from vssid.kernel.ids import BhxhCode

    rows = list(Application.objects.filter(closed_at=None).only("id", "bhxh_code", "full_name", "office_id"))
    for first in range(0, len(rows), BATCH):
        some = rows[first : first + BATCH]
        plains = {}
        for application in some:
            person = participants.by_bhxh_code(BhxhCode.parse(application.bhxh_code))
            assert person is not None
            plains[application.id] = json.dumps(typed(application, person), ensure_ascii=False).encode()
        sealed = vault.seal_many(sealing.PURPOSE, plains, now=timezone.now())
        for application in some:
            application.sealed = sealed[application.id]
        Application.objects.bulk_update(some, ["sealed"])


def typed(application: Any, person: Any) -> dict[str, Any]:
    """What somebody of the register would have typed."""
    number = application.id % 10_000_000
    return {
        "bhxh_code": person.bhxh_code.reveal(),
        "full_name": person.full_name,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "id_kind": "cccd",
        "id_number": person.id_number.reveal() if person.id_number else f"03119{number:07d}",
        "issued_on": "2021-06-01",
        "phone": f"+8490{number:07d}",
        "email": "",
        "province_code": "31",
        "commune_code": "",
        "street": "1 Đường Thử",
        "office_code": application.office_id,
        "commitment": True,
    }


if __name__ == "__main__":
    main()
