"""The page of an upload: progress, what a report says and does not, refused rows, cancelling."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import HONG_BANG, make_officer_account
from tests.page_text import text_of
from vssid.domain.audit import queries as audit
from vssid.domain.imports.merge import undo
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.imports.uploads import retention
from vssid.domain.participants.models.people import Employer
from vssid.web.officer.tests.desk import browser_of

from .data_desk import BAD, GOOD, PAGE, confirmed, loaded, quang, send, shown, work, yen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Any, settings: Any) -> None:
    settings.BLOBS_URL, settings.DATA = f"file://{tmp_path}/blobs", tmp_path / "data"


def test_a_report_tells_counts_and_reasons_and_no_content() -> None:
    client = quang()
    answer = client.get(loaded(client, BAD))
    said = text_of(answer.content)
    assert "Đọc 4 Mới 1 Đổi 0 Như cũ 0 Bị từ chối 3" in said
    assert "3 dòng bị từ chối" in said
    assert "Mã đơn vị code Mã đơn vị" in said
    assert "Tên đơn vị name Thiếu giá trị bắt buộc. 1" in said
    assert "Chim" not in said
    assert answer["Cache-Control"] == "no-store, private"


def test_refused_rows_are_downloaded_as_a_file_kept_by_nobody_and_it_is_written_down() -> None:
    client = quang()
    answer: Any = client.get(f"{loaded(client, BAD)}/loi")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Công ty Chim Vàng" in content
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''employers-")
    assert answer["Cache-Control"] == "no-store, private"
    assert audit.events_of(Upload.objects.get().subject_id)[0].kind == "import.errors_downloaded"


def test_refused_rows_are_offered_as_a_workbook_too() -> None:
    client = quang()
    address = loaded(client, BAD.replace("Công ty Chim Vàng", "=SUM(1)"))
    assert "Tải dạng Excel" in text_of(client.get(address).content)
    answer: Any = client.get(f"{address}/loi.xlsx")
    assert answer["Content-Disposition"].endswith("-loi.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=SUM(1)", "s")
    assert yen().get(f"{address}/loi.xlsx").status_code == 404


def test_after_their_term_refused_rows_are_gone_and_the_page_says_so() -> None:
    client = quang()
    address = loaded(client, BAD)
    retention.forget_errors(timezone.now() + timedelta(days=31))
    assert client.get(f"{address}/loi").status_code == 404
    assert "đã xóa sau thời hạn lưu" in text_of(client.get(address).content)


def test_a_whole_file_has_no_refused_rows_to_download() -> None:
    client = quang()
    address = loaded(client, GOOD)
    assert "Không có dòng nào bị từ chối." in text_of(client.get(address).content)
    assert client.get(f"{address}/loi").status_code == 404


def test_progress_says_phase_rows_pace_and_time_left() -> None:
    client = quang()
    address, now = send(client, GOOD)["Location"], timezone.now()
    Upload.objects.update(
        state="working", phase="merging", done=60_000, total=200_000, phase_began_with=10_000,
        phase_began_at=now - timedelta(seconds=50), progress_at=now, confirmed_at=now, confirmed_id=1,
    )  # fmt: skip
    answer = client.get(f"{address}/tien-do")
    said = text_of(answer.content)
    assert "Ghi vào dữ liệu: 30 % 60.000 trong 200.000 dòng" in said
    assert "1.000 dòng mỗi giây" in said
    assert "còn khoảng 2 phút" in said
    assert '<progress aria-label="Tiến độ nạp" value="60000" max="200000">' in answer.content.decode()
    assert "data-ended" not in answer.content.decode()
    assert "Hủy tệp này" not in text_of(client.get(address).content)


def test_progress_ends_when_the_upload_has_ended() -> None:
    client = quang()
    assert "data-ended" in client.get(f"{loaded(client, GOOD)}/tien-do").content.decode()


def test_without_a_script_the_page_loads_itself_anew_but_not_for_ever() -> None:
    client = quang()
    address = send(client, GOOD)["Location"]
    assert f'content="5;url={address}?lan=1"' in client.get(address).content.decode()
    assert f"{address}?lan=8" in client.get(f"{address}?lan=7").content.decode()
    assert "http-equiv" not in client.get(f"{address}?lan=120").content.decode()
    assert "http-equiv" not in client.get(f"{address}?lan=9999").content.decode()
    for odd in ("-1", "x", "²"):
        assert f"{address}?lan=1" in client.get(address, {"lan": odd}).content.decode(), odd
    assert 'http-equiv="refresh"' not in client.get(loaded(client, BAD)).content.decode()


def test_a_waiting_file_is_cancelled_and_one_that_runs_is_not() -> None:
    client = quang()
    address = send(client, GOOD)["Location"]
    Upload.objects.update(state="working")
    answer = client.post(f"{address}/huy")
    assert (answer.status_code, "Không hủy được nữa" in text_of(answer.content)) == (409, True)
    Upload.objects.update(state="waiting")
    assert client.post(f"{address}/huy")["Location"] == address
    assert "không có gì được ghi" in text_of(client.get(address).content)


def test_an_upload_that_waits_for_another_run_says_so() -> None:
    client = quang()
    address = send(client, GOOD)["Location"]
    Upload.objects.update(phase="held")
    assert "Một lần nhập khác cùng loại đang chạy" in text_of(client.get(address).content)


@pytest.mark.parametrize(
    ("state", "refusal", "said"),
    [
        ("failed", {"reason": "died"}, "Đã thử ba lần"),
        ("failed", {}, "Việc nạp bị lỗi giữa chừng"),
        ("refused", {"reason": "header", "lacking": ["tax"], "expected": ["code"]}, "Cột thiếu: tax."),
    ],
)
def test_a_file_that_did_not_go_in_says_why(state: str, refusal: dict[str, Any], said: str) -> None:
    client = quang()
    address = send(client, GOOD)["Location"]
    Upload.objects.update(state=state, refusal=refusal, blob_key="", ended_at=timezone.now())
    assert said in text_of(client.get(address).content)


CHANGED = GOOD.replace("Công ty Một", "Công ty Chim Vàng") + "sai,x\n"


def test_a_page_shows_what_would_change_and_loads_it_on_the_button() -> None:
    client = quang()
    loaded(client, GOOD)
    address = shown(client, CHANGED)
    page = text_of(client.get(address).content)
    assert "Chưa ghi gì: hãy xem rồi xác nhận" in page
    assert "thêm 0 dòng mới, đổi 1 dòng đã có; 1 dòng bị từ chối" in page
    assert "name 1 0 1 ví dụ dòng 2: Công ty Một → Công ty Chim Vàng" in page
    assert "Chờ xác nhận" in text_of(client.get(PAGE).content)
    assert Employer.objects.get(code="TZ0001A").name == "Công ty Một"
    assert confirmed(client, address)["Location"] == address
    work(address)
    assert Employer.objects.get(code="TZ0001A").name == "Công ty Chim Vàng"
    page = text_of(client.get(address).content)
    assert "Người xác nhận Quang" in page
    assert "Chim Vàng" not in page


def test_a_large_change_is_confirmed_by_a_colleague(settings: Any) -> None:
    settings.IMPORT_SECOND_ROWS = 1
    client = quang()
    loaded(client, GOOD)
    address = shown(client, CHANGED)
    assert "cán bộ dữ liệu không phải người tải lên" in text_of(client.get(address).content)
    assert confirmed(client, address).status_code == 302
    page = text_of(client.get(address).content)
    assert "Quang đã xác nhận lúc" in page
    assert "Xác nhận và nạp" not in page
    assert confirmed(client, address).status_code == 409
    mai = browser_of(make_officer_account("mai", HONG_BANG, "Mai", "data"))
    assert "Xác nhận và nạp" in text_of(mai.get(address).content)
    confirmed(mai, address)
    work(address)
    assert "Đã nạp" in text_of(client.get(address).content)


def test_a_preview_that_was_not_read_is_not_confirmed() -> None:
    client = quang()
    address = shown(client, GOOD)
    for odd in ("", "x", "0", "²", "9" * 40):
        assert client.post(f"{address}/xac-nhan", {"shown": odd}).status_code == 409
    assert client.post(f"{address}/huy")["Location"] == address
    assert "không có gì được ghi" in text_of(client.get(address).content)
    assert confirmed(client, address).status_code == 409


def test_a_file_that_is_only_checked_shows_what_it_would_change_and_has_no_button() -> None:
    client = quang()
    loaded(client, GOOD)
    address = loaded(client, CHANGED, dry_run="on")
    page = text_of(client.get(address).content)
    assert "Công ty Một → Công ty Chim Vàng" in page
    assert "Xác nhận và nạp" not in page
    retention.forget_errors(timezone.now() + timedelta(days=31))
    assert "Chim" not in text_of(client.get(address).content)


def undone(client: Client, address: str) -> str:
    """Press the button, do the job, and what the page says then."""
    assert client.post(f"{address}/hoan-tac")["Location"] == address
    waiting = text_of(client.get(address).content)
    assert "Đang hoàn tác" in waiting
    undo.do(ImportRun.objects.latest("id").id, now=timezone.now(), wait=timedelta(0))
    return text_of(client.get(address).content)


def test_a_loaded_file_is_undone_from_its_page() -> None:
    client = quang()
    loaded(client, GOOD)
    address = loaded(client, CHANGED + "TZ0003A,Công ty Ba\n")
    assert "Có thể hoàn tác đến" in text_of(client.get(address).content)
    said = undone(client, address)
    assert "1 dòng trở lại như trước, 1 dòng mới đã bỏ, 0 dòng để nguyên" in said
    assert Employer.objects.get(code="TZ0001A").name == "Công ty Một"
    assert Employer.objects.count() == 2
    assert client.post(f"{address}/hoan-tac").status_code == 409
    assert "Hoàn tác lần nạp này" not in client.get(address).content.decode()


def test_what_did_not_go_back_is_listed_by_line() -> None:
    client = quang()
    loaded(client, GOOD)
    address = loaded(client, CHANGED)
    loaded(client, GOOD.replace("Công ty Một", "Công ty Mới"))
    said = undone(client, address)
    assert "1 dòng để nguyên" in said
    assert "Đã được sửa sau lần nạp này: 1 . Dòng của tệp: 2" in said
    assert Employer.objects.get(code="TZ0001A").name == "Công ty Mới"


def test_only_the_own_office_undoes_and_only_what_was_loaded() -> None:
    client, stranger = quang(), yen()
    address = loaded(client, GOOD)
    assert stranger.post(f"{address}/hoan-tac").status_code == 404
    shown_only = shown(client, CHANGED)
    assert client.post(f"{shown_only}/hoan-tac").status_code == 409
    assert "Hoàn tác" not in text_of(client.get(shown_only).content)
    assert Employer.objects.count() == 2


def test_a_report_names_the_cells_that_were_left_out_and_their_lines() -> None:
    people = (
        "bhxh_code,full_name,birth_date,sex,phone,province_code,office_code\n"
        "3199000001,Trần Thị Lan,1988-03-14,2,0168 123 4567,31,03101\n"
        "3199000002,Nguyễn Văn Bình,1979,1,12345,31,03101\n"
    )
    client = quang()
    said = text_of(client.get(loaded(client, people, kind="people")).content)
    assert "Mới 2 Đổi 0 Như cũ 0 Bị từ chối 0" in said
    assert "Một số ô không được nạp 1 ô ở cột Điện thoại" in said
    assert "Dòng: 3." in said
    assert "12345" not in said
