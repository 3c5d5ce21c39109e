"""The steps of serving a person at the counter, as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vssid.domain.identity.kinds import OF_AN_ID
from vssid.domain.registration.counter import walk_ins
from vssid.domain.registration.draft import steps as draft_steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.domain.registration.queries import File
from vssid.domain.registration.states import State

from ..casework.words import Words

PERSON, FORM, PHOTOS, PHONE, PAPER, DECISION = "person", "form", "photos", "phone", "paper", "decision"
TITLES: Mapping[str, Words] = {
    PERSON: _("Người dân"),
    FORM: _("Thông tin"),
    PHOTOS: _("Ảnh"),
    PHONE: _("Điện thoại"),
    PAPER: _("Ký tờ khai"),
    DECISION: _("Duyệt"),
}
ENDS: Mapping[State, Words] = {
    State.APPROVED: _("Đã duyệt, đang gửi mật khẩu"),
    State.REFUSED: _("Đã từ chối"),
    State.EXPIRED: _("Quá hạn"),
    State.WITHDRAWN: _("Người nộp đã rút"),
}
SECOND = _("Chờ cán bộ thứ hai")


@dataclass(frozen=True, slots=True)
class Step:
    """`state`: done, now, stop (ended otherwise than by an approval), or empty for what is still to come."""

    title: Words
    state: str = ""


def of_visitor() -> list[Step]:
    """Who was found and is not registered yet."""
    return _steps({PERSON})


def of_draft(draft: DraftView) -> list[Step]:
    """What is being filled in."""
    done = {PERSON}
    values = {**draft.values, "commitment": True}
    is_typed = not walk_ins.typed_of(draft)
    if is_typed and draft_steps.first_missing(values, OF_AN_ID) is None:
        done.add(FORM)
    if draft_steps.required_photos(_kind(draft)) <= set(draft.images):
        done.add(PHOTOS)
    return _steps(done | ({PHONE} if draft.proved else set()))


def of_file(file: File, *, is_waiting: bool) -> list[Step]:
    """What was sent: it waits for its signed form, a decision or a colleague, or is decided."""
    done = {PERSON, FORM, PHOTOS, PHONE} | ({PAPER} if file.form_received_by else set())
    state = file.status.state
    if state in ENDS:
        return _ended(done, ENDS[state], "done" if state is State.APPROVED else "stop")
    return _ended(done, SECOND, "now") if is_waiting else _steps(done)


def _steps(done: set[str]) -> list[Step]:
    current = next((name for name in TITLES if name not in done), "")
    return [
        Step(title, "done" if name in done else "now" if name == current else "")
        for name, title in TITLES.items()
    ]


def _ended(done: set[str], title: Words, state: str) -> list[Step]:
    return [*_steps({*done, DECISION})[:-1], Step(title, state)]


def _kind(draft: DraftView) -> dict[str, str]:
    kind = walk_ins.typed_of(draft).get("id_kind") or draft.values.get("id_kind") or ""
    return {"id_kind": kind} if kind in set(draft_steps.SHOWN) else {}
