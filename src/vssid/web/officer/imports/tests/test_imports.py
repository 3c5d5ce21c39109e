"""The list of uploads: who opens it, what a form is answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import HONG_BANG, make_officer_account
from tests.page_text import text_of
from vssid.domain.imports import actions
from vssid.domain.imports.models import Upload
from vssid.domain.imports.registry import importer, importers
from vssid.kernel.actor import SYSTEM
from vssid.web.officer.tests.desk import browser_of, minh

from .. import words
from .data_desk import BAD, GOOD, PAGE, in_clear, loaded, quang, send, yen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Any, settings: Any) -> None:
    settings.BLOBS_URL, settings.DATA = f"file://{tmp_path}/blobs", tmp_path / "data"


def test_an_officer_without_the_role_opens_no_such_page_and_finds_no_link() -> None:
    client = minh()
    address = loaded(quang(), BAD)
    for path in (
        PAGE,
        f"{PAGE}/lenh",
        address,
        f"{address}/tien-do",
        f"{address}/loi",
        f"{PAGE}/mau/people.csv",
    ):
        assert client.get(path).status_code == 403, path
    assert send(client, GOOD).status_code == 403
    assert client.post(f"{address}/huy").status_code == 403
    assert "Nhập liệu" not in text_of(client.get("/can-bo").content)
    assert in_clear() == []


def test_a_data_officer_is_shown_the_way_to_the_files_and_none_to_those_of_people() -> None:
    page = quang().get("/can-bo")
    assert 'href="/can-bo/nhap-lieu"' in page.content.decode()
    assert 'href="/can-bo/danh-ba"' in page.content.decode()
    assert 'href="/can-bo/tai-khoan"' not in page.content.decode()


def test_another_office_finds_no_upload_no_progress_and_no_refused_rows() -> None:
    address, client = loaded(quang(), BAD), yen()
    colleague = browser_of(make_officer_account("ha", HONG_BANG, "Hà", "data"))
    waiting = send(colleague, GOOD)["Location"]
    for path in ("", "/tien-do", "/loi"):
        assert client.get(address + path).status_code == 404, path
    assert client.post(f"{waiting}/huy").status_code == 404
    assert "don-vi.csv" not in text_of(client.get(PAGE).content)
    assert colleague.get(address).status_code == 200


def test_a_good_file_leads_to_its_page_and_nothing_stays_in_clear() -> None:
    client = quang()
    answer = send(client, GOOD)
    assert (answer.status_code, answer["Location"].startswith(f"{PAGE}/")) == (302, True)
    said = text_of(client.get(answer["Location"]).content)
    assert "Tệp đang chờ đến lượt" in said
    assert "Hủy tệp này" in said
    assert in_clear() == []


def test_the_same_file_sent_twice_leads_to_the_same_page() -> None:
    client = quang()
    assert send(client, GOOD)["Location"] == send(client, GOOD)["Location"]
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp trống"),
        (b"\n", "Tệp trống"),
        (b"code,surname\n", "Cột thiếu: Tên đơn vị. Cột lạ: surname."),
        ("code,name\nTZ0001A,Tiê\u0301ng Viê\u0323t\n".encode("cp1258"), "Windows-1258"),
        (b"%PDF-1.7\n", "PDF"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_its_field_and_the_rest_is_kept(
    content: bytes, said: str
) -> None:
    client = quang()
    answer = send(client, content, dry_run="on")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    assert 'id="id_file_error"' in page
    assert 'value="Sở mẫu"' in page
    assert '<option value="employers" selected>' in page
    assert "checked" in page
    assert (Upload.objects.count(), in_clear()) == (0, [])


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"kind": "wishes"}, "kind", "Loại dữ liệu này không có"),
        ({"kind": ""}, "kind", "Hãy chọn loại dữ liệu."),
        ({"sender": " "}, "sender", "Hãy ghi nguồn dữ liệu."),
        ({"sender": "x" * 101}, "sender", "dài quá 100 ký tự"),
        ({"file": ""}, "file", "Hãy chọn tệp cần nhập."),
    ],
)
def test_a_field_that_lacks_is_named(more: dict[str, str], field: str, said: str) -> None:
    answer = send(quang(), GOOD, **more)
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Upload.objects.count() == 0


def test_a_file_over_the_limit_is_refused_and_the_rest_is_kept(settings: Any) -> None:
    settings.IMPORT_UPLOAD_LIMIT = 1_000_000
    answer = send(quang(), GOOD + "TZ0003A,x\n" * 200_000)
    assert answer.status_code == 413
    assert "Tệp lớn hơn" in text_of(answer.content)
    assert '<option value="employers" selected>' in answer.content.decode()
    assert "Hãy chọn tệp" not in text_of(answer.content)
    assert (Upload.objects.count(), in_clear()) == (0, [])


def test_a_large_file_goes_in_where_other_forms_stop() -> None:
    rows = "".join(f"TZ{number % 10_000:04d}A,{'x' * 200}\n" for number in range(170_000))
    assert len(rows) > 33_000_000
    assert send(quang(), "code,name\n" + rows).status_code == 302


def test_a_form_from_elsewhere_is_refused_before_its_file_is_looked_at() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = quang().cookies
    assert send(client, GOOD).status_code == 403
    assert (Upload.objects.count(), in_clear()) == (0, [])


def test_runs_by_command_are_listed_with_their_report(tmp_path: Any) -> None:
    path = tmp_path / "lenh.csv"
    path.write_text(BAD, encoding="utf-8")
    report = actions.run(importer("employers"), path, by=SYSTEM, now=timezone.now(), sender="demo")
    client = quang()
    address = f"{PAGE}/lenh/{report.run_id}"
    listed = client.get(f"{PAGE}/lenh").content.decode()
    assert f'href="{address}"' in listed
    said = text_of(client.get(address).content)
    assert "Bị từ chối 3" in said
    assert "Chim" not in said
    assert "Tải các dòng" not in said
    assert client.get(f"{PAGE}/lenh/{report.run_id + 1}").status_code == 404


def test_the_list_shows_states_and_counts_page_by_page() -> None:
    client = quang()
    for number in range(21):
        send(client, GOOD.replace("Hai", str(number)))
    loaded(client, BAD)
    said = text_of(client.get(PAGE).content)
    assert "Trang 1/2 · 22 dòng" in said
    assert "Đã nạp một phần Đơn vị sử dụng lao động don-vi.csv Sở mẫu" in said
    assert said.count("Đang chờ") == 19
    assert text_of(client.get(f"{PAGE}?trang=2").content).count("Đang chờ") == 2


def test_templates_are_files_and_others_are_not_there() -> None:
    client = quang()
    for kind in importers():
        for form in ("csv", "xlsx"):
            answer = client.get(f"{PAGE}/mau/{kind}.{form}")
            assert answer.status_code == 200
            assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{kind}.{form}"
    for odd in ("wishes.csv", "people.ods", "people.exe"):
        assert client.get(f"{PAGE}/mau/{odd}").status_code == 404


def test_every_kind_has_words() -> None:
    assert set(words.KINDS) == set(importers())


def test_nothing_of_a_file_is_in_logs_or_job_arguments(caplog: pytest.LogCaptureFixture) -> None:
    from django.db import connection

    client = quang()
    loaded(client, BAD, name="Nguyen Van Canary.csv")
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(args::text, ' '), '') FROM procrastinate_jobs")
        arguments = cursor.fetchone()[0]
    for secret in ("Chim", "Canary", "Công ty"):
        assert secret not in caplog.text + arguments
