"""Online procedures through the pages, without a script."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.certain import certain
from tests.making.registrations import BINH, LAN, NOW, make_officer, plain_photo
from tests.making.requests_of_people import NEW_PLACE, make_insured, make_request, make_request_draft
from tests.page_text import text_of
from vssid.domain.directory.models import Facility
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.people import Coverage
from vssid.domain.procedures import actions, drafts, queries
from vssid.domain.procedures.definition import facility_days
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Attachment, Request
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests import cast
from vssid.web.officer.tests.desk import browser_of, minh

pytestmark = pytest.mark.django_db

SHEET = re.compile(r'name="(page|after)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def lan() -> Client:
    person_id = make_insured()
    cast.make_citizen(LAN.bhxh_code, person_id=person_id)
    client = browser_of(person_id)
    client.person_id = person_id  # type: ignore[attr-defined]
    return client


def photo(name: str = "a.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, plain_photo() if data is None else data)


def walk_through(client: Client, slug: str, *steps: tuple[str, dict[str, Any]]) -> str:
    """Begin, fill in each step, send; gives the address of the request."""
    here = client.post(f"/dich-vu-cong/{slug}").headers["Location"]
    for name, values in steps:
        assert here == f"/dich-vu-cong/{slug}/{name}"
        assert client.get(here).status_code == 200
        answer = client.post(here, values)
        assert answer.status_code == 302, text_of(answer.content)
        here = answer.headers["Location"]
    assert here == f"/dich-vu-cong/{slug}/xem-lai"
    version = client.get(here).context["version"]
    sent = client.post(here, {"commitment": "on", "version": version})
    return sent.headers["Location"]


def test_a_lost_card_is_asked_for_by_post(lan):
    address = {"receiver": "Nguyễn Thị Lan", "post_address": "12 Phố Mẫu", "post_phone": "0912345678"}
    url = walk_through(
        lan,
        "cap-lai-the",
        ("ly-do", {"reason": "lost"}),
        ("nhan-the", {"way": "post"}),
        ("dia-chi", address),
    )
    page = text_of(lan.get(url).content)
    for words in ("DV00001/2026/03101", "Đã gửi, chờ tiếp nhận", "30/11/2026", "Mất thẻ", "12 Phố Mẫu"):
        assert words in page
    assert "DV00001/2026/03101" in text_of(lan.get("/dich-vu-cong").content)


def test_data_is_changed_with_a_proof(lan):
    url = walk_through(
        lan,
        "doi-thong-tin",
        ("doi-gi", {"what": ["address", "full_name"]}),
        ("gia-tri-moi", {"province_code": "31", "full_name": "Nguyễn Thị Lân"}),
        ("dia-chi-moi", {"commune_code": "11311", "street": "Số 9"}),
        ("giay-to", {"proof": photo()}),
    )
    page = lan.get(url)
    assert "Phường Hồng Bàng" in text_of(page.content)
    picture = lan.get(f"{url}/anh/proof")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store, private")
    request_id = int(url.rpartition("/")[2])
    officer = make_officer()
    actions.accept(lan.person_id, request_id, by=officer, now=NOW)
    actions.approve(lan.person_id, request_id, by=officer, now=NOW)
    assert "Nguyễn Thị Lân" in text_of(lan.get("/").content)
    assert "Dữ liệu BHXH đã đổi từ ngày 18/11/2026" in text_of(lan.get(url).content)


def test_a_facility_is_searched_without_marks_and_chosen(lan):
    lan.post("/dich-vu-cong/doi-noi-kham")
    shown = text_of(lan.get("/dich-vu-cong/doi-noi-kham/co-so", {"q": "benh vien"}).content)
    assert "Bệnh viện Mẫu Hai" in shown
    assert "Đang đăng ký: Trạm y tế Mẫu Một" in shown
    none = lan.get("/dich-vu-cong/doi-noi-kham/co-so", {"q": "xyz", "tinh": "01"}).content
    assert "Không thấy cơ sở nào" in text_of(none)
    _first, second = facility_days.offered(local_day(NOW))
    url = walk_through(
        lan,
        "doi-noi-kham",
        ("co-so", {"facility_code": NEW_PLACE}),
        ("tu-ngay", {"from_day": second.isoformat()}),
    )
    assert "Bệnh viện Mẫu Hai" in text_of(lan.get(url).content)


def test_what_is_wrong_is_said_beside_its_field_and_typing_stays(lan):
    lan.post("/dich-vu-cong/doi-thong-tin")
    lan.post("/dich-vu-cong/doi-thong-tin/doi-gi", {"what": ["phone", "email"]})
    answer = lan.post("/dich-vu-cong/doi-thong-tin/gia-tri-moi", {"phone": "123", "email": "lan@vidu.vn"})
    assert answer.status_code == 422
    assert 'id="id_phone_error"' in answer.content.decode()
    again = lan.get("/dich-vu-cong/doi-thong-tin/gia-tri-moi").content.decode()
    assert 'value="123"' in again
    assert 'value="lan@vidu.vn"' in again


def test_going_back_loses_nothing(lan):
    lan.post("/dich-vu-cong/cap-lai-the")
    typed = {"note": "Rơi ở chợ", "go": "back"}
    back = lan.post("/dich-vu-cong/cap-lai-the/ly-do", typed)
    assert back.headers["Location"] == "/dich-vu-cong/cap-lai-the"
    assert "Rơi ở chợ" in lan.get("/dich-vu-cong/cap-lai-the/ly-do").content.decode()
    kept = lan.post("/dich-vu-cong/cap-lai-the/ly-do", {"note": "Rơi ở bến xe", "go": "keep"})
    assert kept.status_code == 204
    assert "Rơi ở bến xe" in lan.get("/dich-vu-cong/cap-lai-the/ly-do").content.decode()


def test_a_step_that_is_not_open_leads_to_the_one_that_is(lan):
    assert lan.get("/dich-vu-cong/cap-lai-the/nhan-the").headers["Location"] == "/dich-vu-cong/cap-lai-the"
    lan.post("/dich-vu-cong/cap-lai-the")
    for later in ("nhan-the", "dia-chi", "xem-lai"):
        answer = lan.get(f"/dich-vu-cong/cap-lai-the/{later}")
        assert answer.headers["Location"] == "/dich-vu-cong/cap-lai-the/ly-do"
    assert lan.get("/dich-vu-cong/cap-lai-the/khong-co").status_code == 404
    assert lan.get("/dich-vu-cong/khong-co").status_code == 404


def test_a_pdf_is_refused_with_what_to_do_instead(lan):
    make_request_draft(lan.person_id, Kind.DATA_CHANGE, what=["full_name"], full_name="Nguyễn Thị Lân")
    Attachment.objects.all().delete()
    step = "/dich-vu-cong/doi-thong-tin/giay-to"
    answer = lan.post(step, {"proof": photo("a.pdf", b"%PDF-1.7 x")})
    assert answer.status_code == 422
    assert "Không nhận tệp PDF" in text_of(answer.content)
    assert "Hãy chụp hoặc chọn một ảnh" in text_of(lan.post(step).content)


def test_sending_needs_the_commitment_and_the_version_that_was_seen(lan):
    draft = make_request_draft(lan.person_id, Kind.CARD_REISSUE)
    review = "/dich-vu-cong/cap-lai-the/xem-lai"
    assert lan.post(review, {"version": draft.version}).status_code == 422
    for version in (draft.version - 1, "x", ""):
        answer = lan.post(review, {"version": version, "commitment": "on"})
        assert answer.status_code == 422
        assert "vừa được sửa ở trang khác" in text_of(answer.content)
    assert Request.objects.get().state == "draft"


def test_a_double_tap_leads_to_the_same_request(lan):
    draft = make_request_draft(lan.person_id, Kind.CARD_REISSUE)
    send = {"version": draft.version, "commitment": "on"}
    taps = [lan.post("/dich-vu-cong/cap-lai-the/xem-lai", send).headers["Location"] for _ in range(2)]
    assert taps == [f"/dich-vu-cong/ho-so/{draft.request_id}"] * 2
    assert Request.objects.count() == 1


def test_an_open_request_is_opened_instead_of_a_second(lan):
    _, request_id = make_request(Kind.CARD_REISSUE, lan.person_id)
    assert "Mở hồ sơ đang xử lý" in text_of(lan.get("/dich-vu-cong/cap-lai-the").content)
    answer = lan.post("/dich-vu-cong/cap-lai-the")
    assert answer.headers["Location"] == f"/dich-vu-cong/ho-so/{request_id}"


def test_without_a_card_the_page_says_what_to_do(lan):
    Coverage.objects.update(valid_to=date(2026, 11, 1))
    for answer in (lan.get("/dich-vu-cong/cap-lai-the"), lan.post("/dich-vu-cong/cap-lai-the")):
        assert "không có thẻ BHYT còn giá trị" in text_of(answer.content)
    assert Request.objects.count() == 0


def test_a_card_that_ends_while_filling_in_is_said_too(lan):
    lan.post("/dich-vu-cong/doi-noi-kham")
    Coverage.objects.update(valid_to=date(2026, 11, 1))
    answer = lan.get("/dich-vu-cong/doi-noi-kham/co-so")
    assert answer.status_code == 409
    assert "không có thẻ BHYT còn giá trị" in text_of(answer.content)


def test_a_draft_is_thrown_away(lan):
    lan.post("/dich-vu-cong/cap-lai-the")
    lan.post("/dich-vu-cong/cap-lai-the/bo")
    assert drafts.view(lan.person_id, Kind.CARD_REISSUE) is None


def test_what_was_asked_for_is_answered_on_the_page(lan):
    officer = make_officer()
    _, request_id = make_request(Kind.CARD_REISSUE, lan.person_id, by=officer)
    url = f"/dich-vu-cong/ho-so/{request_id}"
    actions.ask_more(
        lan.person_id, request_id, reasons=["details_unclear"], text="Mất ở đâu?", by=officer, now=NOW
    )
    assert "Mất ở đâu?" in text_of(lan.get(url).content)
    assert "Đến lượt: bạn" in text_of(lan.get(url).content)
    assert "chờ bạn bổ sung" in text_of(lan.get("/dich-vu-cong").content)
    assert lan.post(url, {"text": " "}).status_code == 422
    assert lan.post(url, {"text": "x", "photo": photo("a.jpg", b"x")}).status_code == 422
    lan.post(url, {"text": "Ở chợ", "photo": photo()})
    assert "Đang xử lý Đến lượt: cơ quan BHXH" in text_of(lan.get(url).content)
    assert lan.post(url, {"text": "Ở chợ"}).headers["Location"] == url


def test_a_refusal_shows_its_reason_advice_and_words(lan):
    officer = make_officer()
    _, request_id = make_request(Kind.CARD_REISSUE, lan.person_id, by=officer)
    actions.refuse(
        lan.person_id, request_id, reasons=["go_to_office"], text="Mang CCCD.", by=officer, now=NOW
    )
    page = text_of(lan.get(f"/dich-vu-cong/ho-so/{request_id}").content)
    for words in (
        "Cần nộp hồ sơ trực tiếp tại cơ quan BHXH",
        "Mang bản chính",
        "Mang CCCD.",
        "Gửi hồ sơ mới",
    ):
        assert words in page
    assert "Bị từ chối" in text_of(lan.get("/dich-vu-cong/lich-su").content)


def test_a_request_is_withdrawn_after_being_asked(lan):
    _, request_id = make_request(Kind.CARD_REISSUE, lan.person_id)
    url = f"/dich-vu-cong/ho-so/{request_id}"
    assert lan.get(f"{url}/rut").status_code == 200
    assert Request.objects.get().state == "submitted"
    lan.post(f"{url}/rut")
    assert Request.objects.get().state == "withdrawn"
    assert lan.get(f"{url}/rut").headers["Location"] == url


def test_an_overdue_request_says_whom_to_ask(lan, wednesday):
    _, request_id = make_request(Kind.CARD_REISSUE, lan.person_id)
    wednesday.move_to(NOW + timedelta(days=20))
    page = text_of(lan.get(f"/dich-vu-cong/ho-so/{request_id}").content)
    assert "Quá hạn trả lời" in page
    assert "1900 9068" in page


def test_of_another_persons_request_nothing_opens(lan):
    officer = make_officer()
    other, request_id = make_request(Kind.CARD_REISSUE, make_insured(BINH), reason="damaged")
    actions.accept(other, request_id, by=officer, now=NOW)
    actions.ask_more(other, request_id, reasons=["other"], text="?", by=officer, now=NOW)
    url = f"/dich-vu-cong/ho-so/{request_id}"
    assert [lan.get(url + rest).status_code for rest in ("", "/rut", "/anh/card")] == [404] * 3
    assert [lan.post(url + rest, {"text": "x"}).status_code for rest in ("", "/rut")] == [404] * 2
    assert Request.objects.get(person_id=other).state == "more_needed"
    for stranger in (Client(), minh()):
        for rest in ("", "/rut", "/anh/card"):
            assert "/dang-nhap" in stranger.get(url + rest).headers["Location"]


def test_the_list_is_open_to_all_and_shows_nobody_elses_requests(lan):
    make_request(Kind.CARD_REISSUE, lan.person_id)
    for client in (Client(), minh()):
        page = text_of(client.get("/dich-vu-cong").content)
        assert "Cần đăng nhập" in page
        assert "DV00001" not in page


def test_logs_hold_nothing_that_was_typed(lan, capfd):
    canary = "Chim Hoàng Yến"
    url = walk_through(
        lan,
        "cap-lai-the",
        ("ly-do", {"reason": "lost", "note": canary}),
        ("nhan-the", {"way": "post"}),
        ("dia-chi", {"receiver": canary, "post_address": canary, "post_phone": "0987654321"}),
    )
    lan.post(url, {"text": canary, "photo": photo("yen.jpg", b"x")})
    said = io.StringIO("".join(capfd.readouterr())).getvalue()
    for secret in ("Yến", "Y\\u1ebfn", "987654321", LAN.id_number, LAN.bhxh_code):
        assert secret not in said


def test_the_register_is_untouched_until_a_decision(lan):
    make_request(Kind.DATA_CHANGE, lan.person_id)
    assert certain(certain(participants.person(lan.person_id)).phone).reveal() == LAN.phone
    assert queries.counts_at("03101", now=NOW).open == 1


def test_a_late_save_from_an_older_page_overwrites_nothing_and_shows_what_it_held(lan):
    lan.post("/dich-vu-cong/cap-lai-the")
    here = "/dich-vu-cong/cap-lai-the/ly-do"
    old, new = (dict(SHEET.findall(lan.get(here).text)) for _tab in range(2))
    assert lan.post(here, new | {"reason": "lost", "note": "Rơi ở chợ"}).status_code == 302
    for go in ("", "back", "keep"):
        late = lan.post(here, old | {"reason": "damaged", "note": "Ướt", "go": go})
        assert late.status_code == 409
        assert certain(drafts.view(lan.person_id, Kind.CARD_REISSUE)).answers["reason"] == "lost"
    page = lan.post(here, old | {"reason": "damaged", "note": "Ướt"})
    assert "<dd>Ướt</dd>" in page.text
    assert 'value="Rơi ở chợ"' in page.text
    assert (
        lan.post(here, dict(SHEET.findall(page.text)) | {"reason": "lost", "note": "Ướt"}).status_code == 302
    )


def test_the_first_day_is_one_of_two_buttons(lan):
    lan.post("/dich-vu-cong/doi-noi-kham")
    answer = lan.post("/dich-vu-cong/doi-noi-kham/co-so", {"facility_code": NEW_PLACE})
    page = lan.get(answer["Location"]).content.decode()
    assert page.count('type="radio"') == 2
    for day in facility_days.offered(local_day(NOW)):
        assert f'value="{day.isoformat()}"' in page
    refused = lan.post(answer["Location"], {"from_day": "2026-12-01"})
    assert refused.status_code == 422
    assert "Hãy bấm chọn một trong hai ngày" in text_of(refused.content)


def test_a_facility_of_the_specialised_level_takes_no_first_registration(lan):
    Facility.objects.filter(code=NEW_PLACE).update(level="specialised")
    lan.post("/dich-vu-cong/doi-noi-kham")
    shown = text_of(lan.get("/dich-vu-cong/doi-noi-kham/co-so", {"q": "benh vien"}).content)
    assert "Bệnh viện Mẫu Hai" not in shown
    answer = lan.post("/dich-vu-cong/doi-noi-kham/co-so", {"facility_code": NEW_PLACE})
    assert answer.status_code == 422
    assert certain(drafts.view(lan.person_id, Kind.FACILITY_CHANGE)).answers.get("facility_code") is None
