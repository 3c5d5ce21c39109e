"""A case is read strictly, proved as the desk would tell it, and loaded with its pictures sealed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.making.registrations import BINH, looked_at, make_application, make_person, plain_photo
from tests.making.trials import BIRTH_DIFFERS, MADE_UP, OPEN
from vssid.domain.audit.models import Event
from vssid.domain.identity import reader
from vssid.domain.identity.models import IdImage
from vssid.domain.identity.verdicts import Verdict
from vssid.domain.participants.models.people import Identifier
from vssid.domain.registration.models import KnownCase
from vssid.domain.registration.trials import cases, loading
from vssid.domain.registration.trials.cases import BadCase
from vssid.domain.vault import sealing as vault
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.calendar import local_day

pytestmark = pytest.mark.django_db
WHOLE = f"""
synthetic = true
expected = "refuse"
reasons = ["identity_differs"]
findings = ["{BIRTH_DIFFERS}"]
lesson = "Ngày sinh khác dữ liệu BHXH."
[form]
bhxh_code = "{MADE_UP.bhxh_code}"
full_name = "{MADE_UP.full_name}"
birth_date = 1990-01-02
sex = 2
id_kind = "cccd"
id_number = "{MADE_UP.id_number}"
issued_on = 2021-03-01
phone = "0590990001"
province_code = "31"
commune_code = "11311"
street = "Số 1"
[register]
birth_date = 1991-02-03
"""


@pytest.fixture(autouse=True)
def good_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at the plain photo finds nothing wrong, and takes no time."""
    monkeypatch.setattr(reader, "look", lambda kind, _data: replace(looked_at(kind), verdict=Verdict(())))


def written(folder: Path, text: str = WHOLE, name: str = "ngay-sinh", without: str = "") -> Path:
    """A folder of one case."""
    place = folder / name
    place.mkdir()
    (place / "case.toml").write_text(text, encoding="utf-8")
    for picture in ("front", "back", "portrait"):
        if picture != without:
            (place / f"{picture}.jpg").write_bytes(plain_photo())
    return folder


def refused(folder: Path) -> tuple[str, str]:
    good, (bad,) = loading.check(folder, now=OPEN)
    assert good == []
    return bad.problem, bad.detail


def test_a_whole_case_is_read_as_a_person_would_type_it(tmp_path: Path) -> None:
    case = cases.read(written(tmp_path) / "ngay-sinh", today=local_day(OPEN))
    assert (case.expected, case.reasons, case.findings) == ("refuse", ("identity_differs",), (BIRTH_DIFFERS,))
    assert (case.form["phone"], case.form["birth_date"], case.form["email"]) == (
        "+84590990001", "1990-01-02", "",
    )  # fmt: skip
    assert case.register == {**case.form, "birth_date": "1991-02-03"}


@pytest.mark.parametrize(
    ("old", "new", "problem", "detail"),
    [
        ("synthetic = true", "", "not_synthetic", ""),
        ("synthetic = true", "synthetic = 1", "not_synthetic", ""),
        ("synthetic = true", "synthetic = tru", "bad_toml", None),
        ('expected = "refuse"', 'expected = "maybe"', "bad_expected", "maybe"),
        ('reasons = ["identity_differs"]', "reasons = []", "reasons_needed", ""),
        ('expected = "refuse"', 'expected = "approve"', "reasons_unneeded", ""),
        ('["identity_differs"]', '["ugly"]', "bad_reason", "ugly"),
        ('["identity_differs"]', '"identity_differs"', "bad_list", "reasons"),
        ('lesson = "Ngày sinh khác dữ liệu BHXH."', "", "bad_lesson", ""),
        ("sex = 2", "sex = 7", "bad_field", "form.sex: bad_choice"),
        ("sex = 2", "sex = 2\ncolour = 1", "unknown_key", "form.colour"),
        ("[register]", "colour = 1\n[register]", "unknown_key", "form.colour"),
        ('"0590990001"', '"02253000000"', "bad_field", "form.phone: bad_phone"),
        ("birth_date = 1991-02-03", "birth_date = 2091-02-03", "bad_field", "register.birth_date: future"),
        ("birth_date = 1991-02-03", 'bhxh_code = "1"', "unknown_key", "register.bhxh_code"),
        ("birth_date = 1991-02-03", "unknown = 5", "bad_unknown", ""),
        ("birth_date = 1991-02-03", "sex = 1", "not_told", BIRTH_DIFFERS),
    ],
)
def test_what_is_odd_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, problem: str, detail: str | None
) -> None:
    assert old in WHOLE
    said = refused(written(tmp_path, WHOLE.replace(old, new)))
    assert said[0] == problem
    assert detail is None or said[1] == detail


def test_a_missing_picture_an_odd_name_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCase) as none:
        loading.check(tmp_path, now=OPEN)
    assert none.value.problem == "no_cases"
    assert refused(written(tmp_path, without="back")) == ("no_picture", "back.jpg")
    (tmp_path / "ngay-sinh").rename(tmp_path / "Ngày sinh")
    assert refused(tmp_path) == ("bad_name", "")


def test_an_approvable_case_tells_every_doubt_and_is_in_the_register(tmp_path: Path) -> None:
    approve = WHOLE.replace('"refuse"', '"approve"').replace('reasons = ["identity_differs"]', "")
    bare = approve.replace(f'findings = ["{BIRTH_DIFFERS}"]', "")
    assert refused(written(tmp_path, bare)) == ("doubt_not_named", BIRTH_DIFFERS)
    unknown = approve.replace(BIRTH_DIFFERS, "register.bhxh_code.unknown").replace(
        "birth_date = 1991-02-03", "unknown = true"
    )
    (tmp_path / "ngay-sinh" / "case.toml").write_text(unknown, encoding="utf-8")
    assert refused(tmp_path) == ("not_approvable", "")
    (tmp_path / "ngay-sinh" / "case.toml").write_text(approve, encoding="utf-8")
    assert len(loading.check(tmp_path, now=OPEN)[0]) == 1


@pytest.mark.parametrize("field", ["bhxh_code", "id_number", "phone"])
def test_numbers_of_a_person_are_refused(tmp_path: Path, field: str) -> None:
    changed: dict[str, Any] = {field: getattr(MADE_UP, field)}
    make_application(replace(BINH, **changed), now=OPEN)
    assert refused(written(tmp_path)) == ("is_person", f"form.{field}")


def test_loaded_it_is_sealed_once_and_changed_by_its_content(tmp_path: Path) -> None:
    good, _bad = loading.check(written(tmp_path), now=OPEN)
    assert loading.load(good, now=OPEN).added == ("ngay-sinh",)
    assert loading.load(good, now=OPEN).same == ("ngay-sinh",)
    before = KnownCase.objects.get()
    assert MADE_UP.full_name.encode() not in bytes(before.sealed)
    assert loading.content_of(before)[0]["full_name"] == MADE_UP.full_name
    file = tmp_path / "ngay-sinh" / "case.toml"
    file.write_text(WHOLE.replace("Số 1", "Số 2"), encoding="utf-8")
    good, _bad = loading.check(tmp_path, now=OPEN)
    assert loading.load(good, now=OPEN).changed == ("ngay-sinh",)
    after = KnownCase.objects.get()
    assert after.subject_id != before.subject_id
    assert set(IdImage.objects.values_list("subject_id", flat=True)) == {after.subject_id}
    assert not SubjectKey.objects.filter(subject_id=before.subject_id).exists()
    assert [event.facts["case"] for event in Event.objects.filter(kind="trial.case_loaded")] == [
        "ngay-sinh"
    ] * 2


def test_a_load_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, _bad = loading.check(written(tmp_path), now=OPEN)
    monkeypatch.setattr("vssid.domain.audit.actions.record", lambda *_given, **_named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loading.load(good, now=OPEN)
    assert not KnownCase.objects.exists()
    assert not IdImage.objects.exists()
    assert not SubjectKey.objects.exists()


def test_somebody_of_the_register_is_found_by_the_id_number_too(tmp_path: Path) -> None:
    person = make_person(replace(MADE_UP, bhxh_code="0000000077"))
    key = vault.fingerprint("cccd", MADE_UP.id_number).hex()
    Identifier.objects.create(kind="cccd", key=key, person_id=person)
    assert refused(written(tmp_path)) == ("is_person", "form.id_number")
