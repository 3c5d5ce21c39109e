"""What was typed in a draft, sealed for the version that it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vssid.domain.vault import sealing as vault

from ..models import Draft
from . import steps

SEALED_FOR = "draft"
WRITTEN = ("sealed", "version", "resume_fingerprint", "office_code", "step")  # by `seal`


def values_of(draft: Draft) -> dict[str, Any]:
    """What was typed so far, unsealed. Raises Erased or keys.CannotOpen."""
    if draft.sealed is None:
        return {}
    values: dict[str, Any] = vault.unseal_json(draft.subject_id, SEALED_FOR, draft.sealed, row=draft.version)
    return values


def seal(draft: Draft, values: Mapping[str, Any]) -> None:
    """The one way to write what was typed: with a new version, to which it is bound, and what is counted of
    it.

    The caller saves WRITTEN.
    """
    draft.version += 1
    draft.sealed = vault.seal_json(draft.subject_id, SEALED_FOR, dict(values), row=draft.version)
    draft.resume_fingerprint = resume_fingerprint(values)
    draft.office_code = values.get("office_code") or draft.office_code
    draft.step = steps.last_done(values)


def resume_fingerprint(values: Mapping[str, Any]) -> bytes | None:
    """What a draft is asked for by on another device: phone and code together; None without one of them."""
    phone, code = values.get("phone"), values.get("bhxh_code")
    return vault.fingerprint("draft-resume", f"{phone}|{code}") if phone and code else None
