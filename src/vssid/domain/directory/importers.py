"""Load facilities, collectors and collection points from files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.imports.check import cells
from vssid.domain.imports.importer import Check, Column, Digits, Holds, Importer
from vssid.domain.imports.merge import undo_tables
from vssid.domain.imports.merge.table import Table
from vssid.domain.imports.merge.table_merge import into
from vssid.domain.offices import columns, reach
from vssid.domain.offices.column_titles import TITLES

from .models import FACILITY_CODE, LEVELS, SERVICES

_LOCATED: tuple[Column, ...] = (
    cells.text("address", "address", 300),
    cells.text("phone", "phone", 40, holds=Holds.PHONE),
    columns.hours(),
    columns.province(),
    columns.commune(),
    columns.LATITUDE,
    columns.LONGITUDE,
    cells.day("valid_from", "first day"),
    cells.day("valid_until", "last day"),
    columns.closed_days(),
    cells.yes_no("is_synthetic", "invented for demo or tests"),
    cells.text("mark", "how well known: [S] [C] [M] [?]", 10),
)
_LOCATED_SQL = {
    "code": "s.code",
    "name": "s.name",
    "address": "coalesce(s.address, '')",
    "phone": "coalesce(s.phone, '')",
    "hours": "coalesce(s.hours, '[]')::jsonb",
    "province_code": "s.province_code",
    "commune_code": "coalesce(s.commune_code, '')",
    "latitude": "s.latitude::float8",
    "longitude": "s.longitude::float8",
    "valid_from": cells.as_day("s.valid_from"),
    "valid_until": cells.as_day("s.valid_until"),
    "closed_days": "coalesce(s.closed_days, '{}')",
    "is_synthetic": "coalesce(s.is_synthetic, '0') = '1'",
    "mark": "coalesce(s.mark, '')",
}
_LIVES = Check(
    "valid_until",
    "ends_before",
    "(s.valid_from IS NULL AND s.valid_until IS NULL) "
    f"OR coalesce({cells.as_day('s.valid_from')}, {{was.valid_from}}, '-infinity') "
    f"<= coalesce({cells.as_day('s.valid_until')}, {{was.valid_until}}, 'infinity')",
)
_MESSAGES = {
    **columns.MESSAGES,
    **reach.MESSAGES,
    "ends_before": gettext_lazy("Ngày cuối sớm hơn ngày đầu."),
    "bad_services": gettext_lazy(
        "Dịch vụ là voluntary_bhxh, household_bhyt hoặc cả hai, cách nhau bằng dấu cách."
    ),
    "bad_facility": gettext_lazy("Mã cơ sở KCB gồm 5 ký tự: 2 số của tỉnh, 1 số hoặc chữ in hoa, 2 số."),
    "bad_code": gettext_lazy("Mã gồm tối đa 12 chữ in hoa và chữ số."),
    "unknown_collector": gettext_lazy("Không có tổ chức dịch vụ thu với mã này."),
}


def _around(table: str) -> tuple[Check, Check]:
    """A place lies around an office in reach, before and after."""
    before = reach.unless_known(table, reach.around("t.province_code", "t.commune_code"))
    after = reach.around("s.province_code", "coalesce(s.commune_code, {was.commune_code}, '')")
    return reach.refused("code", before), reach.refused("province_code", after)


_CODE = r"^[A-Z0-9]{1,12}$"
# Five digits that end in 000 may be a code like 31E03, which a spreadsheet reads as a number.
_FACILITY_DIGITS = Digits(frozenset({5}), lambda digits: digits.endswith("000"))


_FACILITIES = Table(
    "directory_facility",
    key=["code"],
    named_as=("facility_code",),
    columns=_LOCATED_SQL
    | {
        "level": "coalesce(s.level, '')",
        "bhyt_from": cells.as_day("s.bhyt_from"),
        "bhyt_until": cells.as_day("s.bhyt_until"),
        "leave_papers": "coalesce(s.leave_papers, '0') = '1'",
        "specialties": "coalesce(regexp_split_to_array(s.specialties, '\\s*\\|\\s*'), '{}')",
    },
)
_COLLECTORS = Table(
    "directory_collector",
    key=["code"],
    columns={name: _LOCATED_SQL[name] for name in ("code", "name", "phone", "is_synthetic", "mark")},
)
_POINTS = Table(
    "directory_point",
    key=["code"],
    columns=_LOCATED_SQL
    | {
        "collector_id": "s.collector_code",
        "person_in_charge": "coalesce(s.person_in_charge, '')",
        "services": "coalesce(string_to_array(s.services, ' '), '{}')",
        "area": "coalesce(s.area, '{}')",
    },
)


FACILITIES = Importer(
    kind="facilities",
    title="health-care facilities",
    columns=(
        cells.pattern(
            "code", "facility code", FACILITY_CODE, "bad_facility", required=True, digits=_FACILITY_DIGITS
        ),
        cells.text("name", "name", 200, required=True, holds=Holds.NAME),
        *_LOCATED,
        cells.choice("level", "level of care", *LEVELS),
        cells.day("bhyt_from", "contract for BHYT from"),
        cells.day("bhyt_until", "contract for BHYT until"),
        cells.yes_no("leave_papers", "may issue papers for leave with benefits"),
        cells.texts("specialties", "specialties, by |", 600, 60),
    ),
    key={"code": "s.code"},
    table=_FACILITIES,
    merge=into(_FACILITIES),
    undo=undo_tables.of(_FACILITIES),
    checks=(_LIVES,),
    reach=_around(_FACILITIES.name),
    messages=_MESSAGES,
    titles=TITLES,
)
COLLECTORS = Importer(
    kind="collectors",
    title="organisations that collect contributions",
    columns=(
        cells.pattern("code", "code", _CODE, "bad_code", required=True),
        cells.text("name", "name", 200, required=True, holds=Holds.NAME),
        cells.text("phone", "phone", 40, holds=Holds.PHONE),
        cells.yes_no("is_synthetic", "invented for demo or tests"),
        cells.text("mark", "how well known: [S] [C] [M] [?]", 10),
    ),
    key={"code": "s.code"},
    table=_COLLECTORS,
    merge=into(_COLLECTORS),
    undo=undo_tables.of(_COLLECTORS),
    reach=(reach.refused("code", reach.unless_known(_COLLECTORS.name, reach.written_by("t"))),),
    messages=_MESSAGES,
    titles=TITLES,
)
_WORD = "|".join(SERVICES)
POINTS = Importer(
    kind="points",
    title="collection points and agents",
    columns=(
        cells.pattern("code", "code", _CODE, "bad_code", required=True),
        cells.text("name", "name", 200, required=True, holds=Holds.NAME),
        cells.pattern("collector_code", "code of the collector", _CODE, "bad_code"),
        cells.text("person_in_charge", "person in charge", 120),
        cells.pattern(
            "services",
            "voluntary_bhxh household_bhyt",
            f"^({_WORD})( ({_WORD}))*$",
            "bad_services",
            required=True,
        ),
        columns.communes("area", "codes of communes served, by spaces"),
        *_LOCATED,
    ),
    key={"code": "s.code"},
    table=_POINTS,
    merge=into(_POINTS),
    undo=undo_tables.of(_POINTS),
    reach=_around(_POINTS.name),
    checks=(
        _LIVES,
        Check(
            "collector_code",
            "unknown_collector",
            "s.collector_code IS NULL "
            "OR EXISTS (SELECT 1 FROM directory_collector c WHERE c.code = s.collector_code)",
        ),
    ),
    messages=_MESSAGES,
    titles=TITLES,
)

IMPORTERS: dict[str, Importer] = {importer.kind: importer for importer in (FACILITIES, COLLECTORS, POINTS)}
