"""The page of an upload: progress, what a report says and does not, refused rows, cancelling."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from vssid.domain.audit import queries as audit
from vssid.domain.imports import upload_retention
from vssid.domain.imports.models import Upload

from .data_desk import BAD, GOOD, loaded, quang, send
from .desk import text_of

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
    assert "code Mã đơn vị" in said
    assert "name Thiếu giá trị bắt buộc. 1" in said
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


def test_after_their_term_refused_rows_are_gone_and_the_page_says_so() -> None:
    client = quang()
    address = loaded(client, BAD)
    upload_retention.forget_errors(timezone.now() + timedelta(days=31))
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
        phase_began_at=now - timedelta(seconds=50), progress_at=now,
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
        ("failed", {}, "Việc nạp bị lỗi giữa chừng"),
        ("refused", {"reason": "header", "lacking": ["tax"], "expected": ["code"]}, "Cột thiếu: tax."),
    ],
)
def test_a_file_that_did_not_go_in_says_why(state: str, refusal: dict[str, Any], said: str) -> None:
    client = quang()
    address = send(client, GOOD)["Location"]
    Upload.objects.update(state=state, refusal=refusal, blob_key="", ended_at=timezone.now())
    assert said in text_of(client.get(address).content)
