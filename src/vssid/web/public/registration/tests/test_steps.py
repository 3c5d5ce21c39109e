"""The typed steps: what is refused, what is kept, who may open which."""

import pytest
from django.test import Client

from tests.making.registrations import make_office
from vssid.web.public.tests.visitor import (
    CONTACT,
    WHO,
    at_contact,
    at_photos,
    draft_of,
    front_photo,
    holder,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", ["lien-he", "anh", "noi-nop", "xem-lai", "ma-xac-nhan"])
def test_without_a_draft_a_step_leads_to_the_start(client: Client, step: str):
    assert client.get(f"/dang-ky/{step}").headers["Location"] == "/dang-ky"


@pytest.mark.parametrize("step", ["anh", "noi-nop", "xem-lai", "ma-xac-nhan"])
def test_a_step_not_yet_reached_leads_to_the_first_missing(step: str):
    assert at_contact().get(f"/dang-ky/{step}").headers["Location"] == "/dang-ky/lien-he"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("bhxh_code", "123", "Mã số BHXH có 10 hoặc 12 chữ số"),
        ("bhxh_code", "", "Hãy nhập mã số BHXH"),
        ("full_name", "Lan 2", "Họ và tên chỉ gồm chữ cái"),
        (
            "full_name",
            "김민수 Lan",
            "Chữ 김, 민, 수 không in được trên tờ khai. Hãy viết họ tên bằng chữ cái La-tinh",
        ),
        ("birth_date", "31/02/1990", "Ngày sinh chưa đúng"),
        ("birth_date", "01/01/2999", "Ngày sinh không thể sau hôm nay"),
        ("sex", "", "Hãy chọn giới tính"),
        ("id_number", "12345", "Số CCCD, Căn cước có 12 chữ số"),
        ("issued_on", "01/01/1980", "Ngày cấp phải sau ngày sinh"),
    ],
)
def test_a_wrong_value_is_named_beside_its_field_and_nothing_typed_is_lost(client, field, value, says):
    answer = client.post("/dang-ky/ban-than", WHO | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert says in page
    assert "Cần sửa trước khi đi tiếp" in page
    assert ('value="031190000001"' in page) == (field != "id_number")


def test_a_one_word_name_is_taken(client):
    assert client.post("/dang-ky/ban-than", WHO | {"full_name": "Lan"}).status_code == 302
    assert draft_of(client).values["full_name"] == "Lan"


def test_values_are_shown_again_as_people_write_them():
    page = at_photos().get("/dang-ky/ban-than").content.decode()
    assert 'value="02/01/1990"' in page
    assert 'value="0912 345 678"' in at_photos().get("/dang-ky/lien-he").content.decode()
    assert "Nguyễn Thị Lan" in page


def test_going_back_keeps_what_was_typed_though_it_is_not_yet_right():
    browser = at_contact()
    answer = browser.post("/dang-ky/lien-he", {"phone": "09", "street": "Số 12", "go": "back"})
    assert answer.headers["Location"] == "/dang-ky/ban-than"
    page = browser.get("/dang-ky/lien-he").content.decode()
    assert 'value="09"' in page
    assert 'value="Số 12"' in page


def test_without_a_script_a_button_loads_the_communes_of_the_province():
    browser = at_contact()
    assert "Phường Hồng Bàng" not in browser.get("/dang-ky/lien-he").content.decode()
    answer = browser.post(
        "/dang-ky/lien-he", {"phone": "0912345678", "province_code": "31", "go": "province"}
    )
    assert answer.status_code == 302
    page = browser.get("/dang-ky/lien-he").content.decode()
    assert "Phường Hồng Bàng" in page
    assert '<optgroup label="Quận Hồng Bàng (trước 7/2025)">' in page
    assert 'value="0912345678"' in page


def test_the_communes_come_as_json_for_the_script(client):
    answer = client.get("/dang-ky/xa-phuong?tinh=31").json()
    names = [name for _, members in answer["groups"] for _, name in members]
    assert "Phường Hồng Bàng" in names
    assert client.get("/dang-ky/xa-phuong?tinh=xx").json()["groups"] == []


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("phone", "0225 123", "Hãy nhập số di động Việt Nam"),
        ("email", "lan@", "E-mail cần có dạng"),
        ("province_code", "", "Hãy chọn tỉnh, thành phố"),
        ("commune_code", "00004", "không thuộc tỉnh đã chọn"),
        ("street", "", "Hãy nhập số nhà"),
    ],
)
def test_a_wrong_contact_is_named_beside_its_field(field, value, says):
    answer = at_contact().post("/dang-ky/lien-he", CONTACT | {field: value})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_card_qr_fills_the_first_step_and_suggests_the_address(client):
    make_office()
    answer = client.post("/dang-ky/ban-than", {"photo": upload(front_photo()), "go": "scan"})
    assert answer.headers["Location"] == "/dang-ky/ban-than?quet=xong"
    page = client.get("/dang-ky/ban-than?quet=xong").content.decode()
    assert 'value="Nguyễn Thị Lan"' in page
    assert 'value="02/01/1990"' in page
    assert 'value="031190000001"' in page
    assert 'value="01/03/2021"' in page
    assert "Đã điền từ thẻ" in page
    draft = draft_of(client)
    assert draft.images == {}
    typed = draft.values["typed"]["ban-than"]
    client.post("/dang-ky/ban-than", typed | {"bhxh_code": "0000000001"})
    page = client.get("/dang-ky/lien-he").content.decode()
    assert 'value="1 Phố Mẫu"' in page


def test_a_photo_without_a_qr_is_refused_and_typing_is_kept(client):
    from tests.making.registrations import plain_photo

    answer = client.post("/dang-ky/ban-than", WHO | {"photo": upload(plain_photo()), "go": "scan"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa đọc được mã QR trong ảnh" in page
    assert 'value="Nguyễn Thị Lan"' in page


def test_the_script_reads_a_frame_or_a_text_and_nothing_is_kept(client):
    frame = client.post("/dang-ky/doc-ma", {"photo": upload(front_photo())}).json()
    assert frame["fields"]["full_name"] == "Nguyễn Thị Lan"
    text = "031190000001||Nguyễn Thị Lan|02011990|Nữ|1 Phố Mẫu|01032021"
    assert client.post("/dang-ky/doc-ma", {"text": text}).json()["fields"]["issued_on"] == "01/03/2021"
    assert client.post("/dang-ky/doc-ma", {"text": "hello"}).json()["fields"] is None
    assert client.post("/dang-ky/doc-ma", {"photo": upload(b"no picture")}).status_code == 422
    assert "vssid-draft" not in client.cookies


def test_the_office_must_be_one_that_receives(client):
    browser = holder(office_code="")
    assert "BHXH quận Hồng Bàng" in browser.get("/dang-ky/noi-nop").content.decode()
    answer = browser.post("/dang-ky/noi-nop", {"office_code": "99999"})
    assert answer.status_code == 422
    assert "không nhận hồ sơ" in answer.content.decode()
    assert "Hãy chọn một cơ quan" in browser.post("/dang-ky/noi-nop", {}).content.decode()


def test_the_review_shows_everything_and_asks_for_the_commitment():
    browser = holder()
    page = browser.get("/dang-ky/xem-lai").content.decode()
    for value in (
        "0000 000 001",
        "Nguyễn Thị Lan",
        "02/01/1990",
        "031190000001",
        "0912 345 678",
        "Số 12, ngõ 45",
    ):
        assert value in page
    answer = browser.post("/dang-ky/xem-lai", {})
    assert answer.status_code == 422
    assert "Hãy đánh dấu cam kết" in answer.content.decode()


def test_another_person_can_begin_on_the_same_device():
    browser = holder()
    old = draft_of(browser).subject_id
    assert browser.post("/dang-ky/moi").headers["Location"] == "/dang-ky/ban-than"
    assert draft_of(browser).subject_id != old
    assert draft_of(browser).values == {}


def test_a_passport_needs_no_back():
    browser = holder(id_kind="passport", id_number="C1234567", photos=False)
    assert "hộ chiếu" in browser.get("/dang-ky/anh?loai=mat-truoc").content.decode()
    assert "Ảnh 1/2" in browser.get("/dang-ky/anh").content.decode()


def test_a_page_that_goes_out_of_sight_leaves_its_typing_in_the_draft():
    make_office()
    browser = Client()
    answer = browser.post("/dang-ky/ban-than", {"full_name": "Lan", "go": "keep"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert 'value="Lan"' in browser.get("/dang-ky/ban-than").content.decode()
    browser = at_contact()
    assert browser.post("/dang-ky/lien-he", {"phone": "0912", "go": "keep"}).status_code == 204
    assert 'value="0912"' in browser.get("/dang-ky/lien-he").content.decode()


def test_each_step_has_its_own_title_and_a_refusal_says_so_in_it():
    browser, titles = holder(), []
    for step in ("ban-than", "lien-he", "anh", "noi-nop", "xem-lai", "ma-xac-nhan"):
        titles.append(_title(browser.get(f"/dang-ky/{step}").content.decode()))
    assert len(set(titles)) == len(titles)
    assert "Bước 1/6" in titles[0]
    assert _title(browser.post("/dang-ky/ban-than", {}).content.decode()).startswith("Lỗi: ")


def _title(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


def test_without_a_script_a_phone_offers_camera_and_gallery():
    browser = holder(photos=False)
    for path in ("/dang-ky/ban-than", "/dang-ky/anh?loai=mat-truoc"):
        assert " capture=" not in browser.get(path).content.decode()


def test_a_card_read_in_a_wrong_charset_is_mended_or_its_name_is_left_to_be_typed(client):
    card = "031190000001||Vũ Thị Dịu|02011990|Nữ|1 Phố Mẫu, Hải Phòng|01032021"
    answer = client.post("/dang-ky/doc-ma", {"text": card.encode().decode("latin-1")}).json()
    assert answer["fields"]["full_name"] == "Vũ Thị Dịu"
    assert answer["told"] == ""
    answer = client.post("/dang-ky/doc-ma", {"text": card.replace("ị", "á»")}).json()
    assert "full_name" not in answer["fields"]
    assert answer["fields"]["id_number"] == "031190000001"
    assert "tự nhập họ tên" in answer["told"]


def test_a_pasted_name_in_a_wrong_charset_is_refused(client):
    answer = client.post("/dang-ky/ban-than", {"full_name": "VÅ© Thá»‹ Dá»‹u", "go": "next"})
    assert answer.status_code == 422
    assert "Họ và tên chỉ gồm chữ cái" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (
            "street",
            "Số 5, ngõ 首尔",
            "Chữ 首, 尔 không in được trên tờ khai. Hãy viết địa chỉ bằng chữ tiếng Việt.",
        ),
        ("email", "민@vidu.vn", "Chữ 민 không in được trên tờ khai."),
    ],
)
def test_letters_that_the_form_cannot_print_are_named_beside_their_field(field: str, value: str, says: str):
    answer = at_contact().post("/dang-ky/lien-he", CONTACT | {field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert says in answer.content.decode()


def test_the_review_of_an_older_draft_names_the_letters_and_sends_nothing():
    browser = holder(street="Số 5, ngõ 首尔")
    for answer in (
        browser.get("/dang-ky/xem-lai"),
        browser.post("/dang-ky/xem-lai", {"commitment": "yes"}),
        browser.post("/dang-ky/gui", follow=True),
    ):
        page = answer.content.decode()
        assert "Chữ 首, 尔 không in được trên tờ khai." in page
        assert 'href="/dang-ky/lien-he"' in page
    assert draft_of(browser).values["street"] == "Số 5, ngõ 首尔"


def test_a_mobile_number_of_eleven_digits_becomes_that_of_today():
    client = at_contact()
    assert client.post("/dang-ky/lien-he", CONTACT | {"phone": "0168 123 4567"}).status_code == 302
    assert draft_of(client).values["phone"] == "+84381234567"
