"""Signs that applications for different persons are of one hand, asked anew at each look: doubles come later.

Each is a doubt with its reason, never a refusal: families share a phone, and a relative types for many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from vssid.domain.identity import marks
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.domain.vault import sealing as vault

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


def of(subject_id: int, typed: FormData, known: PersonView | None) -> tuple[Double, ...]:
    """Every sign of an application, or of what is about to be one, against those for other BHXH codes."""
    others = Application.objects.exclude(id=subject_id).exclude(
        bhxh_code__in=code_keys.possible(typed.bhxh_code)
    )
    signs = [
        Double("phone", "same_phone", _newest(_of_phone(others, typed))),
        Double("id_number", "same_id_number", _newest(_of_id_number(others, typed))),
        *_of_images(subject_id, others, typed.office_code),
        Double("device", "same_device", _newest(others.filter(id__in=_of_device(subject_id)))),
    ]
    return (*(sign for sign in signs if sign.others), *_two_codes(typed, known))


def _newest(rows: QuerySet[Application]) -> tuple[int, ...]:
    return tuple(rows.order_by("-id").values_list("id", flat=True)[:MOST])


def _of_phone(others: QuerySet[Application], typed: FormData) -> QuerySet[Application]:
    return others.filter(phone_fingerprint__in=vault.fingerprints("phone", typed.phone.reveal()))


def _of_id_number(others: QuerySet[Application], typed: FormData) -> QuerySet[Application]:
    prints = vault.fingerprints(typed.id_kind.value, typed.id_number.reveal())
    return others.filter(id_fingerprint__in=prints)


def _of_images(subject_id: int, others: QuerySet[Application], office: str) -> Iterable[Double]:
    """The same picture anywhere; one that only looks like it at the own office: of many some are alike."""
    twins = marks.twins(subject_id)
    sent = dict(
        others.filter(id__in={twin.subject_id for twin in twins}).values_list("id", "office_id")
        if twins
        else ()
    )
    by_sign: dict[tuple[str, str], list[int]] = {}
    for twin in twins:
        if twin.subject_id in sent and (twin.is_same or sent[twin.subject_id] == office):
            code = "same_image" if twin.is_same else "alike_image"
            by_sign.setdefault((twin.kind.value, code), []).append(twin.subject_id)
    return [Double(field, code, tuple(ids[:MOST])) for (field, code), ids in sorted(by_sign.items())]


def _of_device(subject_id: int) -> Collection[int]:
    """Subjects begun in a browser that was holding one of this subject's kind when it went on to the next."""
    browsers = list(
        Holder.objects.filter(subject_id=subject_id, browser__isnull=False).values_list("browser", flat=True)
    )
    if not browsers:
        return ()
    return list(Holder.objects.filter(browser__in=browsers).values_list("subject_id", flat=True)[: 5 * MOST])


def _two_codes(typed: FormData, known: PersonView | None) -> tuple[Double, ...]:
    """Does the register know the typed ID number under another person than the typed code's?"""
    by_number = participants.by_id_number(typed.id_number)
    if known is None or by_number is None:
        return ()
    persons = {participants.merged_into(one.person_id) or one.person_id for one in (known, by_number)}
    return (Double("bhxh_code", "two_codes"),) if len(persons) > 1 else ()
