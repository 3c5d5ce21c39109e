"""Issue a statement, and tell what one said."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.infra.documents import pdf_signing
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from . import codes, content, files, paper, signing
from .errors import NothingToState
from .models import Code, Statement
from .views import Said, from_json, said

SEALED_FOR, FINGERPRINT = "statement", "statement-code"


@dataclass(frozen=True, slots=True)
class Issued:
    """The signed PDF."""

    id: UUID
    pdf: bytes


def issue(person_id: int, year: int, *, by: Actor, now: datetime) -> Issued:
    """Set, sign and record the statement of a year.

    Raises NotSigning, Limited (so many a day), NothingToState (no month in the year).
    """
    identity = signing.identity()
    limits.hit("statement_issue", str(person_id), now=now)
    person, today = participants.person(person_id), local_day(now)
    history = participants.participation(person_id, today)
    if person is None or year not in content.years(history, today):
        raise NothingToState(year=year)
    stated, code = content.compose(history, year, today), codes.new()
    # Setting and signing take a while, so no transaction is open yet.
    pdf = pdf_signing.sign(paper.render(stated, person, code, now=now), identity, reason=f"C14-TS {year}")
    kept = said(stated, person.full_name, now).as_json()
    kept |= {"last4": person.bhxh_code.reveal()[-4:], "code": code}
    key = files.keep(person_id, pdf)
    return Issued(_record(person_id, year, kept, key, by=by, now=now), pdf)


def _record(
    person_id: int, year: int, kept: dict[str, object], blob_key: str, *, by: Actor, now: datetime
) -> UUID:
    made = uuid4()
    with transaction.atomic():
        Statement.objects.create(
            person_id=person_id,
            id=made,
            year=year,
            sealed=vault.seal_json(person_id, SEALED_FOR, kept, row=made),
            issued_at=now,
            blob_key=blob_key,
        )
        mark = vault.fingerprint(FINGERPRINT, str(kept["code"]))
        Code.objects.create(fingerprint=mark, person_id=person_id, statement_id=made)
        audit.record("statement.issued", subject=person_id, by=by, now=now, facts={"year": year})
    return made


def check(typed: str, last4: str, *, address: str, now: datetime) -> Said | None:
    """What the statement of a code said; None when code and digits do not go together, whichever is wrong.

    Each telling is an event of the owner's. Raises Limited; what one network tries stops nobody elsewhere.
    For an unknown code some other statement is opened, in vain: time must not tell which of the two is wrong.
    """
    limits.hit("statement_address", address, now=now)
    possible = codes.read(typed)
    if not possible:
        return None
    limits.hit("statement_code", f"{possible[0]}|{limits.network(address)}", now=now)
    prints = [mark for code in possible for mark in vault.fingerprints(FINGERPRINT, code)]
    code_row, other = Code.objects.filter(fingerprint__in=prints).first(), Code.objects.order_by("pk").first()
    row = _statement(code_row or other) if other else None
    if row is None:
        return None
    try:
        kept = vault.unseal_json(row.person_id, SEALED_FOR, row.sealed, row=row.id)
    except vault.Erased:
        return None
    kept.pop("code", None)
    is_right = hmac.compare_digest(kept.pop("last4").encode(), last4.encode())
    if code_row is None or not is_right:
        return None
    audit.record("statement.checked", subject=row.person_id, by=SYSTEM, now=now, facts={"year": row.year})
    return from_json(kept)


def take_again(person_id: int, statement_id: UUID, *, by: Actor, now: datetime) -> Issued:
    """The file of a statement as it was signed then. Raises NotYours, also once its term is over."""
    row = Statement.objects.filter(person_id=person_id, id=statement_id).first()
    pdf = files.read(row) if row else None
    if row is None or pdf is None:
        raise NotYours
    audit.record("statement.downloaded", subject=person_id, by=by, now=now, facts={"year": row.year})
    return Issued(row.id, pdf)


def _statement(code: Code) -> Statement | None:
    return Statement.objects.filter(person_id=code.person_id, id=code.statement_id).first()
