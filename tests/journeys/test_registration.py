"""Lan registers without JavaScript, from the first page to the printed form; then on another device."""

import pytest
from django.test import Client

from tests.making.registrations import LAN, make_office, make_person, plain_photo
from tests.making.sms import last_code, texts_to
from vssid.domain.registration.models import Application
from vssid.web.public.tests.visitor import CONTACT, WHO, back_photo, front_photo, subject_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def test_lan_registers_from_the_first_page_to_the_printed_form(client: Client):
    make_office()
    make_person()
    assert "Bắt đầu đăng ký" in client.get("/dang-ky").content.decode()

    scanned = client.post("/dang-ky/ban-than", {"photo": upload(front_photo()), "go": "scan"}, follow=True)
    assert 'value="Nguyễn Thị Lan"' in scanned.content.decode()
    step = client.post("/dang-ky/ban-than", WHO)
    assert step.headers["Location"] == "/dang-ky/lien-he"

    client.post("/dang-ky/lien-he", {"province_code": "31", "go": "province"})
    step = client.post("/dang-ky/lien-he", CONTACT)
    assert step.headers["Location"] == "/dang-ky/anh"

    for slug, photo in (
        ("mat-truoc", front_photo()),
        ("mat-sau", back_photo()),
        ("chan-dung", plain_photo()),
    ):
        answer = client.post(f"/dang-ky/anh?loai={slug}", {"photo": upload(photo)}, follow=True)
        assert answer.status_code == 200
    assert "Ảnh đã đủ" in client.get("/dang-ky/anh").content.decode()

    assert "BHXH quận Hồng Bàng" in client.get("/dang-ky/noi-nop").content.decode()
    step = client.post("/dang-ky/noi-nop", {"office_code": "03101"})
    assert step.headers["Location"] == "/dang-ky/xem-lai"

    step = client.post("/dang-ky/xem-lai", {"commitment": "yes"})
    assert step.headers["Location"] == "/dang-ky/ma-xac-nhan"
    subject = subject_of(client)
    done = client.post("/dang-ky/ma-xac-nhan", {"code": last_code(subject)})
    assert done.headers["Location"] == "/dang-ky/ho-so"

    row = Application.objects.get()
    assert row.number in client.get("/dang-ky/ho-so").content.decode()
    assert client.get("/dang-ky/ho-so/to-khai.pdf").content.startswith(b"%PDF-")
    assert b"BEGIN:VCALENDAR" in client.get("/dang-ky/ho-so/lich.ics").content
    assert row.number in texts_to(subject, "application_received")[0]

    # A month later on her sister's phone: the number from the message and her own phone are enough.
    other = Client()
    other.post("/dang-ky/tra-cuu", {"number": row.number, "phone": LAN.phone})
    other.post("/dang-ky/tra-cuu/mo")
    other.post("/dang-ky/tra-cuu/ma", {"code": last_code(subject)})
    assert row.number in other.get("/dang-ky/ho-so").content.decode()
