from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from vssid.domain.participants.views import PeriodView, WageParts

from .. import wage

NOTHING = dict.fromkeys(WageParts.__slots__)
PLAIN = PeriodView(
    id=1,
    scheme="bhxh",
    is_voluntary=False,
    from_month=date(2020, 1, 1),
    to_month=None,
    unpaid_from=None,
    employer_code="",
    employer_name="",
    job="",
    workplace="",
    wage=Decimal("2.34"),
    wage_kind="coefficient",
    currency="VND",
    wage_parts=WageParts(**NOTHING),
    worker_percent=None,
    employer_percent=None,
    run_id=1,
    as_of=datetime(2025, 1, 1, tzinfo=UTC),
)


def period(parts: dict[str, str], **more) -> PeriodView:
    told = NOTHING | {name: Decimal(part) for name, part in parts.items()}
    return replace(PLAIN, wage_parts=WageParts(**told), **more)


def test_a_coefficient_is_told_with_its_allowances_in_the_order_of_the_form():
    rows = wage.rows(period({"seniority_percent": "8", "position_allowance": "0.40"}))
    assert rows == [("Hệ số lương", "2,34"), ("Phụ cấp chức vụ", "0,4"), ("Phụ cấp thâm niên nghề", "8%")]


def test_a_wage_is_told_with_its_parts_in_dong():
    rows = wage.rows(
        period({"salary": "5000000", "salary_allowance": "520000"}, wage=Decimal("5520000"), wage_kind="wage")
    )
    assert rows == [
        ("Tiền lương đóng", "5.520.000 đ/tháng"),
        ("Loại tiền", "VND"),
        ("Trong đó: mức lương", "5.000.000 đ/tháng"),
        ("Trong đó: phụ cấp lương", "520.000 đ/tháng"),
    ]


def test_the_rates_are_told_by_who_pays():
    rows = wage.rows(period({}, worker_percent=Decimal("8"), employer_percent=Decimal("17.50")))
    assert rows[-2:] == [("Người lao động đóng", "8%"), ("Đơn vị đóng", "17,5%")]


def test_no_wage_and_no_parts_is_said():
    assert wage.rows(period({}, wage=None)) == [("Tiền lương đóng", "Chưa có số liệu")]
