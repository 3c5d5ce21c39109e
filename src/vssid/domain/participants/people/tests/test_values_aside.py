"""A phone or an address that cannot be read never refuses a person: the rest is loaded, and that is said."""

from __future__ import annotations

import json

import pytest

from vssid.domain.imports.check import left_out
from vssid.domain.imports.check.left_out import Aside
from vssid.domain.imports.check.messages import aside_sentence
from vssid.domain.participants import sealed_part
from vssid.domain.participants.models.people import Person
from vssid.domain.participants.tests.files import BINH, IMPORTERS, LAN, load, load_cast

pytestmark = pytest.mark.django_db
FRONTS = {
    "0120": "70", "0121": "79", "0122": "77", "0126": "76", "0128": "78", "0123": "83", "0124": "84",
    "0125": "85", "0127": "81", "0129": "82", "0162": "32", "0163": "33", "0164": "34", "0165": "35",
    "0166": "36", "0167": "37", "0168": "38", "0169": "39", "0186": "56", "0188": "58", "0199": "59",
}  # fmt: skip


def private(code: str) -> dict[str, str]:
    row = Person.objects.get(bhxh_code=code)
    opened: dict[str, str] = json.loads(sealed_part.opened(row))
    return opened


def test_every_old_mobile_number_is_loaded_as_that_of_today(tmp_path):
    load_cast()
    people = [
        BINH | {"bhxh_code": f"31983000{at:02d}", "id_number": "", "phone": f"{front}1234567"}
        for at, front in enumerate(FRONTS)
    ]
    report = load(tmp_path, "people", *people)
    assert (report.new, report.refused) == (21, 0)
    phones = [private(person["bhxh_code"])["phone"] for person in people]
    assert phones == [f"+84{front}1234567" for front in FRONTS.values()]
    assert left_out.of(report.run_id) == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [("0313842210", "+842253842210"), ("0438255555", "+842438255555"), ("02253842210", "+842253842210"),
     ("0381234567", "+84381234567")],
)  # fmt: skip
def test_fixed_lines_are_loaded_as_those_of_today(tmp_path, written, kept):
    load_cast()
    load(tmp_path, "people", LAN | {"phone": written})
    assert private(LAN["bhxh_code"])["phone"] == kept


@pytest.mark.parametrize(("field", "wrong"), [("phone", "12345"), ("phone", "gọi bố"), ("email", "lan@")])
@pytest.mark.parametrize("blanks_erase", [False, True])
def test_what_cannot_be_read_is_left_out_and_the_register_keeps_what_it_has(
    tmp_path, field, wrong, blanks_erase
):
    load_cast()
    before = private(LAN["bhxh_code"])
    rows = (LAN | {field: wrong, "street": "Số 9"}, BINH | {field: wrong})
    report = load(tmp_path, "people", *rows, blanks_erase=blanks_erase)
    assert report.refused == 0
    assert private(LAN["bhxh_code"]) == before | {"street": "Số 9"}
    assert left_out.of(report.run_id) == [Aside(field, f"bad_{field}", 2, (2, 3))]


def test_a_new_person_is_loaded_without_it_and_the_report_names_the_lines(tmp_path):
    load_cast()
    people = [BINH | {"bhxh_code": f"31983001{at:02d}", "id_number": "", "phone": "123"} for at in range(25)]
    report = load(tmp_path, "people", *people)
    assert (report.new, report.refused) == (25, 0)
    (aside,) = left_out.of(report.run_id)
    said = aside_sentence(aside, IMPORTERS["people"])
    assert f"25 ô ở cột {IMPORTERS['people'].called('phone')}" in said
    assert "Dòng: 2, 3, 4" in said
    assert said.endswith("21, ….")


def test_a_dry_run_tells_it_too_and_a_refused_row_is_told_as_refused_only(tmp_path):
    load_cast()
    rows = (BINH | {"phone": "123"}, LAN | {"phone": "123", "birth_date": "x"})
    report = load(tmp_path, "people", *rows, dry_run=True)
    assert report.refused == 1
    assert left_out.of(report.run_id) == [Aside("phone", "bad_phone", 1, (2,))]
