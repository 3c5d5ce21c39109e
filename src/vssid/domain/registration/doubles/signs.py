"""Signs that applications for different persons are of one hand, asked anew at each look: doubles come later.

Each is a doubt with its reason, never a refusal: families share a phone, and a relative types for many.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from vssid.domain.identity import marks
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.domain.vault import sealing as vault
from vssid.infra.database.kept import Query, given
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read

from .. import code_keys
from ..desk.findings import DOUBLE, Finding
from ..draft.form import FormData
from ..models import Application, Holder

MOST = 20  # of other files that are named; a phone or a picture may be on more


@dataclass(frozen=True, slots=True)
class Double:
    """A sign, and the other applications that bear it, newest first; none where the register does."""

    field: str
    code: str
    others: tuple[int, ...] = ()

    @property
    def finding(self) -> Finding:
        """As findings are told."""
        return Finding(self.field, DOUBLE, self.code)


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """What other applications show of one, and whose the register says the typed ID number is."""

    signs: tuple[Double, ...]
    by_number: PersonView | None


def of(subject_id: int, typed: FormData, known: PersonView | None) -> tuple[Double, ...]:
    """Every sign of an application, or of what is about to be one, against those for other BHXH codes."""
    return judged(seen(subject_id, typed), known)


def judged(seen: Seen, known: PersonView | None) -> tuple[Double, ...]:
    """Every sign, with `known` as the person of the typed code."""
    return (*seen.signs, *_two_codes(seen.by_number, known))


def seen(subject_id: int, typed: FormData) -> Seen:
    """What can be seen before it is known whose the typed code is."""
    # Not of the same code: that is the same person, who sends again.
    apart = {"subject": subject_id, "codes": code_keys.possible(typed.bhxh_code)}
    phones = vault.fingerprints("phone", typed.phone.reveal())
    numbers = vault.fingerprints(typed.id_kind.value, typed.id_number.reveal())
    of_phone = Read(lambda: _OF_PHONE.rows(**apart, prints=phones))
    of_number = Read(lambda: _OF_ID_NUMBER.rows(**apart, prints=numbers))
    of_images = Read(lambda: _of_images(subject_id, apart, typed.office_code))
    of_device = Read(lambda: _of_device(subject_id, apart))
    by_number = Read(lambda: participants.by_id_number(typed.id_number))
    at_once(of_phone, of_number, of_images, of_device, by_number)
    signs = (
        Double("phone", "same_phone", tuple(of_phone.value)),
        Double("id_number", "same_id_number", tuple(of_number.value)),
        *of_images.value,
        Double("device", "same_device", tuple(of_device.value)),
    )
    return Seen(tuple(sign for sign in signs if sign.others), by_number.value)


def _others(**fits: Any) -> QuerySet[Application, int]:
    """The newest that fit, apart from the application itself and those for its code."""
    rows = Application.objects.exclude(id=given("subject")).exclude(bhxh_code__any_of=given("codes"))
    return rows.filter(**fits).order_by("-id").values_list("id", flat=True)[:MOST]


_OF_PHONE = Query(lambda: _others(phone_fingerprint__any_of=given("prints")))
_OF_ID_NUMBER = Query(lambda: _others(id_fingerprint__any_of=given("prints")))
_NEWEST = Query(lambda: _others(id__any_of=given("ids")))
_BROWSERS = Query(
    lambda: Holder.objects.filter(subject_id=given("subject"), browser__isnull=False).values_list(
        "browser", flat=True
    )
)

_BEGUN = Query(
    lambda: Holder.objects.filter(browser__any_of=given("browsers")).values_list("subject_id", flat=True)[
        : 5 * MOST
    ]
)


def _of_images(subject_id: int, apart: Mapping[str, Any], office: str) -> list[Double]:
    """The same picture anywhere; one that only looks like it at the own office: of many some are alike."""
    twins = marks.twins(subject_id)
    sent = _sent({twin.subject_id for twin in twins}, apart) if twins else {}
    by_sign: dict[tuple[str, str], list[int]] = {}
    for twin in twins:
        if twin.subject_id in sent and (twin.is_same or sent[twin.subject_id] == office):
            code = "same_image" if twin.is_same else "alike_image"
            by_sign.setdefault((twin.kind.value, code), []).append(twin.subject_id)
    return [Double(field, code, tuple(ids[:MOST])) for (field, code), ids in sorted(by_sign.items())]


def _sent(subjects: Collection[int], apart: Mapping[str, Any]) -> dict[int, str]:
    rows = Application.objects.filter(id__in=subjects).exclude(id=apart["subject"])
    return dict(rows.exclude(bhxh_code__in=apart["codes"]).values_list("id", "office_id"))


def _of_device(subject_id: int, apart: Mapping[str, Any]) -> list[int]:
    """Those begun in a browser that was holding one of this subject's kind when it went on to the next."""
    browsers = _BROWSERS.rows(subject=subject_id)
    if not browsers:
        return []
    return _NEWEST.rows(**apart, ids=_BEGUN.rows(browsers=browsers))


def _two_codes(by_number: PersonView | None, known: PersonView | None) -> tuple[Double, ...]:
    """Does the register know the typed ID number under another person than the typed code's?"""
    if known is None or by_number is None:
        return ()
    persons = {participants.merged_into(one.person_id) or one.person_id for one in (known, by_number)}
    return (Double("bhxh_code", "two_codes"),) if len(persons) > 1 else ()
