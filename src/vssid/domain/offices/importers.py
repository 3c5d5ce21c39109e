"""Load offices from a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.imports.check import cells
from vssid.domain.imports.importer import Check, Holds, Importer
from vssid.domain.imports.merge import undo_tables
from vssid.domain.imports.merge.table import Table
from vssid.domain.imports.merge.table_merge import into
from vssid.domain.places import queries as places

from . import columns, reach
from .column_titles import TITLES

_TABLE = Table(
    "offices_office",
    key=["code"],
    named_as=("office_code", "office_id"),
    columns={
        "code": "s.code",
        "parent_id": "s.parent_code",
        "name": "s.name",
        "address": "coalesce(s.address, '')",
        "phone": "coalesce(s.phone, '')",
        "hours": "coalesce(s.hours, '[]')::jsonb",
        "province_code": "s.province_code",
        "communes": "coalesce(s.communes, '{}')",
        "old_districts": "coalesce(regexp_split_to_array(s.old_districts, '\\s*\\|\\s*'), '{}')",
        "places_version": f"'{places.LIST_VERSION}'",
        "receives_applications": "coalesce(s.receives_applications, '1') = '1'",
        "services": "coalesce(string_to_array(s.services, ' '), '{}')",
        "commune_code": "coalesce(s.commune_code, '')",
        "latitude": "s.latitude::float8",
        "longitude": "s.longitude::float8",
        "valid_from": cells.as_day("s.valid_from"),
        "valid_until": cells.as_day("s.valid_until"),
        "closed_days": "coalesce(s.closed_days, '{}')",
        "is_synthetic": "coalesce(s.is_synthetic, '0') = '1'",
        "mark": "coalesce(s.mark, '')",
    },
)


_CODE = r"^0\d{4}$"
_DIGITS = cells.exactly(5)
_KNOWN_PARENT = """s.parent_code IS NULL OR s.parent_code <> s.code AND (
  EXISTS (SELECT 1 FROM offices_office o WHERE o.code = s.parent_code)
  OR EXISTS (SELECT 1 FROM {staging} p WHERE p.code = s.parent_code))"""
# An office goes, or stays, below one in reach; the own one stays below its own.
_PARENT_IN_REACH = f"""coalesce(s.parent_code, {{was.parent_id}}) IN {reach.BELOW_WITH_NEW}
  OR EXISTS (SELECT 1 FROM offices_office t WHERE t.code = s.code
    AND t.parent_id IS NOT DISTINCT FROM coalesce(s.parent_code, {{was.parent_id}}))"""  # noqa: S608

OFFICES = Importer(
    kind="offices",
    title="BHXH offices",
    columns=(
        cells.pattern(
            "code", "office code, 0 + province + office", _CODE, "bad_office", required=True, digits=_DIGITS
        ),
        cells.pattern("parent_code", "code of the office above", _CODE, "bad_office", digits=_DIGITS),
        cells.text("name", "name", 200, required=True, holds=Holds.NAME),
        cells.text("address", "address", 300),
        cells.text("phone", "phone", 40, holds=Holds.PHONE),
        columns.hours(),
        columns.province(),
        columns.communes("communes", "codes of communes served, by spaces"),
        cells.texts("old_districts", "names of districts until 2025-06-30, by |", 600, 60),
        cells.yes_no("receives_applications", "receives registration forms; empty means 1"),
        cells.pattern("services", "words by spaces", r"^[a-z_]{1,30}( [a-z_]{1,30})*$", "bad_services"),
        columns.commune(),
        columns.LATITUDE,
        columns.LONGITUDE,
        cells.day("valid_from", "first day of the office"),
        cells.day("valid_until", "last day of the office"),
        columns.closed_days(),
        cells.yes_no("is_synthetic", "invented for demo or tests"),
        cells.text("mark", "how well known: [S] [C] [M] [?]", 10),
    ),
    key={"code": "s.code"},
    titles=TITLES,
    table=_TABLE,
    merge=into(_TABLE),
    undo=undo_tables.of(_TABLE),
    checks=(Check("parent_code", "unknown_parent", _KNOWN_PARENT),),
    reach=(
        reach.refused("code", reach.unless_known("offices_office", reach.at("t.code"))),
        reach.refused("parent_code", _PARENT_IN_REACH),
    ),
    messages={
        "bad_office": gettext_lazy("Mã cơ quan BHXH gồm 5 chữ số, bắt đầu bằng 0."),
        **columns.MESSAGES,
        **reach.MESSAGES,
        "bad_services": gettext_lazy(
            "Dịch vụ viết bằng các từ như registration payment, cách nhau một dấu cách."
        ),
        "unknown_parent": gettext_lazy("Không có cơ quan cấp trên với mã này."),
    },
)

IMPORTERS: dict[str, Importer] = {OFFICES.kind: OFFICES}
