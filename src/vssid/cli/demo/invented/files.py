"""The import files of a synthetic province, written row by row as they are made; wrong rows on demand."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random
from types import MappingProxyType, TracebackType
from typing import Any, Self

Row = Mapping[str, object]
# In the order to import them.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "offices": (
            "code", "parent_code", "name", "address", "phone", "hours", "province_code", "communes",
            "old_districts", "receives_applications", "is_synthetic", "mark",
        ),
        "employers": (
            "code", "name", "address", "office_code", "tax_code", "paying_cycle", "industry", "email",
            "is_synthetic",
        ),
        "facilities": ("code", "name", "address", "province_code", "is_synthetic"),
        "people": (
            "bhxh_code", "full_name", "birth_date", "sex", "id_number", "old_id_number", "id_issued_on",
            "phone", "email", "household_code", "household_relation", "street", "commune_code",
            "province_code", "office_code",
        ),
        "participation": (
            "bhxh_code", "scheme", "from_month", "to_month", "unpaid_from", "employer_code", "job",
            "workplace", "wage", "wage_kind", "is_voluntary", "position_allowance", "over_scale_percent",
            "seniority_percent", "area_allowance", "other_allowance", "reelection_allowance",
            "worker_percent", "employer_percent", "salary", "salary_allowance", "salary_supplement",
        ),
        "coverage": (
            "bhxh_code", "object_code", "benefit_level", "card_province", "facility_code", "valid_from",
            "valid_to", "five_years_from", "living_area", "old_card_number", "issued_on", "office_code",
            "auto_renews",
        ),
        "benefits": (
            "bhxh_code", "regime", "file_number", "decision_number", "decided_on", "from_date", "to_date",
            "days", "months", "amount", "is_monthly", "kept_months", "paid_by", "paid_on", "office_code",
        ),
        "visits": (
            "bhxh_code", "visit_key", "facility_code", "came_at", "left_at", "kind", "reason",
            "diagnosis_code", "diagnosis_name", "result", "discharge", "total", "paid_fund", "paid_share",
            "paid_own", "paid_other",
        ),
        "certificates": (
            "bhxh_code", "kind", "number", "serial", "facility_code", "issued_on", "from_date", "to_date",
            "days", "diagnosis_code", "diagnosis_name", "issued_by", "child_born_on",
        ),
        "merges": ("kept_code", "merged_code", "decided_on", "decision_number", "office_code"),
    }
)  # fmt: skip
# A cell that makes the import refuse its row and no other: (column, wrong value).
FAULTS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "offices": (("code", "3101"), ("name", ""), ("province_code", "30")),
        "employers": (("code", "TZ1"), ("name", ""), ("tax_code", "12345"), ("paying_cycle", "quý")),
        "facilities": (("code", "9"), ("province_code", "30")),
        "people": (
            ("bhxh_code", "319900001"), ("bhxh_code", ""), ("full_name", ""), ("full_name", "Trần 2"),
            ("birth_date", "1990-02-30"), ("birth_date", "hôm qua"), ("sex", "gái"), ("id_number", "12345"),
            ("household_code", "12"), ("commune_code", "99999"), ("province_code", "30"),
        ),
        "participation": (
            ("bhxh_code", "0000000000"), ("bhxh_code", "31990001"), ("scheme", "bhyt"),
            ("from_month", "2020-13"), ("from_month", ""), ("to_month", "1990-01"),
            ("unpaid_from", "1990-01"), ("employer_code", "TZ0000X"), ("employer_code", "Sao Mai"),
            ("wage", "năm triệu"), ("wage_kind", "giờ"), ("worker_percent", "101"), ("salary", "-1"),
        ),
        "coverage": (
            ("bhxh_code", "0000000000"), ("object_code", "dn"), ("benefit_level", "7"),
            ("card_province", "Hải Phòng"), ("facility_code", "999"), ("valid_from", "31/02/2025"),
            ("valid_to", "1900-01-01"), ("living_area", "K9"), ("office_code", "09999"),
        ),
        "benefits": (
            ("bhxh_code", "0000000000"), ("regime", "quà"), ("from_date", "31/02/2024"),
            ("to_date", "1900-01-01"), ("days", "năm"), ("amount", "-5"), ("paid_by", "séc"),
            ("office_code", "09999"),
        ),
        "visits": (
            ("bhxh_code", "0000000000"), ("visit_key", ""), ("facility_code", "999"), ("came_at", "hôm qua"),
            ("left_at", "1990-01-01 08:00"), ("diagnosis_code", "cúm"), ("diagnosis_name", ""),
            ("result", "9"), ("total", "1"),
        ),
        "certificates": (
            ("bhxh_code", "0000000000"), ("kind", "giấy"), ("number", ""), ("facility_code", "999"),
            ("issued_on", "hôm qua"), ("to_date", "1900-01-01"), ("days", "ba"), ("diagnosis_code", "cúm"),
        ),
        # Of the cells alone: a line that names a good line's code with another one makes both doubtful.
        "merges": (
            ("kept_code", "319900001"), ("kept_code", ""), ("merged_code", "Lan"), ("decided_on", "hôm qua"),
            ("decided_on", ""),
        ),
    }
)  # fmt: skip


class Files:
    """Open files of every kind in a folder; with `errors` above 0, wrong rows are put between the good.

    A wrong row is a copy of the good one before it with one cell spoilt, so that no good row depends on it.
    `errors` is the share of wrong rows among all rows of a file, below 1.
    """

    def __init__(self, out: Path, *, errors: float = 0.0, seed: int = 0) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.paths = MappingProxyType({kind: out / f"{kind}.csv" for kind in COLUMNS})
        self.rows: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self._each_good = errors / (1 - errors)
        # Of its own, so that the good rows are the same at every rate.
        self._rng = Random(f"errors {seed}")  # noqa: S311
        self._open = ExitStack()
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> Self:
        for kind, path in self.paths.items():
            file = self._open.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._writers[kind] = csv.writer(file, lineterminator="\n")
            self._writers[kind].writerow(COLUMNS[kind])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def write(self, kind: str, rows: Iterable[Row]) -> None:
        """Add rows; columns that a row lacks stay empty."""
        names, writer = COLUMNS[kind], self._writers[kind]
        for row in rows:
            writer.writerow([row.get(name, "") for name in names])
            self.rows[kind] += 1
            if self._each_good and self._rng.random() < self._each_good:
                column, value = self._rng.choice(FAULTS[kind])
                writer.writerow([value if name == column else row.get(name, "") for name in names])
                self.wrong[kind] += 1
