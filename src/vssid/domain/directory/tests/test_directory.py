from datetime import UTC, datetime

import pytest

from vssid.domain.directory import queries
from vssid.domain.directory.importers import FACILITIES
from vssid.domain.imports import actions
from vssid.kernel.actor import SYSTEM

HEADER = "code;name;address;province_code;is_synthetic\n"


def load(folder, *rows, header=HEADER):
    path = folder / "facilities.csv"
    path.write_text(header + "\n".join(rows), encoding="utf-8-sig")
    now = datetime(2025, 7, 1, tzinfo=UTC)
    return actions.run(FACILITIES, path, by=SYSTEM, now=now, errors_to=folder / "loi.csv")


@pytest.mark.django_db
def test_a_facility_is_found_by_its_code(tmp_path):
    load(tmp_path, "99001;Bệnh viện Hoa Phượng (mẫu);9 phố Mẫu;31;1")
    assert queries.facility_name("99001") == "Bệnh viện Hoa Phượng (mẫu)"
    assert queries.facility("99001") == queries.facilities_in("31")[0]


@pytest.mark.django_db
def test_an_unknown_facility_has_no_name():
    assert queries.facility_name("99999") == ""
    assert queries.facility("99999") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("9900;A;;31;1", "lost_zero"),
        ("9900x;A;;31;1", "bad_facility"),
        ("99001;;;31;1", "missing"),
        ("99001;A;;30;1", "unknown_province"),
    ],
)
def test_a_wrong_facility_is_refused(tmp_path, row, code):
    report = load(tmp_path, row)
    assert report.refused == 1
    assert code in report.error_file.read_text(encoding="utf-8-sig")


@pytest.mark.django_db
def test_one_specialty_that_is_too_long_refuses_its_row_and_leaves_the_others(tmp_path):
    header = "code;name;province_code;specialties\n"
    rows = (f"99001;Một (mẫu);31;Nhi khoa | {'a' * 61}", "99002;Hai (mẫu);31;Nhi khoa | Nội khoa")
    report = load(tmp_path, *rows, header=header)
    assert "too_long" in report.error_file.read_text(encoding="utf-8-sig")
    assert (queries.facility("99001"), queries.facility_name("99002")) == (None, "Hai (mẫu)")
