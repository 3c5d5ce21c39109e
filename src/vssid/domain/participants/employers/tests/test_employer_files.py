"""What a file says of employers' industry and e-mail: kept as it is told, left alone where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from vssid.domain.imports.check import left_out
from vssid.domain.imports.check.left_out import Aside
from vssid.domain.imports.read.headings import Matcher
from vssid.domain.participants.models.people import Employer
from vssid.domain.participants.tests.files import IMPORTERS, load

pytestmark = pytest.mark.django_db
SAO_MAI = {"code": "TZ0001A", "name": "Sao Mai", "industry": "May mặc", "email": "HR@Sao-Mai.example"}


def held() -> tuple[str, str]:
    return Employer.objects.values_list("industry", "email").get(code="TZ0001A")


def test_they_are_kept_as_told_and_the_same_file_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "employers", SAO_MAI).new == 1
    assert held() == ("May mặc", "HR@sao-mai.example")
    assert load(tmp_path, "employers", SAO_MAI).same == 1


@pytest.mark.parametrize("without", [{}, {"industry": "", "email": ""}])
def test_a_file_without_the_columns_or_with_blank_cells_leaves_what_is_held(
    tmp_path: Path, without: dict[str, str]
) -> None:
    load(tmp_path, "employers", SAO_MAI)
    assert load(tmp_path, "employers", {"code": "TZ0001A", "name": "Đổi tên", **without}).changed == 1
    assert held() == ("May mặc", "HR@sao-mai.example")


def test_blanks_erase_them_where_that_was_chosen(tmp_path: Path) -> None:
    load(tmp_path, "employers", SAO_MAI)
    load(tmp_path, "employers", SAO_MAI | {"industry": "", "email": ""}, blanks_erase=True)
    assert held() == ("", "")


@pytest.mark.parametrize("wrong", ["hr@", "hr sao-mai.example", "hr@sao-mai", "nhân.sự@sao-mai.example"])
def test_an_address_that_cannot_be_read_is_left_out_and_told_and_the_row_is_loaded(
    tmp_path: Path, wrong: str
) -> None:
    load(tmp_path, "employers", SAO_MAI)
    report = load(tmp_path, "employers", SAO_MAI | {"email": wrong, "industry": "Da giày"})
    assert (report.changed, report.refused) == (1, 0)
    assert held() == ("Da giày", "HR@sao-mai.example")
    assert left_out.of(report.run_id) == [Aside("email", "bad_email", 1, (2,))]


def test_an_industry_that_is_too_long_is_refused_in_its_row(tmp_path: Path) -> None:
    assert load(tmp_path, "employers", SAO_MAI | {"industry": "a" * 121}).refused == 1
    assert not Employer.objects.exists()


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Ngành nghề", "industry"),
        ("NGANH", "industry"),
        ("Lĩnh vực", "industry"),
        ("E-mail", "email"),
        ("Email", "email"),
        ("Thư điện tử", "email"),
    ],
)
def test_headings_that_people_write_are_known(heading: str, column: str) -> None:
    matcher = Matcher(IMPORTERS["employers"])
    assert matcher.match(["Mã đơn vị", "Tên đơn vị", heading]).names[2] == column
