"""The workloads behind `./vssid bench`: what is heavy, and what it is compared with.

`prepare` gives two functions that do one unit of work each: ours and the baseline. `limit` is the ratio
that must not be passed; it is left out where the ratio only informs.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Work = Callable[[], object]


@dataclass(frozen=True)
class Workload:
    """One row of the table."""

    name: str
    unit: str
    baseline: str
    prepare: Callable[[], tuple[Work, Work]]
    times: int
    limit: float | None = None


def _demo() -> dict[str, Any]:
    from django.conf import settings

    facts: dict[str, Any] = json.loads((settings.DATA / "demo.json").read_text(encoding="utf-8"))
    return facts


def _form01() -> tuple[Work, Work]:
    """The PDF of form 01 against a page of Typst with one line."""
    import typst
    from django.utils import timezone

    from vssid.domain.offices import queries as offices
    from vssid.domain.registration import form01
    from vssid.domain.registration.form import FormData
    from vssid.domain.registration.queries import Status
    from vssid.domain.registration.states import State
    from vssid.kernel.ids import BhxhCode, IdKind, IdNumber, Phone

    one = _demo()["registrants"][0]
    form = FormData(
        bhxh_code=BhxhCode.parse(one["bhxh_code"]),
        full_name=one["full_name"],
        birth_date=date.fromisoformat(one["birth_date"]),
        sex=one["sex"],
        id_kind=IdKind.CCCD,
        id_number=IdNumber.parse(one["id_number"]),
        issued_on=date.fromisoformat(one["id_issued_on"]),
        phone=Phone.parse(one["phone"]),
        email="",
        province_code=one["province_code"],
        commune_code=one["commune_code"],
        street=one["street"],
        office_code=one["office_code"],
    )
    now = timezone.now()
    status = Status(
        id=1,
        number="HS-000000-0",
        state=State.SUBMITTED,
        submitted_at=now,
        due_on=now.date(),
        days_left=10,
        form_received_at=None,
        original_seen_at=None,
        closed_at=None,
        office=offices.office(one["office_code"]),
    )
    return lambda: form01.render(status, form), lambda: typst.compile("Tờ khai".encode(), format="pdf")


def _photo() -> tuple[Work, Work]:
    """Decode, turn, judge and read the front of a card, against decoding and encoding alone."""
    import io

    from PIL import Image

    from vssid.domain.identity import reader
    from vssid.domain.identity.kinds import ImageKind

    data = Path(_demo()["registrants"][0]["photos"]["front"]).read_bytes()

    def plain() -> bytes:
        out = io.BytesIO()
        Image.open(io.BytesIO(data)).convert("RGB").save(out, "JPEG", quality=85)
        return out.getvalue()

    return lambda: reader.look(ImageKind.FRONT, data), plain


def _sign_in() -> tuple[Work, Work]:
    """A sign-in against one bare Argon2id of the same cost."""
    from django.contrib.auth.hashers import check_password, make_password
    from django.utils import timezone

    from vssid.domain.accounts import actions as accounts

    citizen = _demo()["citizens"][0]
    stored = make_password(citizen["password"], hasher="argon2")

    def ours() -> object:
        # A new address each time: the limits are not what is measured.
        address = f"198.18.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
        return accounts.sign_in(
            citizen["bhxh_code"],
            citizen["password"],
            kind="citizen",
            address=address,
            device="bench",
            known_device=True,
            now=timezone.now(),
        )

    return ours, lambda: check_password(citizen["password"], stored)


def _card_page() -> tuple[Work, Work]:
    """The page of the card, session check and middleware included, against `/healthz`."""
    from django.test import Client
    from django.utils import timezone

    from vssid.domain.accounts import sessions
    from vssid.domain.participants import queries as participants
    from vssid.kernel.ids import BhxhCode

    person = participants.by_bhxh_code(BhxhCode.parse(_demo()["citizens"][0]["bhxh_code"]))
    assert person is not None
    client = Client()
    client.cookies["vssid-session"] = sessions.start(person.person_id, device="bench", now=timezone.now())
    answer = client.get("/the")
    assert answer.status_code == 200, answer.status_code
    return lambda: client.get("/the"), lambda: client.get("/healthz")


WORKLOADS = (
    Workload("form01", "tờ khai PDF", "trang Typst trống", _form01, 5),
    Workload("photo", "ảnh 12 MP", "giải mã + nén JPEG", _photo, 2),
    Workload("sign_in", "lần đăng nhập", "Argon2id", _sign_in, 5, limit=1.5),
    Workload("card_page", "trang thẻ", "/healthz", _card_page, 50),
)
