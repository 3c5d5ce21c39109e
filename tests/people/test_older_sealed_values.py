"""An older sealed value put back by hand opens in no newer row; an older row of the register is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from tests.certain import certain
from tests.making.families import AN, make_draft, make_member
from tests.making.registrations import BINH, LAN, NOW, make_person, plain_photo
from tests.making.requests_of_people import make_insured
from vssid.cli import boot, database
from vssid.cli.checks import checking
from vssid.domain.families.models import ChildRequest
from vssid.domain.identity import actions as identity
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.models import IdImage
from vssid.domain.imports.merge import undo as undoing
from vssid.domain.participants import fingerprints, queries, sealed_part
from vssid.domain.participants.merges.tests.test_merges import DECISION, OLD_LAN
from vssid.domain.participants.models.people import Person, Version
from vssid.domain.participants.people import corrections, older_rows
from vssid.domain.participants.people.corrections import Decision
from vssid.domain.participants.tests import files
from vssid.domain.procedures import actions as procedures
from vssid.domain.procedures import drafts as requests
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Request
from vssid.domain.record import queries as record
from vssid.domain.registration.models import Draft
from vssid.domain.vault import binding
from vssid.domain.vault import sealing as vault
from vssid.infra import keys
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode
from vssid.web.citizen.tests import cast
from vssid.web.officer.tests.desk import browser_of
from vssid.web.public.tests.visitor import CONTACT, at_contact, at_photos, draft_of, front_photo

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
PHONES = ("+84590000001", "+84590000002", "+84590000003")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def command(monkeypatch):
    monkeypatch.setattr(boot, "django", lambda: None)
    monkeypatch.setattr(database, "ready", lambda: None)


def correct(person_id: int, phone: str) -> None:
    decision = Decision("DV00001/2026/03101", "BHXH mẫu", SYSTEM, LATER)
    corrections.correct_person(person_id, {"phone": phone}, decision)


def of_the_register() -> tuple[Callable[[], None], Client, str]:
    person_id = make_insured()
    cast.make_citizen(LAN.bhxh_code, person_id=person_id)
    correct(person_id, PHONES[0])
    return lambda: correct(person_id, PHONES[1]), browser_of(person_id), "/ca-nhan"


def of_a_registration() -> tuple[Callable[[], None], Client, str]:
    client = at_contact()

    def again() -> None:
        assert client.post("/dang-ky/lien-he", CONTACT).status_code == 302

    return again, client, "/dang-ky/lien-he"


def of_a_request() -> tuple[Callable[[], None], Client, str]:
    person_id = make_insured()
    cast.make_citizen(LAN.bhxh_code, person_id=person_id)
    request_id = requests.start(person_id, Kind.DATA_CHANGE, now=NOW)
    draft = certain(requests.view(person_id, Kind.DATA_CHANGE))
    first, *_ = draft.procedure.steps

    def type_in(phone: str) -> None:
        requests.accept(person_id, request_id, first, {"what": ["phone"], "phone": phone}, now=NOW)

    type_in(PHONES[0])
    return lambda: type_in(PHONES[1]), browser_of(person_id), f"/dich-vu-cong/doi-thong-tin/{first.name}"


def of_a_child() -> tuple[Callable[[], None], Client, str]:
    person_id = make_member(LAN)
    cast.make_citizen(LAN.bhxh_code, person_id=person_id)
    make_member(AN)
    make_draft(person_id)

    def again() -> None:
        make_draft(person_id, papers=False)

    return again, browser_of(person_id), "/gia-dinh/dang-ky"


def of_a_picture() -> tuple[Callable[[], None], Client, str]:
    client = at_photos()

    def again() -> None:
        draft = draft_of(client).subject_id
        identity.store(draft, ImageKind.FRONT, front_photo(), now=NOW)

    again()
    return again, client, "/dang-ky/anh"


WRITTEN_ANEW: dict[str, tuple[Callable[[], tuple[Callable[[], None], Client, str]], Any, str]] = {
    "participants_person.sealed": (of_the_register, Person, "sealed"),
    "registration_draft.sealed": (of_a_registration, Draft, "sealed"),
    "identity_image.reading": (of_a_picture, IdImage, "reading"),
    "procedures_request.answers": (of_a_request, Request, "answers"),
    "families_request.sealed": (of_a_child, ChildRequest, "sealed"),
}


def rows_of(model: Any) -> binding.Rows:
    return next(rows for rows in binding.every() if rows.model is model)


def put(model: Any, values: dict[Any, bytes], column: str) -> None:
    for pk, value in values.items():
        model.objects.filter(pk=pk).update(**{column: value})


@pytest.mark.parametrize("name", WRITTEN_ANEW)
def test_an_older_value_put_back_is_refused_and_the_page_says_so(name, command, capsys):
    make, model, column = WRITTEN_ANEW[name]
    write_again, client, page = make()
    older = dict(model.objects.values_list("pk", column))
    assert client.get(page).status_code == 200
    write_again()
    assert client.get(page).status_code == 200
    newer = dict(model.objects.values_list("pk", column))
    changed = {pk: value for pk, value in older.items() if bytes(newer[pk]) != bytes(value)}
    assert changed
    put(model, changed, column)
    answer = client.get(page)
    assert answer.status_code == 409
    assert "Chưa đọc được dữ liệu đã lưu" in answer.text
    assert checking.run("sealed") == 1
    assert f"{name} " in capsys.readouterr().out


@pytest.mark.parametrize("name", WRITTEN_ANEW)
def test_what_was_sealed_before_opens_and_is_bound_where_it_stands(name, settings):
    make, model, column = WRITTEN_ANEW[name]
    settings.SEALS = "old"
    _write_again, client, page = make()
    rows = rows_of(model)
    assert model.objects.filter(rows.unbound()).exists()
    settings.SEALS = "both"
    assert client.get(page).status_code == 200
    before = {field.attname: None for field in model._meta.concrete_fields if field.attname != column}
    told = list(model.objects.order_by("pk").values_list(*before))
    assert binding.bind() > 0
    assert not model.objects.filter(rows.unbound()).exists()
    assert list(model.objects.order_by("pk").values_list(*before)) == told
    settings.SEALS = "bound"
    assert client.get(page).status_code == 200


def test_a_lacking_master_key_is_no_older_value_but_a_fault_of_ours(monkeypatch):
    _write_again, client, page = of_the_register()
    other = keys.Key("other", bytes(32))
    monkeypatch.setattr(vault, "_masters", lambda: (other,))
    client.raise_request_exception = False
    assert client.get(page).status_code == 500


def test_the_sending_leaves_answers_that_open_and_those_of_the_draft_do_not():
    person_id = make_insured()
    request_id = requests.start(person_id, Kind.CARD_REISSUE, now=NOW)
    draft = certain(requests.view(person_id, Kind.CARD_REISSUE))
    answers = {"reason": "lost", "note": "Rơi ở chợ", "way": "office"}
    requests.accept(person_id, request_id, draft.procedure.steps[0], answers, now=NOW)
    reviewed = certain(requests.view(person_id, Kind.CARD_REISSUE))
    older = bytes(Request.objects.get(id=request_id).answers or b"")
    procedures.submit(person_id, request_id, version=reviewed.version, now=NOW)
    row = Request.objects.get(id=request_id)
    assert requests.opened(row)["note"] == "Rơi ở chợ"
    row.answers = older  # of the draft, before it was sent
    with pytest.raises(keys.CannotOpen):
        requests.opened(row)


def test_a_picture_seals_the_answers_of_its_draft_anew():
    person_id = make_insured()
    request_id = requests.start(person_id, Kind.DATA_CHANGE, now=NOW)
    draft = certain(requests.view(person_id, Kind.DATA_CHANGE))
    name = draft.procedure.attachments[0].name
    requests.store_photo(person_id, request_id, name, plain_photo(), now=NOW)
    assert Request.objects.get(id=request_id).answers is None
    requests.accept(person_id, request_id, draft.procedure.steps[0], {"phone": PHONES[0]}, now=NOW)
    requests.store_photo(person_id, request_id, name, plain_photo(), now=NOW)
    assert certain(requests.view(person_id, Kind.DATA_CHANGE)).answers == {"phone": PHONES[0]}


def load(folder, kind: str, *rows: dict[str, str], at: datetime = files.NOW):
    return files.load(folder, kind, *rows, now=at)


@pytest.fixture
def lan(tmp_path) -> int:
    files.load_cast()
    return certain(queries.by_bhxh_code(BhxhCode(files.LAN["bhxh_code"]))).person_id


def phone(person_id: int) -> str:
    return certain(certain(queries.person(person_id)).phone).reveal()


def undo(run_id: int) -> None:
    undoing.undo(run_id, by=SYSTEM, now=files.NOW)


@pytest.mark.parametrize("seals", ["both", "old"])
def test_what_an_undo_puts_back_opens_whenever_it_was_sealed(lan, tmp_path, settings, seals):
    settings.SEALS = seals
    first = load(tmp_path, "people", files.LAN | {"phone": PHONES[1]})
    second = load(tmp_path, "people", files.LAN | {"phone": PHONES[2]})
    settings.SEALS = "bound"
    Person.objects.filter(person_id=lan).update(sealed=certain(_bound(lan)))
    undo(second.run_id)
    assert phone(lan) == PHONES[1]
    assert list(older_rows.older()) == []
    undo(first.run_id)
    assert phone(lan) == PHONES[0]
    assert [version.was for version in queries.versions(lan, "person")]
    assert list(older_rows.older()) == []
    assert record.own_record(lan, now=NOW).participation.person_id == lan
    assert not Person.objects.filter(rows_of(Person).unbound(), person_id=lan).exists()


def _bound(person_id: int) -> bytes:
    row = Person.objects.get(person_id=person_id)
    sealed_part.seal(row, sealed_part.opened(row, is_history=True).decode())
    return bytes(row.sealed)


def test_the_record_is_read_after_a_correction_and_after_an_undo(lan, tmp_path):
    run = load(tmp_path, "people", files.LAN | {"phone": PHONES[1]})
    undo(run.run_id)
    load(tmp_path, "coverage", files.COVER)
    correct(lan, PHONES[2])
    card = certain(record.own_record(lan, now=NOW).card)
    assert record.with_street(card, lan).address.startswith("Số 1 Lạch Tray")
    assert phone(lan) == PHONES[2]


def test_a_merged_person_opens_as_history_and_the_kept_one_as_before(lan, tmp_path):
    load(tmp_path, "people", OLD_LAN)
    merged = certain(queries.by_bhxh_code(BhxhCode(OLD_LAN["bhxh_code"]))).person_id
    load(tmp_path, "people", OLD_LAN | {"phone": PHONES[1]})
    load(tmp_path, "merges", DECISION)
    assert phone(lan) == PHONES[0]
    assert len(queries.versions(lan, "person")) == 2
    assert OLD_LAN["id_number"] in fingerprints.numbers([lan])[lan]
    assert not Person.objects.filter(person_id=merged).exists()
    assert list(older_rows.older()) == []


def test_a_file_refuses_the_line_of_whom_it_cannot_read_and_loads_the_rest(lan, tmp_path):
    older = bytes(Person.objects.get(person_id=lan).sealed)
    load(tmp_path, "people", files.LAN | {"phone": PHONES[1]})
    Person.objects.filter(person_id=lan).update(sealed=older)
    blank = {"street": "", "phone": PHONES[2]}
    report = load(tmp_path, "people", files.LAN | blank, files.BINH | {"phone": PHONES[2]})
    assert (report.refused, report.changed) == (1, 1)
    assert bytes(Person.objects.get(person_id=lan).sealed) == older


def put_back(person_id: int, at: int) -> None:
    """A whole older row, as it stands in the history, over today's."""
    was = [version.was for version in Version.objects.filter(person_id=person_id, record="person")][at]
    names = ", ".join(column for column in was if column != "person_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE participants_person p SET ({names}) = (SELECT {names} FROM jsonb_populate_record("
            "NULL::participants_person, (SELECT v.was FROM participants_version v WHERE v.person_id = %s "
            "AND v.record = 'person' ORDER BY v.id OFFSET %s LIMIT 1))) WHERE p.person_id = %s",
            [person_id, at, person_id],
        )


@pytest.mark.parametrize("at", [0, 1])
def test_an_older_row_of_the_register_put_back_whole_is_named_by_its_number_alone(
    lan, tmp_path, command, capsys, at
):
    for number in PHONES[1:]:
        load(tmp_path, "people", files.LAN | {"phone": number})
    assert checking.run("sealed") == 0
    put_back(lan, at)
    assert checking.run("sealed") == 1
    said = capsys.readouterr().out
    assert f"participants_person {lan}\n" in said
    assert files.LAN["full_name"] not in said


def test_an_older_row_put_back_after_an_undo_is_named_too(lan, tmp_path):
    load(tmp_path, "people", files.LAN | {"phone": PHONES[1]})
    second = load(tmp_path, "people", files.LAN | {"phone": PHONES[2]})
    undo(second.run_id)
    assert list(older_rows.older()) == []
    put_back(lan, 0)
    assert list(older_rows.older()) == [lan]


def test_an_older_row_of_the_same_file_is_named(lan):
    correct(lan, PHONES[1])
    row = Person.objects.get(person_id=lan)
    Version.objects.filter(person_id=lan, record="person").update(
        replaced_by=row.run_id, run_id=row.run_id, line=row.line
    )
    assert list(older_rows.older()) == [lan]


def test_the_night_looks_for_unbound_people_in_their_index_alone(lan):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Person.objects.filter(rows_of(Person).unbound()).explain()
    assert "participants_person_unbound" in plan


def test_binding_passes_over_what_does_not_open_and_says_so(settings):
    settings.SEALS = "old"
    damaged, good = make_person(LAN), make_person(BINH)
    Person.objects.filter(person_id=damaged).update(sealed=b"damaged beyond reading")
    settings.SEALS = "both"
    with pytest.raises(keys.CannotOpen):
        binding.bind()
    unbound = Person.objects.filter(rows_of(Person).unbound())
    assert list(unbound.values_list("person_id", flat=True)) == [damaged]
    assert queries.person(good) is not None


def test_a_plain_street_of_the_version_before_is_sealed_for_the_row_of_today(lan, settings):
    from vssid.domain.participants import unsealed

    settings.SEALS = "old"
    Person.objects.filter(person_id=lan).update(street="Số 9", sealed=_bound(lan))
    settings.SEALS = "both"
    assert unsealed.seal() == 1
    settings.SEALS = "bound"
    assert certain(queries.person(lan)).street == "Số 9"
