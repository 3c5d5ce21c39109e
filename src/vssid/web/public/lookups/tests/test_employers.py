"""The look-up of employers, and a page for each."""

from __future__ import annotations

import pytest

from tests.making.employers_of_the_register import NAMES, OWING, SMALL, STOPPED, UNCOUNTED, make_employers
from tests.making.registrations import HONG_BANG, make_office
from vssid.domain.participants.models.people import Employer, StandingCount

pytestmark = pytest.mark.django_db
PATH = "/tra-cuu/don-vi"


@pytest.fixture(autouse=True)
def register():
    make_office()
    make_employers()


def listed(page):
    return {code for code in NAMES if f'href="{PATH}/{code}"' in page}


def test_the_look_ups_lead_here(client):
    assert f'href="{PATH}"' in client.get("/tra-cuu").text


def test_before_anything_is_asked_nothing_is_listed(client):
    page = client.get(PATH).text
    assert listed(page) == set()
    assert "Nhập tên, mã đơn vị hoặc mã số thuế" in page
    assert '<meta name="description"' in page
    assert "noindex" not in page


@pytest.mark.parametrize("q", [OWING, OWING.lower(), "0000000001", "cty cp hoa phượng", "phuong hoa cong t"])
def test_an_employer_is_found_as_people_type(client, q):
    assert listed(client.get(PATH, {"q": q}).text) == {OWING}


def test_the_list_says_how_each_stands_and_the_form_keeps_what_was_asked(client):
    page = client.get(PATH, {"q": "hoa phuong", "tinh": "31", "co-quan": HONG_BANG}).text
    assert listed(page) == {OWING, SMALL}
    assert "Chậm đóng 2 tháng" in page
    assert "Chưa ghi nhận đóng 1 tháng" in page
    assert "Đang tham gia" in page
    assert 'value="hoa phuong"' in page
    assert '<option value="31" selected' in page
    assert f'<option value="{HONG_BANG}" selected' in page


def test_province_and_office_alone_list_what_is_there(client):
    assert listed(client.get(PATH, {"tinh": "31"}).text) == set(NAMES)
    assert listed(client.get(PATH, {"co-quan": HONG_BANG}).text) == set(NAMES)
    assert listed(client.get(PATH, {"tinh": "01", "q": "hoa"}).text) == set()


def test_nothing_found_says_what_to_try(client):
    page = client.get(PATH, {"q": "xyzxyz"}).text
    assert "Không tìm thấy đơn vị nào" in page
    assert "mã số thuế ghi trên hóa đơn" in page


@pytest.mark.parametrize(
    "odd",
    [
        {"q": "\x00", "tinh": "\x00", "co-quan": "\x00"},
        {"q": "???", "tinh": "zz", "co-quan": "'"},
        {"q": "x" * 5000},
        {"q": "'; --", "co-quan": "०३१०१"},
        {"q": "& | ! :*"},
        {"tinh": "31", "co-quan": "99999"},
        *({"q": "hoa", "trang": odd} for odd in ("-1", "0", "x", "", "9" * 11, "9" * 5000, "²", "１")),
    ],
)
def test_odd_input_breaks_nothing(client, odd):
    assert client.get(PATH, odd).status_code == 200


def test_pages_of_twenty_and_six_of_them_at_most(client):
    facts = {"office_id": HONG_BANG, "run_id": 0, "line": 1, "as_of": Employer.objects.get(code=OWING).as_of}
    Employer.objects.bulk_create(
        [Employer(code=f"ZZ{number:04d}A", name=f"Công ty Đông {number}", **facts) for number in range(150)]
    )
    first = client.get(PATH, {"q": "dong"}).text
    assert first.count(f'href="{PATH}/ZZ') == 20
    assert "trang=2" in first
    last = client.get(PATH, {"q": "dong", "trang": "99999999999"}).text
    assert last.count(f'href="{PATH}/ZZ') == 20
    assert "trang=7" not in last
    assert "Còn nhiều đơn vị khác" in last


def test_an_owing_employer_says_which_months_as_of_which_day_and_what_one_can_do(client):
    page = client.get(f"{PATH}/{OWING}").text
    for said in ("Đang tham gia", "37 người", "04/2026 – 05/2026", "Theo dữ liệu đến ngày 30/06/2026"):
        assert said in page
    assert 'href="/qua-trinh"' in page
    assert 'href="/tro-giup"' in page
    assert "Không hiển thị số tiền" in page
    assert " đ<" not in page


def test_what_is_late_only_for_a_monthly_payer_is_no_arrears_while_the_cycle_is_unknown(client):
    page = client.get(f"{PATH}/{SMALL}").text
    assert "Không ghi nhận tháng nào quá hạn đóng" in page
    assert "Tháng chưa ghi nhận đóng" in page
    assert "05/2026" in page
    assert "chỉ quá hạn nếu đơn vị đóng hằng tháng" in page
    assert "Kỳ đóng" in page
    assert "Hằng tháng" not in page
    assert "Hằng tháng" in client.get(f"{PATH}/{OWING}").text


def test_a_page_has_codes_address_and_the_office_with_its_phone(client):
    page = client.get(f"{PATH}/{OWING.lower()}").text
    for said in (
        NAMES[OWING],
        OWING,
        "0000000001",
        "Lô 1 khu Mẫu",
        f'href="/tra-cuu/co-quan-bhxh/{HONG_BANG}"',
    ):
        assert said in page
    assert 'href="tel:' in page


def test_fewer_than_five_people_are_never_said_as_a_number(client):
    page = client.get(f"{PATH}/{SMALL}").text
    assert "dưới 5 người" in page
    assert "3 người" not in page
    assert "Mã số thuế" not in page


def test_a_stopped_employer_says_since_when(client):
    page = client.get(f"{PATH}/{STOPPED}").text
    assert "Đã dừng tham gia" in page
    assert "03/2024" in page
    assert "Số người đang tham gia" not in page


def test_an_employer_of_whom_nothing_was_counted_says_so(client):
    page = client.get(f"{PATH}/{UNCOUNTED}").text
    assert "Chưa có dữ liệu" in page
    assert "Không có tháng nào quá hạn" not in page
    StandingCount.objects.all().delete()
    assert "Hệ thống chưa có dữ liệu đóng" in client.get(f"{PATH}/{UNCOUNTED}").text


@pytest.mark.parametrize("code", ["TZ9999Z", "x", "x" * 3000, "TZ0101A.vcf"])
def test_no_such_employer_is_not_found(client, code):
    assert client.get(f"{PATH}/{code}").status_code == 404


def test_a_page_asks_few_questions_of_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        client.get(PATH, {"q": "hoa phuong", "tinh": "31"})
    with django_assert_max_num_queries(7):
        client.get(f"{PATH}/{OWING}")
