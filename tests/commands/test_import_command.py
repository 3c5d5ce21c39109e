"""`./vssid import` as an operator types it."""

import pytest
from typer.testing import CliRunner

from tests.import_files.full_rows import FULL
from tests.import_files.rows_of_every_kind import rows_in, write
from vssid.cli.__main__ import app
from vssid.domain.imports.models import ImportRun

pytestmark = pytest.mark.django_db

TABLE, COLLECTOR = FULL["collectors"]


def typed(*words):
    return CliRunner().invoke(app, ["import", *map(str, words)])


def test_blank_cells_erase_only_with_the_option(tmp_path):
    typed("collectors", write(tmp_path, [COLLECTOR]))
    before = rows_in(TABLE)
    path = write(tmp_path, [COLLECTOR | {"phone": ""}])
    assert typed("collectors", path).exit_code == 0
    assert rows_in(TABLE) == before
    assert typed("collectors", path, "--blanks-erase").exit_code == 0
    assert rows_in(TABLE) == [before[0] | {"phone": ""}]


def test_a_dry_run_prints_what_would_change_and_why_lines_are_refused(tmp_path):
    typed("collectors", write(tmp_path, [COLLECTOR]))
    before = rows_in(TABLE)
    rows = [COLLECTOR | {"name": "Bưu điện khác", "phone": ""}, COLLECTOR | {"code": "sai mã"}]
    done = typed("collectors", write(tmp_path, rows), "--dry-run", "--blanks-erase")
    assert done.exit_code == 1
    said = " ".join(done.output.split())
    assert "Bưu điện mẫu → Bưu điện khác" in said
    assert "0225 → –" in said
    assert "Mã gồm tối đa 12" in said
    assert rows_in(TABLE) == before


def test_a_run_is_undone_by_its_number(tmp_path):
    typed("collectors", write(tmp_path, [COLLECTOR]))
    before = rows_in(TABLE)
    typed("collectors", write(tmp_path, [COLLECTOR | {"name": "Bưu điện khác"}, COLLECTOR | {"code": "C2"}]))
    run_id = ImportRun.objects.latest("id").id
    done = CliRunner().invoke(app, ["undo-import", str(run_id)])
    assert done.exit_code == 0
    assert "Trở lại như trước: 1. Đã bỏ: 1. Để nguyên: 0." in done.output
    assert rows_in(TABLE) == before
    for odd, said in ((run_id, "đã hoặc đang được hoàn tác"), (10**9, "Không có lần nạp số")):
        done = CliRunner().invoke(app, ["undo-import", str(odd)])
        assert (done.exit_code, said in done.output) == (2, True)


def test_a_phone_that_cannot_be_read_is_told_with_its_line_and_refuses_nobody(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "bhxh_code,full_name,birth_date,sex,phone\n"
        "3199000001,Trần Thị Lan,1988-03-14,2,0168 123 4567\n"
        "3199000002,Nguyễn Văn Bình,1979,1,12345\n",
        encoding="utf-8",
    )
    answer = typed("people", path)
    assert answer.exit_code == 0
    assert "people.csv: 1 ô ở cột Điện thoại" in answer.output
    assert "Dòng: 3." in answer.output
