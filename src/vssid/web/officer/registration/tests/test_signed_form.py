"""The signed form on the file's page: taken from a form or a script, shown with its versions."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.making.registrations import HONG_BANG, make_application, make_officer_account
from tests.making.scanned_pdfs import Sheet, layered, pdf
from tests.page_text import text_of
from vssid.domain.audit.models import Event
from vssid.domain.registration.models import SignedPage
from vssid.infra.documents import pdf_pages
from vssid.infra.pictures import images
from vssid.web.officer.registration.paper import BAD_SCANS
from vssid.web.officer.tests.desk import browser_of, file_of, hanh, minh

pytestmark = pytest.mark.django_db


def upload(shade: int = 255, name: str = "scan.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (600, 850), (shade,) * 3).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def send(client, application_id, *files, **data):
    return client.post(file_of(application_id, "to-khai-ky"), {"trang": list(files), **data})


def test_pages_are_filed_and_shown_by_who_and_when() -> None:
    client, application = minh(), make_application()
    assert "Chưa có bản quét tờ khai đã ký." in text_of(client.get(file_of(application)).content)
    answer = send(client, application, upload(255), upload(128))
    assert answer["Location"] == file_of(application) + "?xong=ban-quet"
    said = text_of(client.get(answer["Location"]).content)
    assert "Đã lưu bản quét tờ khai." in said
    assert "Bản 1, Minh lưu lúc 20:14, 18/11/2026" in said
    assert "Tờ khai đã ký, trang 2" in said
    picture = client.get(file_of(application, "to-khai-ky/1/2"))
    assert (picture["Content-Type"], "no-store" in picture["Cache-Control"]) == ("image/jpeg", True)
    assert Event.objects.latest("seq").kind == "application.form_viewed"


def test_a_script_gets_the_part_alone_and_no_look_at_the_file_is_written() -> None:
    client, application = minh(), make_application()
    answer = send(client, application, upload(), phan="1")
    html = answer.content.decode()
    assert (answer.status_code, "<html" in html, 'data-captured="to-khai-ky"' in html) == (200, False, True)
    assert "Đã lưu bản quét tờ khai." in text_of(answer.content)
    assert not Event.objects.filter(kind="application.viewed").exists()


def test_another_version_is_asked_for_and_the_earlier_one_stays_in_sight() -> None:
    client, application = minh(), make_application()
    send(client, application, upload(10))
    send(client, application, upload(99), moi="1")
    said = text_of(client.get(file_of(application)).content)
    assert "Các bản trước" in said
    assert said.index("Bản 2, Minh") < said.index("Các bản trước") < said.index("Bản 1, Minh")
    assert client.get(file_of(application, "to-khai-ky/1/1")).status_code == 200


@pytest.mark.parametrize("part", [{}, {"phan": "1"}], ids=["page", "part"])
def test_what_is_no_scan_is_said_in_words(part: dict[str, str]) -> None:
    client, application = minh(), make_application()
    answer = send(client, application, upload(), SimpleUploadedFile("loi.jpg", b"words"), **part)
    said = text_of(answer.content)
    assert answer.status_code == 422
    assert "Tệp thứ 2: Tệp này không phải ảnh hay PDF." in said
    assert not SignedPage.objects.exists()


def test_a_layered_scan_is_filed_and_a_text_is_told_what_it_is() -> None:
    client, application = minh(), make_application()
    scan = SimpleUploadedFile("scan.pdf", pdf(Sheet(layered(620, 877))))
    assert send(client, application, scan).status_code == 302
    letters = pdf(Sheet((), after=b"BT /F 12 Tf 50 700 Td (Signed) Tj ET"))
    answer = send(client, application, SimpleUploadedFile("text.pdf", letters))
    assert answer.status_code == 422
    assert "Tệp PDF này là văn bản, không phải bản quét tờ giấy đã ký." in text_of(answer.content)
    assert SignedPage.objects.count() == 1


def test_every_problem_of_a_picture_or_a_pdf_has_a_sentence() -> None:
    assert {*pdf_pages.Problem, *images.Problem} <= set(BAD_SCANS)


def test_nothing_chosen_is_said() -> None:
    client, application = minh(), make_application()
    assert "Hãy chụp, quét hoặc chọn ít nhất một trang." in text_of(send(client, application).content)


def test_another_office_files_and_sees_nothing() -> None:
    client, application = minh(), make_application()
    send(client, application, upload())
    other = hanh()
    assert send(other, application, upload(9)).status_code == 404
    assert other.get(file_of(application, "to-khai-ky/1/1")).status_code == 404


def test_who_only_looks_sees_the_form_and_files_none() -> None:
    client, application = minh(), make_application()
    send(client, application, upload())
    director = browser_of(make_officer_account("huong", HONG_BANG, "Hương", "director"))
    page = director.get(file_of(application)).content.decode()
    assert ("Bản 1, Minh" in text_of(page.encode()), "data-capture" in page.replace("captured", "")) == (
        True,
        False,
    )
    assert send(director, application, upload(9)).status_code == 403


def test_the_history_tells_it_and_folds_the_looks() -> None:
    client, application = minh(), make_application()
    send(client, application, upload())
    for _look in range(2):
        client.get(file_of(application, "to-khai-ky/1/1"))
    said = text_of(client.get(file_of(application)).content)
    assert "lưu bản quét tờ khai đã ký" in said
    assert said.count("xem bản quét tờ khai đã ký") <= 1
