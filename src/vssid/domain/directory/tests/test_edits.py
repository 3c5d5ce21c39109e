"""Edits by hand: the rules of the files, what others did meanwhile, places that come and go, history."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from vssid.domain.directory import cells, edit_queries, edits, index, search
from vssid.domain.directory.models import Change, Facility, Point
from vssid.domain.imports.models import ImportRun
from vssid.domain.offices.models import Office
from vssid.kernel.errors import Invalid, NotYours

from ..criteria import Criteria
from .editing import (
    CODE,
    FACILITY,
    NEW,
    NOW,
    OFFICE,
    POINT,
    TODAY,
    change,
    make_places,
    seen,
    why,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    make_places()


def matching_codes(text: str, day: date = TODAY) -> list[str]:
    index.refresh()
    return [place.code for place in search.search(text, Criteria(), day=day).places]


def test_what_is_changed_holds_at_once_and_is_found():
    made = change({"phone": "0590 000 999", "name": "Bưu cục Sông Cấm (mẫu)"})
    row = Point.objects.get(code=CODE)
    assert (row.phone, row.name, row.as_of) == ("0590 000 999", "Bưu cục Sông Cấm (mẫu)", NOW)
    assert (made.state, made.before["phone"], made.after["phone"]) == ("done", "0590 000 001", "0590 000 999")
    assert set(made.after) == {"phone", "name"}
    assert matching_codes("song cam") == [CODE]


def test_a_row_that_was_changed_says_that_it_was_by_hand():
    change({"phone": "1"})
    run = ImportRun.objects.get(id=Point.objects.get(code=CODE).run_id)
    assert (run.kind, run.sender, run.actor_id) == ("decision", edits.SENDER, 77)


def test_every_row_survives_being_read_as_cells_and_written_again():
    Office.objects.update(closed_days=[date(2026, 12, 24)], old_districts=["Quận Một", "Quận Hai"])
    for kind, code in ((POINT, CODE), (OFFICE, "03101"), (FACILITY, "31902")):
        with pytest.raises(edits.Unchanged):
            edits.change(kind, code, cells.of(kind, edits.row_of(kind, code)), why(), seen=seen(kind, code))
    assert Change.objects.count() == 0


def test_a_day_is_read_as_it_is_written():
    change({"valid_from": "01/02/1901"})
    assert cells.of(POINT, edits.row_of(POINT, CODE))["valid_from"] == "01/02/1901"


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "a" * 201}, "name", "too_long"),
        ({"name": "a\0b"}, "name", "bad_value"),
        ({"hours": "sáng"}, "hours", "bad_hours"),
        ({"province_code": "99"}, "province_code", "unknown_province"),
        ({"commune_code": "99999"}, "commune_code", "unknown_commune"),
        ({"latitude": "91"}, "latitude", "bad_position"),
        ({"services": "tiem_vac_xin"}, "services", "bad_services"),
        ({"collector_code": "XX"}, "collector_code", "unknown_collector"),
        ({"valid_from": "31/02/2026"}, "valid_from", "bad_day"),
        ({"valid_from": "01/02/0999"}, "valid_from", "bad_day"),
        ({"valid_from": "02/01/2026", "valid_until": "01/01/2026"}, "valid_until", "ends_before"),
        ({"closed_days": "mai"}, "closed_days", "bad_closed_days"),
        ({"area": "1" * 20_001}, "area", "too_long"),
    ],
)
def test_the_rules_of_the_files_hold_by_hand(typed, field, code):
    before = seen()
    with pytest.raises(Invalid) as refused:
        change(typed)
    assert refused.value.fields == {field: code}
    assert seen() == before
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("kind", "code", "field", "cell", "refusal"),
    [
        (FACILITY, "31902", "specialties", f"Nhi khoa | {'a' * 61}", "too_long"),
        (OFFICE, "03101", "old_districts", f"{'a' * 61} | Quận Một", "too_long"),
        (OFFICE, "03101", "services", f"payment {'a' * 31}", "bad_services"),
    ],
)
def test_a_word_among_others_that_is_too_long_is_refused(kind, code, field, cell, refusal):
    with pytest.raises(Invalid) as refused:
        edits.change(kind, code, {field: cell}, why(), seen=seen(kind, code))
    assert refused.value.fields == {field: refusal}


def test_words_as_long_as_they_may_be_are_taken():
    long = f"Nhi khoa | {'ă' * 60}"
    edits.change(FACILITY, "31902", {"specialties": long}, why(), seen=seen(FACILITY, "31902"))
    assert Facility.objects.get(code="31902").specialties == ["Nhi khoa", "ă" * 60]


@pytest.mark.parametrize(
    ("because", "fields"),
    [
        (why(reason="  abc "), {"reason": "reason_short"}),
        (why(reason="a" * 501), {"reason": "reason_long"}),
        (why(on=TODAY - timedelta(days=1)), {"on": "bad_on"}),
        (why(on=TODAY + timedelta(days=367)), {"on": "bad_on"}),
    ],
)
def test_a_reason_and_a_day_within_a_year_are_needed(because, fields):
    with pytest.raises(Invalid) as refused:
        change({"phone": "1"}, because)
    assert refused.value.fields == fields


def test_a_form_opened_before_another_change_is_refused_with_what_is_there_now():
    opened = seen()
    change({"phone": "0590 000 999"})
    with pytest.raises(edits.Stale) as refused:
        change({"phone": "0590 000 111"}, seen=opened)
    assert refused.value.facts["now"] == {"phone": "0590 000 999"}
    assert Point.objects.get(code=CODE).phone == "0590 000 999"


@pytest.mark.parametrize("code", ["P9999999", "x y", "\0", "ộ", ""])
def test_what_is_not_there_is_not_changed(code):
    with pytest.raises(NotYours):
        edits.change(POINT, code, {"phone": "1"}, why(), seen="")


def test_a_new_place_is_added_and_found():
    made = edits.create(POINT, NEW, why(reason="Mở điểm thu mới"))
    assert (made.action, made.before, made.after["name"]) == ("create", {}, NEW["name"])
    assert matching_codes("dai ly thu moi") == ["P0000009"]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (NEW | {"code": CODE}, {"code": "exists"}),
        (NEW | {"code": "p 9"}, {"code": "bad_code"}),
        ({k: v for k, v in NEW.items() if k != "code"}, {"code": "missing"}),
        (NEW | {"name": "", "province_code": ""}, {"name": "missing", "province_code": "missing"}),
    ],
)
def test_a_new_place_needs_a_code_of_its_own_and_what_is_required(typed, fields):
    with pytest.raises(Invalid) as refused:
        edits.create(POINT, typed, why())
    assert {field: refused.value.fields[field] for field in fields} == fields
    assert Point.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_code_at_once_one_is_refused():
    def add(name: str) -> str:
        try:
            edits.create(POINT, NEW | {"name": name}, why())
        except Invalid as refused:
            return refused.fields["code"]
        finally:
            connection.close()
        return name

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(add, ("Một (mẫu)", "Hai (mẫu)")))
    (name,) = set(said) - {"exists"}
    assert sorted(said) == sorted(["exists", name])
    assert Point.objects.get(code="P0000009").name == name


def test_a_closed_place_is_found_until_its_last_day():
    edits.close(POINT, CODE, "30/11/2026", why(), seen=seen())
    assert matching_codes("buu cuc hong bang", date(2026, 11, 30)) == [CODE]
    assert matching_codes("buu cuc hong bang", date(2026, 12, 1)) == []
    assert Change.objects.get().action == "close"


def test_closing_needs_a_last_day_and_a_place_that_can_close():
    with pytest.raises(Invalid):
        edits.close(POINT, CODE, " ", why(), seen=seen())
    with pytest.raises(NotYours):
        edits.close("collector", "BD", "30/11/2026", why(), seen=seen("collector", "BD"))


def test_the_history_of_a_place_stands_the_newest_first():
    change({"phone": "1"})
    change({"phone": "2"}, why(now=NOW + timedelta(hours=1)))
    assert [past_change.after["phone"] for past_change in edit_queries.history(POINT, CODE)] == ["2", "1"]
    assert edit_queries.history(POINT, "P0000002") == []


def test_a_facility_and_an_office_are_edited_too():
    edits.change(FACILITY, "31902", {"level": "basic"}, why(), seen=seen(FACILITY, "31902"))
    assert Facility.objects.get(code="31902").level == "basic"
    edits.change(OFFICE, "03101", {"closed_days": "2026-12-24"}, why(), seen=seen(OFFICE, "03101"))
    assert Office.objects.get(code="03101").closed_days == [date(2026, 12, 24)]
    with pytest.raises(Invalid) as refused:
        edits.change(OFFICE, "03101", {"parent_code": "03999"}, why(), seen=seen(OFFICE, "03101"))
    assert refused.value.fields == {"parent_code": "unknown_parent"}
