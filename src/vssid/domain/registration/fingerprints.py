"""Registrations' part in a change of fingerprint keys: all is made anew from the sealed form."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts
from vssid.infra import keys

from . import code_keys, sealing
from .draft import typed_values
from .models import Application, Draft, Holder


def _applications(rows: Sequence[Application]) -> dict[Any, dict[str, bytes]]:
    fingerprints = {}
    for row in rows:
        try:
            typed = sealing.form_of(row)
        except vault.Erased:
            continue
        fingerprints[row.pk] = {
            "lookup_fingerprint": sealing.lookup_fingerprint(row.number, typed.phone),
            **sealing.desk_fingerprints(typed),
        }
    return fingerprints


def _of_another_key() -> QuerySet[Application]:
    """Applications whose code is the fingerprint of an ID number, of another key than the first."""
    first, *others = vault.fingerprint_keys()
    rows = Application.objects.filter(bhxh_code__regex="^[0-9a-f]{64}$")
    if first.is_marked:
        return rows.exclude(bhxh_code__endswith=keys.mark_of(first).hex())
    condition = Q(pk__in=[])
    for key in others:
        condition |= Q(bhxh_code__endswith=keys.mark_of(key).hex())
    return rows.filter(condition)


def _codes(after: Any) -> parts.Step:
    """All applications of a code together, so that one is open and no more."""
    rows = _of_another_key().filter(id__gt=after or 0).order_by("id")
    batch, done = list(rows[: parts.AT_ONCE]), 0
    for row in batch:
        try:
            with transaction.atomic():
                code_keys.settle(sealing.form_of(row).bhxh_code)
        except vault.Erased:  # nobody asks for it any more
            Application.objects.filter(id=row.id).update(bhxh_code="")
        done += 1
    return (batch[-1].id if len(batch) == parts.AT_ONCE else None), done


def _drafts(rows: Sequence[Draft]) -> dict[Any, dict[str, bytes]]:
    fingerprints = {}
    for row in rows:
        try:
            mark = typed_values.resume_fingerprint(typed_values.values_of(row))
        except vault.Erased:
            continue
        if mark is not None:
            fingerprints[row.pk] = {"resume_fingerprint": mark}
    return fingerprints


def _holders(rows: Sequence[Holder]) -> dict[Any, dict[str, bytes]]:
    """A proved phone is that of the draft or of what was sent; any other must be proved again."""
    subjects = {row.subject_id for row in rows}
    drafts_of = Draft.objects.in_bulk(list(subjects))
    corrected = {row.subject_id: row.corrects_id for row in drafts_of.values() if row.corrects_id}
    sent = Application.objects.in_bulk([*subjects, *corrected.values()])
    fingerprints = {}
    for row in rows:
        phones = _phone_typed(drafts_of.get(row.subject_id))
        for number in (row.subject_id, corrected.get(row.subject_id, 0)):
            phones |= _phone_sent(sent.get(number))
        for phone in phones:
            if bytes(row.proved_phone or b"") in vault.fingerprints("phone", phone):
                fingerprints[row.pk] = {"proved_phone": vault.fingerprint("phone", phone)}
    return fingerprints


def _phone_typed(draft: Draft | None) -> set[str]:
    with suppress(vault.Erased):
        phone = typed_values.values_of(draft).get("phone") if draft else None
        return {phone} if phone else set()
    return set()


def _phone_sent(application: Application | None) -> set[str]:
    with suppress(vault.Erased):
        return {sealing.form_of(application).phone.reveal()} if application else set()
    return set()


PARTS = (
    parts.sealed(Application, ("lookup_fingerprint", "id_fingerprint", "phone_fingerprint"), _applications),
    parts.Part("registration_application code", lambda: _of_another_key().count(), _codes),
    parts.sealed(Draft, ("resume_fingerprint",), _drafts),
    parts.sealed(Holder, ("proved_phone",), _holders),
)
