"""Accounts of a demo's staff, HR people and citizens: opened as by hand, with passwords that it tells."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

from .cast import DemoPeople, DemoPerson

AT_WORK = timedelta(days=30)  # for so long, as files of the days before have been taken in and decided
# By number two offices: 0 the busiest, 1 the next; else the office of this code.
OFFICERS: tuple[tuple[str, str, int | str, str], ...] = (
    ("minh", "Trần Văn Minh", 0, "reviewer"),
    ("thu", "Lê Thị Thu", 0, "reviewer"),
    ("quang", "Đỗ Nhật Quang", 0, "data_officer"),
    ("hanh", "Phạm Thị Hạnh", 1, "reviewer"),
    ("dung", "Vũ Văn Dũng", 1, "reviewer"),
    ("mai", "Ngô Thị Mai", "03101", "reception"),
    ("loan", "Trịnh Thị Loan", 0, "collection_officer"),
    ("son", "Lý Văn Sơn", 0, "collection_officer"),
    ("hoa", "Mai Thị Hoa", 1, "collection_officer"),
    ("bach", "Hoàng Văn Bách", "03100", "director"),
    ("khanh", "Bùi Quốc Khánh", "03100", "auditor"),
    ("yen", "Đặng Hải Yến", "00000", "administrator"),
)
# Who has a second post, at the same office, to change to.
ALSO = {"quang": "reviewer"}


def equip_hr(person_id: int, username: str) -> dict[str, str]:
    """Password and app of an HR person, as of staff."""
    from django.utils import timezone

    from vssid.domain.accounts.factors import proofs, totp

    name = f"dv:{username}"
    password = _password(name)
    if not proofs.has_any(person_id):  # an earlier start may have got this far
        _equip(person_id, name, password, timezone.now())
    return {"password": password, "totp": totp.written(_secret(name))}


def _password(name: str) -> str:
    """The same name has the same password in one demo, so an interrupted first start can be repeated."""
    from django.conf import settings

    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demo:{name}".encode(), hashlib.sha256)
    return "demo-" + base64.b32encode(digest).decode()[:8].lower()


def _equip(person_id: int, username: str, password: str, now: datetime) -> None:
    """The member's own password, and an app whose secret is known, as the first sign-in sets them."""
    from vssid.domain.accounts import actions as accounts
    from vssid.domain.accounts.factors import shown_codes
    from vssid.domain.accounts.sign_in import sessions

    accounts.set_password(person_id, password, device="demo", now=now)
    shown_codes.give(person_id, _secret(username), now=now)
    sessions.end_all(person_id)


def equip_older(facts: Mapping[str, Any]) -> None:
    """Members of a demo from before there were two steps get their app, too."""
    from django.utils import timezone

    from vssid.domain.accounts.factors import proofs, shown_codes, totp
    from vssid.domain.accounts.models.accounts import LoginName

    for officer in facts["officers"]:
        if "totp" in officer:
            continue
        person_id = LoginName.objects.get(name=officer["username"]).person_id
        if not proofs.has_any(person_id):  # an earlier start may have got this far
            shown_codes.give(person_id, _secret(officer["username"]), now=timezone.now())
        officer["totp"] = totp.written(_secret(officer["username"]))


def _secret(name: str) -> bytes:
    """The secret of a made-up member's authenticator app, as `_password` the same in one demo."""
    from django.conf import settings

    return hmac.digest(settings.SECRET_KEY.encode(), f"demo-app:{name}".encode(), hashlib.sha256)[:20]


def officers(made: DemoPeople, now: datetime) -> list[dict[str, str]]:
    """Open OFFICERS at the offices of the province; what demo.json tells of them."""
    from django.db import transaction
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.accounts.factors import totp
    from vssid.domain.accounts.posts import giving
    from vssid.kernel.actor import SYSTEM

    # The office that most of the registrants live nearest to, and one that has no say over them.
    busiest = Counter(registrant.person.office_code for registrant in made.registrants).most_common()
    offices = {office.code: office.name for office in made.offices}
    answer = []
    for username, name, which, role in OFFICERS:
        office = which if isinstance(which, str) else busiest[which][0]
        password = _password(username)
        # An earlier first start may have got this far.
        with contextlib.suppress(AlreadyHasAccount), transaction.atomic():
            opened = staff.create(
                username,
                display_name=name,
                office_code=office,
                by=SYSTEM,
                now=now,
                role=role,
                from_on=local_day(now) - AT_WORK,
            )
            _equip(opened.person_id, username, password, now)
            if username in ALSO:
                asked = giving.Asked(office, ALSO[username], timezone.localdate(now))
                giving.give(opened.person_id, asked, by=SYSTEM, now=now)
        answer.append(
            {
                "username": username,
                "password": password,
                "totp": totp.written(_secret(username)),
                "office": offices[office],
                "office_code": office,
                "role": role,
            }
        )
    return answer


def as_actor(officer: Mapping[str, str]) -> Actor:
    """One of them, as who acts."""
    from vssid.domain.accounts.models.accounts import Account
    from vssid.kernel.actor import ActorKind

    account = Account.objects.get(login=officer["username"])
    return Actor(
        ActorKind.OFFICER,
        account.person_id,
        account.display_name,
        officer["office_code"],
        officer["role"],
    )


def citizen(person: DemoPerson, now: datetime) -> dict[str, str]:
    """An account as approval opens it, and the person's own password as the first sign-in sets it."""
    from django.db import transaction

    from vssid.domain.accounts import actions as accounts
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.accounts.sign_in import sessions
    from vssid.domain.participants import queries as participants
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.ids import BhxhCode, IdNumber, Phone

    code, password = BhxhCode.parse(person.bhxh_code), _password(person.bhxh_code)
    participant = participants.by_bhxh_code(code)
    assert participant is not None, "the people file was imported"
    owner = accounts.Owner(
        participant.person_id,
        code,
        participant.full_name,
        Phone.parse(person.phone),
        IdNumber.parse(person.id_number),
    )
    with contextlib.suppress(AlreadyHasAccount), transaction.atomic():
        accounts.open_for(owner, by=SYSTEM, subject=participant.person_id, now=now)
        accounts.set_password(participant.person_id, password, device="demo", now=now)
        sessions.end_all(participant.person_id)
    return {"bhxh_code": person.bhxh_code, "password": password, "full_name": person.full_name}
