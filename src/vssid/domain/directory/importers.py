"""Load facilities, collectors and collection points from files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.imports import cells
from vssid.domain.imports.importer import Batch, Check, Column, Counts, Importer
from vssid.domain.imports.merge import upsert
from vssid.domain.offices import columns

from .models import FACILITY_CODE, LEVELS, SERVICES

_LOCATED: tuple[Column, ...] = (
    cells.text("address", "address", 300),
    cells.text("phone", "phone", 40),
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
    f"s.valid_from IS NULL OR s.valid_until IS NULL "
    f"OR {cells.as_day('s.valid_from')} <= {cells.as_day('s.valid_until')}",
)
_MESSAGES = {
    **columns.MESSAGES,
    "ends_before": gettext_lazy("Ngày cuối ở trước ngày đầu."),
    "bad_services": gettext_lazy(
        "Dịch vụ là voluntary_bhxh, household_bhyt hoặc cả hai, cách nhau dấu cách."
    ),
    "bad_facility": gettext_lazy("Mã cơ sở KCB gồm 5 ký tự: 2 số của tỉnh, 1 số hoặc chữ in hoa, 2 số."),
    "bad_code": gettext_lazy("Mã gồm tối đa 12 chữ in hoa và chữ số."),
    "unknown_collector": gettext_lazy("Không có tổ chức dịch vụ thu với mã này."),
}
_CODE = r"^[A-Z0-9]{1,12}$"


def _facilities(batch: Batch) -> Counts:
    more = {
        "level": "coalesce(s.level, '')",
        "bhyt_from": cells.as_day("s.bhyt_from"),
        "bhyt_until": cells.as_day("s.bhyt_until"),
        "leave_papers": "coalesce(s.leave_papers, '0') = '1'",
        "specialties": "coalesce(regexp_split_to_array(s.specialties, '\\s*\\|\\s*'), '{}')",
    }
    return upsert(batch, "directory_facility", key=["code"], columns=_LOCATED_SQL | more)


def _collectors(batch: Batch) -> Counts:
    names = ("code", "name", "phone", "is_synthetic", "mark")
    return upsert(
        batch, "directory_collector", key=["code"], columns={name: _LOCATED_SQL[name] for name in names}
    )


def _points(batch: Batch) -> Counts:
    more = {
        "collector_id": "s.collector_code",
        "person_in_charge": "coalesce(s.person_in_charge, '')",
        "services": "coalesce(string_to_array(s.services, ' '), '{}')",
        "area": "coalesce(s.area, '{}')",
    }
    return upsert(batch, "directory_point", key=["code"], columns=_LOCATED_SQL | more)


FACILITIES = Importer(
    kind="facilities",
    title="health-care facilities",
    columns=(
        cells.pattern("code", "facility code", FACILITY_CODE, "bad_facility", required=True),
        cells.text("name", "name", 200, required=True),
        *_LOCATED,
        cells.choice("level", "level of care", *LEVELS),
        cells.day("bhyt_from", "contract for BHYT from"),
        cells.day("bhyt_until", "contract for BHYT until"),
        cells.yes_no("leave_papers", "may issue papers for leave with benefits"),
        cells.texts("specialties", "specialties, by |", 600, 60),
    ),
    key={"code": "s.code"},
    merge=_facilities,
    checks=(_LIVES,),
    messages=_MESSAGES,
)
COLLECTORS = Importer(
    kind="collectors",
    title="organisations that collect contributions",
    columns=(
        cells.pattern("code", "code", _CODE, "bad_code", required=True),
        cells.text("name", "name", 200, required=True),
        cells.text("phone", "phone", 40),
        cells.yes_no("is_synthetic", "invented for demo or tests"),
        cells.text("mark", "how well known: [S] [C] [M] [?]", 10),
    ),
    key={"code": "s.code"},
    merge=_collectors,
    messages=_MESSAGES,
)
_WORD = "|".join(SERVICES)
POINTS = Importer(
    kind="points",
    title="collection points and agents",
    columns=(
        cells.pattern("code", "code", _CODE, "bad_code", required=True),
        cells.text("name", "name", 200, required=True),
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
    merge=_points,
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
)

IMPORTERS: dict[str, Importer] = {one.kind: one for one in (FACILITIES, COLLECTORS, POINTS)}
