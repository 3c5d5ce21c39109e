"""A data officer changes only what lies at or below the own office; every kind, by file and by hand."""

import pytest

from tests.import_files.full_rows import FULL
from tests.import_files.rows_of_every_kind import NOW, load, rows_in
from vssid.domain.directory import edits
from vssid.domain.directory.edits import Why
from vssid.domain.directory.models import Change, Facility
from vssid.domain.offices.models import Office
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db

HAI_PHONG, HONG_BANG, LE_CHAN, HA_NOI = "03100", "03101", "03102", "00100"
OFFICES = (
    {"code": HA_NOI, "name": "BHXH Hà Nội", "province_code": "01"},
    {"code": HAI_PHONG, "name": "BHXH Hải Phòng", "province_code": "31"},
    {
        "code": HONG_BANG,
        "name": "BHXH Hồng Bàng",
        "province_code": "31",
        "parent_code": HAI_PHONG,
        "communes": "11311",
    },
    {"code": LE_CHAN, "name": "BHXH Lê Chân", "province_code": "31", "parent_code": HAI_PHONG},
)
OURS, THEIRS = "3199000001", "3199000002"
PERSON = {"full_name": "Trần Thị Lan", "birth_date": "1988-03-14", "sex": "2"}
PEOPLE = (
    PERSON | {"bhxh_code": OURS, "office_code": HONG_BANG, "id_number": "031188000001"},
    PERSON | {"bhxh_code": THEIRS, "office_code": HA_NOI, "id_number": "001188000002"},
    PERSON | {"bhxh_code": "3199000003", "office_code": ""},
)
EMPLOYERS = (
    {"code": "TZ0001A", "name": "Sao Mai", "office_code": HONG_BANG},
    {"code": "TZ0002A", "name": "Hoa Mai", "office_code": HA_NOI},
    {"code": "TZ0003A", "name": "Không ai", "office_code": ""},
)
PLACE = {"name": "Nơi mẫu", "province_code": "31", "commune_code": "11311"}
PLACES = (
    PLACE | {"code": "31001"},
    PLACE | {"code": "01001", "province_code": "01", "commune_code": "00070"},
    PLACE | {"code": "31002", "commune_code": ""},
)


def bare(kind, *left_out):
    return {name: cell for name, cell in FULL[kind][1].items() if name not in ("office_code", *left_out)}


JOB, COVER, SICK = bare("participation"), bare("coverage"), bare("benefits")
VISIT, PAPER = bare("visits"), bare("certificates")
XML1 = bare("xml1", "so_cccd")
BY_OURS, BY_THEIRS = {"bhxh_code": OURS}, {"bhxh_code": THEIRS}
# (kind, row, is it in reach of Hồng Bàng, of Hải Phòng above it)
CASES = [
    ("offices", {"code": HA_NOI, "name": "BHXH đổi tên", "province_code": "01"}, False, False),
    ("offices", {"code": HAI_PHONG, "name": "BHXH đổi tên", "province_code": "31"}, False, True),
    ("offices", {"code": LE_CHAN, "name": "BHXH đổi tên", "province_code": "31"}, False, True),
    ("offices", {"code": HONG_BANG, "name": "BHXH đổi tên", "province_code": "31"}, True, True),
    ("offices", OFFICES[2] | {"name": "BHXH đổi tên"}, True, True),
    ("offices", OFFICES[2] | {"parent_code": HA_NOI}, False, False),
    ("offices", OFFICES[2] | {"parent_code": LE_CHAN}, False, True),
    (
        "offices",
        {"code": "03109", "name": "Mới", "province_code": "31", "parent_code": HONG_BANG},
        True,
        True,
    ),
    ("offices", {"code": "03109", "name": "Mới", "province_code": "31", "parent_code": LE_CHAN}, False, True),
    ("offices", {"code": "00109", "name": "Mới", "province_code": "01", "parent_code": HA_NOI}, False, False),
    ("offices", {"code": "03109", "name": "Mới", "province_code": "31"}, False, False),
    ("employers", EMPLOYERS[0] | {"name": "Đổi"}, True, True),
    ("employers", {"code": "TZ0001A", "name": "Đổi"}, True, True),
    ("employers", EMPLOYERS[0] | {"office_code": HA_NOI}, False, False),
    ("employers", {"code": "TZ0002A", "name": "Đổi"}, False, False),
    ("employers", EMPLOYERS[1] | {"office_code": HONG_BANG}, False, False),
    ("employers", EMPLOYERS[2] | {"name": "Đổi"}, False, False),
    ("employers", {"code": "TZ0009A", "name": "Mới", "office_code": LE_CHAN}, False, True),
    ("employers", {"code": "TZ0009A", "name": "Mới"}, True, True),
    ("facilities", PLACES[0] | {"name": "Đổi"}, True, True),
    ("facilities", {"code": "31001", "name": "Đổi", "province_code": "31"}, True, True),
    ("facilities", PLACES[1] | {"name": "Đổi"}, False, False),
    ("facilities", PLACES[1] | {"province_code": "31", "commune_code": "11311"}, False, False),
    ("facilities", PLACES[0] | {"province_code": "01", "commune_code": "00070"}, False, False),
    ("facilities", PLACES[2] | {"name": "Đổi"}, False, True),
    ("facilities", PLACE | {"code": "31009"}, True, True),
    ("points", PLACE | {"code": "P1", "services": "voluntary_bhxh"}, True, True),
    ("points", PLACES[1] | {"code": "P1", "services": "voluntary_bhxh"}, False, False),
    ("collectors", {"code": "C1", "name": "Mới"}, True, True),
    ("collectors", {"code": "C0", "name": "Đổi"}, False, False),
    ("people", PEOPLE[0] | {"street": "Số 2"}, True, True),
    ("people", PERSON | {"bhxh_code": "031188000001", "street": "Số 2"}, True, True),
    ("people", PEOPLE[1] | {"street": "Số 2"}, False, False),
    ("people", PERSON | {"bhxh_code": "001188000002", "street": "Số 2"}, False, False),
    ("people", PEOPLE[1] | {"office_code": HONG_BANG}, False, False),
    ("people", PEOPLE[0] | {"office_code": LE_CHAN}, False, True),
    ("people", PEOPLE[2] | {"street": "Số 2"}, False, False),
    ("people", PERSON | {"bhxh_code": "3199000009"}, True, True),
    ("people", PERSON | {"bhxh_code": "3199000009", "office_code": HA_NOI}, False, False),
    ("participation", JOB | BY_OURS | {"employer_code": "TZ0002A"}, True, True),
    ("participation", JOB | BY_THEIRS | {"employer_code": "TZ0001A"}, True, True),
    ("participation", JOB | BY_THEIRS | {"employer_code": "TZ0002A"}, False, False),
    ("participation", JOB | BY_THEIRS | {"employer_code": ""}, False, False),
    ("coverage", COVER | BY_OURS, True, True),
    ("coverage", COVER | BY_THEIRS | {"office_code": HA_NOI}, False, False),
    ("coverage", COVER | BY_THEIRS, False, False),
    ("coverage", COVER | BY_THEIRS | {"office_code": HONG_BANG}, False, False),
    ("coverage", COVER | BY_OURS | {"office_code": HA_NOI}, False, False),
    ("benefits", SICK | BY_OURS, True, True),
    ("benefits", SICK | BY_THEIRS, False, False),
    ("visits", VISIT | BY_OURS, True, True),
    ("visits", VISIT | BY_THEIRS | {"facility_code": "31001"}, False, True),
    ("visits", VISIT | BY_THEIRS | {"facility_code": "01001"}, False, False),
    ("xml1", XML1 | {"ma_the_bhyt": OURS}, True, True),
    ("xml1", XML1 | {"ma_the_bhyt": THEIRS, "ma_cskcb": "31001"}, False, True),
    ("xml1", XML1 | {"ma_the_bhyt": THEIRS, "ma_cskcb": "01001"}, False, False),
    ("certificates", PAPER | BY_OURS, True, True),
    ("certificates", PAPER | BY_THEIRS, False, False),
    ("merges", {"kept_code": OURS, "merged_code": THEIRS, "decided_on": "2025-06-01"}, False, False),
    ("merges", {"kept_code": THEIRS, "merged_code": OURS, "decided_on": "2025-06-01"}, False, False),
    ("merges", {"kept_code": OURS, "merged_code": "3199000004", "decided_on": "2025-06-01"}, True, True),
]


@pytest.fixture
def country(tmp_path):
    load(tmp_path, "offices", *OFFICES)
    load(tmp_path, "employers", *EMPLOYERS)
    load(tmp_path, "people", *PEOPLE, PERSON | {"bhxh_code": "3199000004", "office_code": HONG_BANG})
    load(tmp_path, "facilities", *PLACES)
    load(tmp_path, "collectors", {"code": "C0", "name": "Tổ chức mẫu"})
    return tmp_path


def test_every_kind_has_a_reach():
    assert {kind for kind, *_ in CASES} == FULL.keys() | {"merges"}


def test_a_file_changes_only_what_lies_at_or_below_the_office(country):
    wrong = []
    for kind, row, ours, above in CASES:
        for office, expected in ((HONG_BANG, ours), (HAI_PHONG, above), ("", True)):
            if office == "" and kind == "offices":
                continue
            report, why = load(country, kind, row, reach=office, dry_run=True)
            outcome = (report.refused == 0, "out_of_reach" in why)
            if outcome != (expected, not expected):
                wrong.append((kind, row, office, why))
    assert not wrong


def test_an_office_of_another_province_is_neither_renamed_nor_stopped(country):
    before = rows_in("offices_office")
    row = {"code": HA_NOI, "name": "BHXH đổi tên bởi Hồng Bàng", "province_code": "01"}
    report, why = load(country, "offices", row | {"receives_applications": "0"}, reach=HONG_BANG)
    assert (report.read, report.refused) == (1, 1)
    assert "out_of_reach" in why
    assert rows_in("offices_office") == before


def test_a_chain_of_new_offices_below_the_own_one_goes_in_and_breaks_with_a_link(country):
    new = {"name": "Mới", "province_code": "31"}
    first = new | {"code": "03108", "parent_code": HONG_BANG}
    second = new | {"code": "03109", "parent_code": "03108"}
    report, _ = load(country, "offices", second, first, reach=HONG_BANG, dry_run=True)
    assert report.new == 2
    report, why = load(country, "offices", second, first | {"parent_code": "09999"}, reach=HONG_BANG)
    assert report.refused == 2
    assert "unknown_parent" in why


def test_no_office_leaves_the_one_above_by_a_blank_that_erases(country):
    row = OFFICES[2] | {"parent_code": ""}
    report, _ = load(country, "offices", row, reach=HONG_BANG, blanks_erase=True)
    assert report.refused == 1
    assert Office.objects.get(code=HONG_BANG).parent_id == HAI_PHONG


def test_what_names_no_office_lies_with_the_one_whose_file_wrote_it(country):
    for kind, row in (
        ("employers", {"code": "TZ0009A", "name": "Mới"}),
        ("people", PERSON | {"bhxh_code": "3199000009"}),
        ("collectors", {"code": "C9", "name": "Mới"}),
    ):
        assert load(country, kind, row, reach=HONG_BANG)[0].new == 1
        name = "full_name" if kind == "people" else "name"
        assert load(country, kind, row | {name: "Lê Chân"}, reach=LE_CHAN)[0].refused == 1
        assert load(country, kind, row | {name: "Hồng Bàng"}, reach=HONG_BANG)[0].changed == 1
        assert load(country, kind, row | {name: "Hải Phòng"}, reach=HAI_PHONG)[0].changed == 1


def by(office):
    return Why("Sửa theo thông báo", local_day(NOW), Actor(ActorKind.OFFICER, 700, "Quang", office), NOW)


def test_a_place_is_edited_by_hand_only_in_reach(country):
    seen = edits.stamp(Facility.objects.get(code="01001"))
    with pytest.raises(Invalid) as refused:
        edits.change("facility", "01001", {"name": "Đổi"}, by(HONG_BANG), seen=seen)
    assert "out_of_reach" in refused.value.fields.values()
    seen = edits.stamp(Facility.objects.get(code="31001"))
    assert edits.change("facility", "31001", {"name": "Đổi"}, by(HONG_BANG), seen=seen).state == "done"
    seen = edits.stamp(Office.objects.get(code=HA_NOI))
    with pytest.raises(Invalid):
        edits.close("office", HA_NOI, "01/12/2026", by(HONG_BANG), seen=seen)


def test_a_planned_change_is_withdrawn_only_by_who_could_make_it(country):
    why = by(HA_NOI)
    later = Why(why.reason, local_day(NOW).replace(day=20), why.by, NOW)
    seen = edits.stamp(Facility.objects.get(code="01001"))
    planned = edits.change("facility", "01001", {"name": "Đổi"}, later, seen=seen)
    with pytest.raises(NotYours):
        edits.withdraw(planned.id, by=by(HONG_BANG).by, now=NOW)
    edits.withdraw(planned.id, by=why.by, now=NOW)
    assert Change.objects.get(id=planned.id).state == "withdrawn"
