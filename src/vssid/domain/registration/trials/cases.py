"""A case as it lies in a folder: `case.toml` beside its pictures. Read strictly: what is odd is refused.

docs/operations/known-answers.md has the format.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from vssid.domain.identity.kinds import OF_AN_ID, ImageKind
from vssid.kernel.errors import DomainError, Invalid

from ..draft import form, steps
from ..models.trials import APPROVE, REFUSE
from ..reasons import REASONS

FILE = "case.toml"
PICTURES = {f"{kind.value}.jpg": kind for kind in OF_AN_ID}
KEYS = frozenset({"synthetic", "expected", "reasons", "findings", "lesson", "form", "register"})
FORM = (*steps.WHO.gives, *steps.CONTACT.gives, "email")
# What the register may say otherwise than the form.
REGISTER = frozenset(FORM) - {"bhxh_code", "id_kind"} | {"unknown"}
MAY_BE_EMPTY = frozenset({"id_number", "phone", "email"})
LONGEST_NAME, LONGEST_LESSON = 60, 500


class BadCase(DomainError):
    """A case cannot be used. `case`: its folder; `problem`: a code; `detail`: which key, value or file."""

    code = "bad_case"

    def __init__(self, *, case: str, problem: str, detail: str = "") -> None:
        super().__init__(case=case, problem=problem, detail=detail)
        self.case, self.problem, self.detail = case, problem, detail


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A case as it was read. `register`: its values, None where the code is to be unknown."""

    name: str
    expected: str
    reasons: tuple[str, ...]
    findings: tuple[str, ...]
    lesson: str
    form: Mapping[str, Any]
    register: Mapping[str, Any] | None
    pictures: Mapping[ImageKind, bytes]
    digest: bytes


def folders(folder: Path) -> list[Path]:
    """The folders of cases in a folder, by name. Raises BadCase where there is none."""
    there = sorted(path.parent for path in folder.glob(f"*/{FILE}"))
    if not there:
        raise BadCase(case=folder.name, problem="no_cases", detail=FILE)
    return there


def read(folder: Path, *, today: date) -> Case:
    """One case. Raises BadCase for the first thing that is wrong."""
    name = folder.name

    def refuse(problem: str, detail: str = "") -> BadCase:
        return BadCase(case=name, problem=problem, detail=detail)

    if slugify(name) != name or len(name) > LONGEST_NAME:
        raise refuse("bad_name")
    content = (folder / FILE).read_bytes()
    try:
        told = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refuse("bad_toml", str(error)) from None
    if unknown := sorted(told.keys() - KEYS):
        raise refuse("unknown_key", unknown[0])
    if told.get("synthetic") is not True:
        raise refuse("not_synthetic")
    lesson = told.get("lesson")
    if not isinstance(lesson, str) or not 0 < len(lesson.strip()) <= LONGEST_LESSON:
        raise refuse("bad_lesson")
    expected, reasons, findings = _answer(name, told)
    typed = _form(name, told, today)
    pictures = _pictures(name, folder, typed)
    digest = hashlib.sha256(content)
    for kind, picture in sorted(pictures.items()):
        digest.update(kind.value.encode() + hashlib.sha256(picture).digest())
    return Case(
        name,
        expected,
        reasons,
        findings,
        lesson.strip(),
        typed,
        _register(name, told, typed, today),
        pictures,
        digest.digest(),
    )


def _answer(name: str, told: Mapping[str, Any]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    expected = told.get("expected")
    if expected not in (APPROVE, REFUSE):
        raise BadCase(case=name, problem="bad_expected", detail=str(expected)[:40])
    reasons, findings = (_texts(name, told, key) for key in ("reasons", "findings"))
    if bool(reasons) != (expected == REFUSE):
        raise BadCase(case=name, problem="reasons_needed" if expected == REFUSE else "reasons_unneeded")
    if unknown := [code for code in reasons if code not in REASONS]:
        raise BadCase(case=name, problem="bad_reason", detail=unknown[0])
    return expected, reasons, findings


def _texts(name: str, told: Mapping[str, Any], key: str) -> tuple[str, ...]:
    listed = told.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise BadCase(case=name, problem="bad_list", detail=key)
    return tuple(dict.fromkeys(listed))


def _table(name: str, told: Mapping[str, Any], key: str, known: frozenset[str]) -> dict[str, Any]:
    table = told.get(key, {})
    if not isinstance(table, dict):
        raise BadCase(case=name, problem="bad_table", detail=key)
    if unknown := sorted(table.keys() - known):
        raise BadCase(case=name, problem="unknown_key", detail=f"{key}.{unknown[0]}")
    return table


def _form(name: str, told: Mapping[str, Any], today: date) -> dict[str, Any]:
    return _clean(name, "form", _table(name, told, "form", frozenset(FORM)), today)


def _clean(name: str, table: str, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The values as a person's own form would have them. Raises BadCase with the first field."""
    raw = {key: str(value) for key, value in given.items()}  # a day of TOML is written as ISO has it
    try:
        return {**form.clean_who(raw, today=today), **form.clean_contact(raw)}
    except Invalid as invalid:
        field, code = next(iter(invalid.fields.items()))
        raise BadCase(case=name, problem="bad_field", detail=f"{table}.{field}: {code}") from None


def _register(
    name: str, told: Mapping[str, Any], typed: Mapping[str, Any], today: date
) -> dict[str, Any] | None:
    """What the register says: as the form, but for what is told otherwise."""
    table = _table(name, told, "register", REGISTER)
    if "unknown" in table:
        if table != {"unknown": True}:
            raise BadCase(case=name, problem="bad_unknown")
        return None
    empty = {key for key in MAY_BE_EMPTY & table.keys() if table[key] == ""}
    other = {key: value for key, value in table.items() if key not in empty}
    values = _clean(name, "register", {**typed, **other}, today)
    return values | dict.fromkeys(empty, "")


def _pictures(name: str, folder: Path, typed: Mapping[str, Any]) -> dict[ImageKind, bytes]:
    there = {kind: folder / file for file, kind in PICTURES.items() if (folder / file).is_file()}
    if missing := sorted(steps.required_photos(typed) - there.keys()):
        raise BadCase(case=name, problem="no_picture", detail=f"{missing[0].value}.jpg")
    return {kind: path.read_bytes() for kind, path in there.items()}
