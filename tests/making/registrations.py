"""Make what a registration needs: an office, a person of the register, a draft, an application."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PIL import Image, ImageDraw

from tests.making.staff import equip
from tests.runner.snapshots import snapshot
from vssid.domain.accounts import staff
from vssid.domain.identity import actions as identity
from vssid.domain.identity import marks, reader
from vssid.domain.identity.kinds import OF_AN_ID, ImageKind
from vssid.domain.imports.uploads import submission
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.participants.sealed_part import SEALED
from vssid.domain.registration import actions
from vssid.domain.registration.draft import drafts, holders
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.text import fold

NOW = datetime(2026, 11, 18, 13, 14, tzinfo=UTC)  # Wednesday 20:14 in Việt Nam
HONG_BANG, ELSEWHERE = "03101", "03102"
ADDRESS = "203.0.113.5"


@dataclass(frozen=True)
class Someone:
    """A person of the cast with everything a registration asks for; synthetic."""

    bhxh_code: str = "0000000001"
    full_name: str = "Nguyễn Thị Lan"
    birth_date: date = date(1990, 1, 2)
    sex: int = 2
    id_number: str = "031190000001"
    issued_on: date = date(2021, 3, 1)
    phone: str = "+84912345678"


LAN = Someone()
BINH = Someone("0000000002", "Trần Văn Bình", date(1985, 6, 30), 1, "031085000002", phone="+84987654321")


def make_office(code: str = HONG_BANG, name: str = "BHXH quận Hồng Bàng (mẫu)") -> Office:
    """An office that receives applications, open on working days."""
    hours = [{"days": [1, 2, 3, 4, 5], "open": "08:00", "close": "16:30"}]
    made, _ = Office.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "address": "1 Phố Mẫu, phường Hồng Bàng, Hải Phòng",
            "phone": "0225 000 0000",
            "hours": hours,
            "province_code": "31",
            "communes": ["11311"],
            "places_version": "2025",
            "is_synthetic": True,
            "run_id": 0,
            "line": 1,
            "as_of": NOW,
        },
    )
    return made


def make_officer(name: str = "Minh", office: str = HONG_BANG, role: str = "reviewer") -> Actor:
    """An officer as the one who acts; no account needed."""
    make_office(office, f"BHXH {office} (mẫu)")
    return Actor(ActorKind.OFFICER, 500, name, office, role)


def make_officer_account(
    username: str = "minh", office: str = HONG_BANG, name: str = "Minh", role: str = "reviewer"
) -> int:
    """An officer who can sign in with `hoa sen trang 99` and a code of an app (`tests.making.staff`)."""
    make_office(office, f"BHXH {office} (mẫu)")
    opened = staff.create(
        username,
        display_name=name,
        office_code=office,
        by=SYSTEM,
        now=NOW,
        role=role,
        from_on=date(2026, 1, 1),
    )
    equip(opened.person_id, now=NOW)
    return opened.person_id


def make_person(who: Someone = LAN, **changes: Any) -> int:
    """The person in the register; `changes` make the register differ from what the person types."""
    registered = replace(who, **changes)
    person_id = vault.new_subject_id()
    private = {
        "id_number": registered.id_number,
        "phone": registered.phone,
        "id_issued_on": registered.issued_on.isoformat(),
    }
    private["street"] = "Số 12"
    Person.objects.create(
        person_id=person_id,
        bhxh_code=registered.bhxh_code if len(registered.bhxh_code) == 10 else "",
        full_name=registered.full_name,
        name_folded=fold(registered.full_name),
        birth_date=registered.birth_date,
        sex=registered.sex,
        province_code="31",
        commune_code="11311",
        sealed=vault.seal(person_id, SEALED, json.dumps(private).encode()),
        sealed_digest=b"-",
        run_id=0,
        line=1,
        as_of=NOW,
    )
    kind, key = "bhxh", registered.bhxh_code
    if len(key) == 12:  # who is known by the personal number alone, as a file of people makes them
        kind, key = "cccd", vault.fingerprint("cccd", key).hex()
    Identifier.objects.create(kind=kind, key=key, person_id=person_id)
    return person_id


@lru_cache(maxsize=1)
def plain_photo() -> bytes:
    """A small, sharp, bright picture that is no card."""
    picture = Image.new("RGB", (1200, 900), "white")
    draw = ImageDraw.Draw(picture)
    for step in range(0, 1200, 40):
        draw.rectangle((step, (step * 7) % 800, step + 20, (step * 7) % 800 + 60), fill=(30, 60, step % 255))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


_look = reader.look


@lru_cache(maxsize=3)
def looked_at(kind: ImageKind) -> reader.Looked:
    """What looking at the plain photo gives."""
    return _look(kind, plain_photo())


def keep_photo(subject_id: int, kind: ImageKind, *, now: datetime = NOW) -> None:
    """Keep the plain photo as `identity.store` does, but judge it once for all tests.

    It stands for a different photo each time, so it bears no marks of its likeness.
    """
    with (
        patch.object(reader, "look", lambda kind, _data: looked_at(kind)),
        patch.object(marks, "of", lambda _kind, _jpeg: {}),
    ):
        identity.store(subject_id, kind, b"", now=now)


def typed_values(who: Someone = LAN, **changes: Any) -> dict[str, Any]:
    """The clean values of every step but the commitment."""
    return {
        "bhxh_code": who.bhxh_code,
        "full_name": who.full_name,
        "birth_date": who.birth_date.isoformat(),
        "sex": who.sex,
        "id_kind": "cccd",
        "id_number": who.id_number,
        "issued_on": who.issued_on.isoformat(),
        "phone": who.phone,
        "email": "",
        "province_code": "31",
        "commune_code": "11311",
        "street": "Số 12, ngõ 45",
        "office_code": HONG_BANG,
        **changes,
    }


@snapshot
def make_draft(
    who: Someone = LAN, *, now: datetime = NOW, photos: bool = True, proved: bool = True, **changes: Any
) -> str:
    """A draft with every step done; returns the holder's token."""
    make_office()
    token = drafts.start(address=ADDRESS, now=now)
    draft = drafts.view(token)
    assert draft is not None
    drafts.save(draft.subject_id, typed_values(who, **changes), now=now)
    drafts.save(draft.subject_id, {"commitment": True}, now=now)
    if photos:
        for kind in sorted(OF_AN_ID):
            keep_photo(draft.subject_id, kind, now=now)
    if proved:
        filled = drafts.view(token)
        assert filled is not None
        assert filled.phone is not None
        holders.prove(filled.hold, filled.phone)
    return token


def view(token: str) -> drafts.DraftView:
    """The draft behind a token that must exist."""
    draft = drafts.view(token)
    assert draft is not None
    return draft


@snapshot
def make_application(who: Someone = LAN, *, now: datetime = NOW, known: bool = True, **changes: Any) -> int:
    """A sent application; the person is put into the register first unless `known` is false."""
    if known and not Identifier.objects.filter(key=who.bhxh_code).exists():
        make_person(who)
    return actions.submit(view(make_draft(who, now=now, **changes)), now=now)


@snapshot
def make_ready(who: Someone = LAN, *, by: Actor | None = None, now: datetime = NOW) -> int:
    """An application whose form was received and original seen: approval is open."""
    application_id = make_application(who, now=now)
    officer = by or make_officer()
    actions.receive_form(application_id, by=officer, now=now)
    actions.see_original(application_id, by=officer, now=now)
    return application_id


def make_upload(content: str = "code,name\nTZ0001A,Công ty mẫu\n", *, office: str = HONG_BANG) -> int:
    """A file of employers that a data officer handed in."""
    by = Actor(ActorKind.OFFICER, 700, "Quang", office)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        delivery = submission.Delivery("employers", "don-vi.csv", "Sở mẫu")
        return submission.receive(Path(file.name), delivery, by=by, now=NOW)
