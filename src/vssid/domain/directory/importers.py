"""Load facilities from a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.imports import cells
from vssid.domain.imports.errors import BadCell
from vssid.domain.imports.importer import Batch, Column, Counts, Importer, Seal
from vssid.domain.imports.merge import upsert
from vssid.domain.places import queries as places


def _province(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        return (places.province(cell).code,)
    except places.UnknownPlace:
        raise BadCell("unknown_province") from None


def _merge(batch: Batch) -> Counts:
    return upsert(
        batch,
        "directory_facility",
        key=["code"],
        columns={
            "code": "s.code",
            "name": "s.name",
            "address": "coalesce(s.address, '')",
            "province_code": "s.province_code",
            "is_synthetic": "coalesce(s.is_synthetic, '0') = '1'",
        },
    )


FACILITIES = Importer(
    kind="facilities",
    title="health-care facilities",
    columns=(
        cells.pattern("code", "facility code", r"^\d{2}[0-9A-Z]\d{2}$", "bad_facility", required=True),
        cells.text("name", "name", 200, required=True),
        cells.text("address", "address", 300),
        Column("province_code", "two-digit province", True, parse=_province, gives={"province_code": "text"}),
        cells.yes_no("is_synthetic", "invented for demo or tests"),
    ),
    key={"code": "s.code"},
    merge=_merge,
    messages={
        "bad_facility": gettext_lazy("Mã cơ sở KCB gồm 5 ký tự: 2 số của tỉnh, 1 số hoặc chữ in hoa, 2 số."),
        "unknown_province": gettext_lazy("Không có mã tỉnh này trong danh mục hiện hành."),
    },
)

IMPORTERS: dict[str, Importer] = {FACILITIES.kind: FACILITIES}
