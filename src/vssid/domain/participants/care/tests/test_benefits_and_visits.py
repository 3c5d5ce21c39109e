from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from vssid.domain.participants import queries
from vssid.domain.participants.models.people import Benefit, Visit
from vssid.domain.participants.tests.files import NOW, load, load_cast
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.ids import BhxhCode

SICK = {
    "bhxh_code": "3199000001",
    "regime": "sickness",
    "decision_number": "QĐ-01",
    "from_date": "2024-03-04",
    "to_date": "08/03/2024",
    "days": "5",
    "amount": "1125000",
    "paid_by": "account",
    "paid_on": "2024-04-10",
    "office_code": "03101",
}
FLU = {
    "bhxh_code": "3199000001",
    "visit_key": "LK0001",
    "facility_code": "99001",
    "came_at": "2024-03-04 08:30",
    "left_at": "04/03/2024 11:05",
    "kind": "01",
    "reason": "Sốt, ho",
    "diagnosis_code": "J10.1",
    "diagnosis_name": "Cúm",
    "result": "2",
    "discharge": "1",
    "total": "400000",
    "paid_fund": "280000",
    "paid_share": "70000",
    "paid_own": "50000",
}
XML1 = {
    "MA_LK": "LK0001",
    "STT": "1",
    "HO_TEN": "Trần Thị Lan",
    "SO_CCCD": "031188000001",
    "MA_THE_BHYT": "GD4313199000001;DN4313199000001",
    "LY_DO_VV": "Sốt, ho",
    "CHAN_DOAN_RV": "Cúm",
    "MA_BENH_CHINH": "J10.1",
    "NGAY_VAO": "202403040830",
    "NGAY_RA": "202403041105",
    "KET_QUA_DTRI": "2",
    "MA_LOAI_RV": "1",
    "T_TONGCHI_BV": "400000",
    "T_TONGCHI_BH": "350000",
    "T_BNTT": "50000",
    "T_BNCCT": "70000",
    "T_BHTT": "280000",
    "MA_LOAI_KCB": "01",
    "MA_CSKCB": "99001",
}


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    return tmp_path


def lan() -> int:
    person = queries.by_bhxh_code(BhxhCode("3199000001"))
    assert person is not None
    return person.person_id


def why(report):
    return report.error_file.read_text(encoding="utf-8-sig")


def test_a_benefit_is_kept_with_all_that_was_told_and_where_it_came_from(cast):
    report = load(cast, "benefits", SICK)
    (benefit,) = queries.benefits(lan())
    assert (benefit.regime, benefit.group) == ("sickness", "short_term")
    assert (benefit.from_date, benefit.to_date) == (date(2024, 3, 4), date(2024, 3, 8))
    assert (benefit.days, benefit.amount, benefit.is_monthly) == (5, Decimal(1_125_000), False)
    assert (benefit.paid_by, benefit.paid_on, benefit.office_code) == ("account", date(2024, 4, 10), "03101")
    assert (benefit.run_id, benefit.as_of) == (report.run_id, NOW)


def test_benefits_come_newest_first_and_the_same_file_changes_nothing(cast):
    rows = [SICK, SICK | {"regime": "one_off", "from_date": "2025-02-01", "to_date": "", "amount": "1"}]
    load(cast, "benefits", *rows)
    assert load(cast, "benefits", *rows).same == 2
    assert [benefit.group for benefit in queries.benefits(lan())] == ["one_off", "short_term"]
    assert load(cast, "benefits", SICK | {"amount": "1200000"}).changed == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bhxh_code": "3199000009"}, "unknown_person"),
        ({"regime": "gift"}, "bad_choice"),
        ({"from_date": ""}, "missing"),
        ({"to_date": "2024-03-03"}, "ends_before"),
        ({"amount": "1.5"}, "bad_amount"),
        ({"amount": "-1"}, "bad_amount"),
        ({"days": "năm"}, "bad_count"),
        ({"paid_by": "gold"}, "bad_choice"),
        ({"office_code": "03999"}, "unknown_office"),
    ],
)
def test_a_wrong_benefit_is_refused(cast, change, code):
    report = load(cast, "benefits", SICK | change)
    assert (report.new, report.refused) == (0, 1)
    assert code in why(report)


def test_a_visit_is_kept_with_times_of_vietnam_and_who_paid(cast):
    report = load(cast, "visits", FLU)
    (visit,) = queries.visits(lan())
    assert visit.came_at == datetime(2024, 3, 4, 8, 30, tzinfo=VIETNAM)
    assert visit.left_at == datetime(2024, 3, 4, 11, 5, tzinfo=VIETNAM)
    assert (visit.diagnosis_code, visit.diagnosis_name, visit.result) == ("J10.1", "Cúm", "2")
    assert [int(sum_) for sum_ in (visit.total, visit.paid_fund, visit.paid_other)] == [400_000, 280_000, 0]
    assert (visit.run_id, visit.as_of) == (report.run_id, NOW)


def test_visits_come_newest_first_and_by_year_of_vietnam(cast):
    new_year = FLU | {"visit_key": "LK0002", "came_at": "2025-01-01 00:10", "left_at": "2025-01-02 07:00"}
    load(cast, "visits", FLU, new_year)
    assert [visit.visit_key for visit in queries.visits(lan())] == ["LK0002", "LK0001"]
    assert [visit.visit_key for visit in queries.visits(lan(), 2025)] == ["LK0002"]
    assert [visit.visit_key for visit in queries.visits(lan(), 2024)] == ["LK0001"]
    assert queries.visits(lan(), 2023) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bhxh_code": "3199000009"}, "unknown_person"),
        ({"came_at": "2024-03"}, "bad_minute"),
        ({"came_at": "2024-03-04 24:30"}, "bad_minute"),
        ({"came_at": "202413040830"}, "bad_minute"),
        ({"left_at": "2024-03-04 08:29"}, "ends_before"),
        ({"diagnosis_code": "cúm"}, "bad_icd"),
        ({"facility_code": "9900"}, "lost_zero"),
        ({"kind": "1"}, "lost_zero"),
        ({"kind": "011"}, "bad_visit_kind"),
        ({"kind": "x1"}, "bad_visit_kind"),
        ({"kind": ""}, "missing"),
        ({"result": "9"}, "bad_choice"),
        ({"total": "399000"}, "paid_too_much"),
        ({"paid_fund": "nhiều"}, "bad_amount"),
        ({"visit_key": ""}, "missing"),
    ],
)
def test_a_wrong_visit_is_refused(cast, change, code):
    report = load(cast, "visits", FLU | change)
    assert (report.new, report.refused) == (0, 1)
    assert code in why(report)


@pytest.mark.parametrize(("kind", "cell"), [("visits", "kind"), ("xml1", "MA_LOAI_KCB")])
def test_every_kind_of_visit_is_kept_also_one_that_no_list_has_yet(cast, kind, cell):
    codes = [*(f"{number:02d}" for number in range(1, 17)), "17", "99", "A1"]
    key = "visit_key" if kind == "visits" else "MA_LK"
    given = FLU if kind == "visits" else XML1
    report = load(cast, kind, *(given | {cell: code, key: f"LK{code}"} for code in codes))
    assert (report.new, report.refused) == (len(codes), 0)
    assert sorted(visit.kind for visit in queries.visits(lan())) == sorted(codes)


def test_table_xml1_gives_the_same_visit(cast):
    load(cast, "visits", FLU)
    report = load(cast, "xml1", XML1)
    assert (report.new, report.same, report.refused) == (0, 1, 0)


@pytest.mark.parametrize(
    "card", ["", "3199000001", "DN4313199000001", "031188000001"], ids=["none", "new", "old", "personal"]
)
def test_xml1_finds_the_person_by_card_or_by_id_number(cast, card):
    given = XML1 | {"MA_THE_BHYT": card, "SO_CCCD": "" if card else "031188000001"}
    assert load(cast, "xml1", given).new == 1
    assert len(queries.visits(lan())) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"MA_THE_BHYT": "", "SO_CCCD": ""}, "unknown_patient"),
        ({"MA_THE_BHYT": "DN4313199000009", "SO_CCCD": ""}, "unknown_patient"),
        ({"MA_THE_BHYT": "?"}, "bad_card"),
        ({"SO_CCCD": "12"}, "bad_id_number"),
        ({"T_BHTT": "350000"}, "fund_disagrees"),
        ({"NGAY_RA": "202403040829"}, "ends_before"),
        ({"MA_BENH_CHINH": ""}, "missing"),
        ({"MA_LOAI_KCB": "9"}, "lost_zero"),
    ],
)
def test_a_wrong_line_of_xml1_is_refused(cast, change, code):
    report = load(cast, "xml1", XML1 | change)
    assert (report.new, report.refused) == (0, 1)
    assert code in why(report)


def test_what_xml1_tells_beyond_the_visit_reaches_no_table(cast):
    with connection.cursor() as cursor:
        load(cast, "xml1", XML1 | {"DIA_CHI": "canary", "DIEN_THOAI": "0590777777"})
        cursor.execute("SELECT string_agg(t::text, ' ') FROM participants_visit t")
        content = cursor.fetchone()[0]
    assert "canary" not in content
    assert "031188000001" not in content


@pytest.mark.parametrize(
    ("model", "change", "name"),
    [
        (Benefit, {"regime": "gift"}, "participants_benefit_regime"),
        (Benefit, {"amount": -1}, "participants_benefit_not_negative"),
        (Benefit, {"to_date": date(2000, 1, 1)}, "participants_benefit_order"),
        (Benefit, {"paid_by": "gold"}, "participants_benefit_paid_by"),
        (Visit, {"result": "9"}, "participants_visit_codes"),
        (Visit, {"kind": "1"}, "participants_visit_codes"),
        (Visit, {"paid_own": -1}, "participants_visit_not_negative"),
        (Visit, {"left_at": datetime(2000, 1, 1, tzinfo=VIETNAM)}, "participants_visit_order"),
    ],
)
def test_the_database_itself_refuses_what_no_file_may_bring(cast, model, change, name):
    load(cast, "benefits", SICK)
    load(cast, "visits", FLU)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.filter(person_id=lan()).update(**change)


def test_a_person_sees_only_their_own(cast):
    load(cast, "benefits", SICK)
    load(cast, "visits", FLU)
    other = queries.by_bhxh_code(BhxhCode("3199000002"))
    assert other is not None
    assert (queries.benefits(other.person_id), queries.visits(other.person_id)) == ([], [])
