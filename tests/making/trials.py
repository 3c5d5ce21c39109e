"""Make files with a known answer: a case with the plain photo, laid at an office, handed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.making.registrations import (
    HONG_BANG,
    Someone,
    keep_photo,
    make_office,
    make_officer_account,
    typed_values,
)
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.identity.kinds import OF_AN_ID
from vssid.domain.identity.models import IdImage
from vssid.domain.registration.models import KnownCase, Trial, TrialResult
from vssid.domain.registration.trials import laying, loading
from vssid.domain.vault import sealing as vault

OPEN = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)  # Thursday 10:00 in Việt Nam
MADE_UP = Someone("9900000001", "Lò Thị Mẫu", sex=2, id_number="031190009901", phone="+84590990001")
LESSON = "Ngày sinh trên thẻ khác dữ liệu BHXH."
BIRTH_DIFFERS = "register.birth_date.differs"
NAME = "ngay-sinh-khac"
RESULTS = 7_000


def make_case(
    name: str = NAME, who: Someone = MADE_UP, *, right: bool = False, known: bool = True, **register: Any
) -> KnownCase:
    """A loaded case: to be refused for the birth date, or with nothing wrong (`right`). Not `known`: the code
    is not in the register. `register`: what that says otherwise.
    """
    subject = vault.new_subject_id()
    form = {key: value for key, value in typed_values(who).items() if key != "office_code"}
    said = {**form, **({} if right else {"birth_date": "1991-02-03"}), **register}
    for kind in sorted(OF_AN_ID):
        keep_photo(subject, kind)
    IdImage.objects.filter(subject_id=subject).update(problems=[])  # as if the plain photo were a good one
    return KnownCase.objects.create(
        subject_id=subject,
        name=name,
        digest=b"-",
        expected="approve" if right else "refuse",
        reasons=[] if right else ["identity_differs"],
        findings=[] if right or not known else [BIRTH_DIFFERS],
        lesson="Hồ sơ không có gì sai." if right else LESSON,
        sealed=vault.seal_json(subject, loading.PURPOSE, {"form": form, "register": said if known else None}),
        loaded_at=OPEN,
    )


def make_trial(*, office: str = HONG_BANG, now: datetime = OPEN, handed_in: bool = True, **case: Any) -> int:
    """A file with a known answer in the office's queue, its form handed in."""
    make_office(office)
    application_id = laying.lay(make_case(**case), office, now=now)
    if handed_in:
        make_taker(office)
        Trial.objects.filter(application_id=application_id).update(hand_in_at=now)
        assert laying.hand_in_due(now) == 1
    return application_id


def make_taker(office: str = HONG_BANG) -> None:
    """Somebody who takes papers in, once."""
    if not Account.objects.filter(login=f"tiep{office}").exists():
        make_officer_account(f"tiep{office}", office, "Tiếp Nhận", role="reception")


def make_result(
    officer_id: int, at: int, outcome: str = "right", *, office: str = HONG_BANG, **changes: Any
) -> None:
    """A result of an officer, so many days old, of the file `RESULTS + at`."""
    is_approval = outcome == "wrongly_approved"
    values: dict[str, Any] = {
        "application_id": RESULTS + at,
        "officer_id": officer_id,
        "officer_name": "Minh",
        "office_id": office,
        "number": f"{at:05d}/2026/{office}",
        "case_name": f"mau-{at}",
        "expected": "refuse",
        "reasons": ["identity_differs"],
        "findings": [BIRTH_DIFFERS],
        "lesson": LESSON,
        "given": "approve" if is_approval else "refuse",
        "given_reasons": [] if is_approval else ["identity_differs"],
        "outcome": outcome,
        "decided_at": timezone.now() - timedelta(days=at),
        "seconds": 83,
    }
    TrialResult.objects.create(**values | changes)
