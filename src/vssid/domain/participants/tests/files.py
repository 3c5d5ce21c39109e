"""Small import files for the tests of this room and of those above."""

import csv
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.runner.snapshots import snapshot
from vssid.domain.imports import actions
from vssid.domain.imports.importer import Batch, Counts, Importer
from vssid.domain.imports.queries import RunReport
from vssid.domain.offices.importers import OFFICES
from vssid.domain.participants.importers import IMPORTERS as OWN
from vssid.kernel.actor import SYSTEM

NOW = datetime(2025, 7, 1, 3, tzinfo=UTC)
IMPORTERS = {OFFICES.kind: OFFICES, **OWN}
LAN = {
    "bhxh_code": "3199000001",
    "full_name": "Trần Thị Lan",
    "birth_date": "1988-03-14",
    "sex": "2",
    "id_number": "031188000001",
    "old_id_number": "031000001",
    "id_issued_on": "2021-05-17",
    "phone": "0590 000 001",
    "email": "lan@example.invalid",
    "street": "Số 1 Lạch Tray",
    "commune_code": "11311",
    "province_code": "31",
    "office_code": "03101",
}
BINH = {
    "bhxh_code": "3199000002",
    "full_name": "Nguyễn Văn Bình",
    "birth_date": "1979",
    "sex": "1",
    "id_number": "031079000002",
}
SAO_MAI = {
    "code": "TZ0001A",
    "name": "Công ty TNHH Sao Mai (mẫu)",
    "office_code": "03101",
    "is_synthetic": "1",
}
JOB = {
    "bhxh_code": "3199000001",
    "scheme": "bhxh",
    "from_month": "2020-01",
    "to_month": "12/2021",
    "employer_code": "TZ0001A",
    "job": "Công nhân may",
    "wage": "5200000",
}
COVER = {
    "bhxh_code": "3199000001",
    "object_code": "DN",
    "benefit_level": "4",
    "card_province": "31",
    "facility_code": "99001",
    "valid_from": "2025-01-01",
    "office_code": "03101",
    "auto_renews": "1",
}


def in_small_batches(kind: str, lines: int, merge: Callable[[Batch], Counts] | None = None) -> Importer:
    """The importer of a kind with batches of a few lines, and another merge if given."""
    importer = IMPORTERS[kind]
    return replace(importer, batch_rows=lines, merge=merge or importer.merge)


def load(folder: Path, kind: str, *rows: dict[str, str], now: datetime = NOW, **more: Any) -> RunReport:
    """Import rows of a kind through the real machine; `more` is said to it."""
    path = folder / f"{kind}.csv"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return actions.run(
        IMPORTERS[kind], path, by=SYSTEM, now=now, errors_to=folder / f"{kind}.loi.csv", **more
    )


def begin_with(kind: str, *rows: dict[str, str], now: datetime = NOW) -> None:
    """Import rows that a test begins with: all are taken, and no file is left."""
    _begin_with(kind, tuple(tuple(row.items()) for row in rows), now)


@snapshot
def _begin_with(kind: str, rows: tuple[tuple[tuple[str, str], ...], ...], now: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = load(Path(folder), kind, *map(dict, rows), now=now)
    assert report.refused == 0


@snapshot
def load_cast() -> None:
    """Hồng Bàng's office, Sao Mai, Lan and Bình."""
    office = {
        "code": "03101",
        "name": "BHXH quận Hồng Bàng",
        "province_code": "31",
        "communes": "11311 11602",
        "is_synthetic": "1",
    }
    begin_with("offices", office)
    begin_with("employers", SAO_MAI)
    begin_with("people", LAN, BINH)
