"""Prove cases and load them: what they are to show must really be told at the desk, and nobody may be met."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.identity import actions as identity
from vssid.domain.identity.errors import BadImage
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import BhxhCode, IdKind, IdNumber

from .. import code_keys
from ..desk import findings
from ..draft import form
from ..models import Application, KnownCase
from ..models.trials import APPROVE
from . import cases, register
from .cases import BadCase, Case

PURPOSE = "known-case"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the cases: their names."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


def check(folder: Path, *, now: datetime) -> tuple[list[Case], list[BadCase]]:
    """Read and prove every case of a folder; those that can be loaded, and what is wrong with the others.

    Looks at each picture as an upload does: a second or two a case. Raises BadCase where there is none.
    """
    good, bad = [], []
    for place in cases.folders(folder):
        try:
            case = cases.read(place, today=local_day(now))
            _prove(case, now)
        except BadCase as wrong:
            bad.append(wrong)
        else:
            good.append(case)
    return good, bad


def _prove(case: Case, now: datetime) -> None:
    """Raises BadCase where the desk would not tell what the case names, or would tell of a person."""
    refuse_met(case.name, case.form)
    told = {finding.key for finding in _findings(case, _looked(case, now), now) if finding.is_doubt}
    refuse_untold(case.name, case.expected, case.findings, told)
    if case.expected == APPROVE and case.register is None:
        raise BadCase(case=case.name, problem="not_approvable")


def refuse_untold(name: str, expected: str, named: Collection[str], told: Collection[str]) -> None:
    """Raises BadCase where the desk tells otherwise than the case says: then its answer is not right."""
    if untold := sorted(set(named) - set(told)):
        raise BadCase(case=name, problem="not_told", detail=untold[0])
    if expected == APPROVE and (unnamed := sorted(set(told) - set(named))):
        raise BadCase(case=name, problem="doubt_not_named", detail=unnamed[0])


def _looked(case: Case, now: datetime) -> dict[ImageKind, ImageView]:
    from vssid.domain.identity import reader  # brings numpy

    pictures = {}
    for kind, data in case.pictures.items():
        try:
            looked = reader.look(kind, data)
        except BadImage as bad:
            raise BadCase(
                case=case.name, problem="bad_picture", detail=f"{kind.value}.jpg: {bad.reason}"
            ) from None
        pictures[kind] = ImageView(kind, now, looked.width, looked.height, looked.verdict, looked.reading)
    return pictures


def _findings(case: Case, pictures: Mapping[ImageKind, ImageView], now: datetime) -> list[findings.Finding]:
    typed = form.read({**case.form, "office_code": ""})
    person = register.view({**case.register, "office_code": ""}, as_of=now) if case.register else None
    return findings.all_of(typed, pictures, person, on=local_day(now))


def refuse_met(name: str, typed: Mapping[str, Any]) -> None:
    """Raises BadCase where a person of the register, or of an application, has a number of the case."""
    code, number = BhxhCode(typed["bhxh_code"]), IdNumber(typed["id_number"])
    if participants.by_bhxh_code(code) is not None:
        raise BadCase(case=name, problem="is_person", detail="form.bhxh_code")
    if typed["id_kind"] == IdKind.CCCD and participants.by_id_number(number) is not None:
        raise BadCase(case=name, problem="is_person", detail="form.id_number")
    sent = Application.objects.all()
    if sent.filter(bhxh_code__in=code_keys.possible(code)).exists():
        raise BadCase(case=name, problem="is_person", detail="form.bhxh_code")
    if sent.filter(id_fingerprint__in=vault.fingerprints(typed["id_kind"], number.reveal())).exists():
        raise BadCase(case=name, problem="is_person", detail="form.id_number")
    if sent.filter(phone_fingerprint__in=vault.fingerprints("phone", typed["phone"])).exists():
        raise BadCase(case=name, problem="is_person", detail="form.phone")


def load(good: list[Case], *, now: datetime) -> Loaded:
    """Keep these cases, in place of others of the same names. Call it outside a transaction."""
    before = {row.name: row for row in KnownCase.objects.all()}
    added: list[str] = []
    changed: list[str] = []
    same: list[str] = []
    for case in good:
        older = before.get(case.name)
        if older is not None and bytes(older.digest) == case.digest:
            same.append(case.name)
            continue
        _store(case, older, now)
        (changed if older else added).append(case.name)
    return Loaded(tuple(added), tuple(changed), tuple(same))


def _store(case: Case, older: KnownCase | None, now: datetime) -> None:
    subject = vault.new_subject_id()
    try:
        for kind, picture in case.pictures.items():
            identity.store(subject, kind, picture, now=now)
        content = {"form": dict(case.form), "register": dict(case.register) if case.register else None}
        with transaction.atomic():
            if older is not None:
                _erase(older)
            KnownCase.objects.create(
                subject_id=subject,
                name=case.name,
                digest=case.digest,
                expected=case.expected,
                reasons=list(case.reasons),
                findings=list(case.findings),
                lesson=case.lesson,
                sealed=vault.seal_json(subject, PURPOSE, content),
                loaded_at=now,
            )
            audit.record("trial.case_loaded", subject=0, by=SYSTEM, now=now, facts={"case": case.name})
    except BaseException:
        identity.erase(subject)
        vault.erase(subject)
        raise


def content_of(row: KnownCase) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The form of a case and what the register says."""
    content = vault.unseal_json(row.subject_id, PURPOSE, row.sealed)
    return content["form"], content["register"]


def drop(name: str, *, now: datetime) -> bool:
    """Lay a case no more, with its pictures and key deleted; False where there is none of this name.

    What lies in a queue already, lies there until it ends.
    """
    with transaction.atomic():
        row = KnownCase.objects.select_for_update().filter(name=name).first()
        if row is None:
            return False
        _erase(row)
        audit.record("trial.case_dropped", subject=0, by=SYSTEM, now=now, facts={"case": name})
    return True


def _erase(row: KnownCase) -> None:
    subject = row.subject_id  # a deleted row has none any more
    row.delete()
    identity.erase(subject)
    vault.erase(subject)
