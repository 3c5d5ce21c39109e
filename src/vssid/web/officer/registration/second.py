"""Reasons for approving in spite of doubts, and the second officer: what the page asks and tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from vssid.domain.casework import reasons as said
from vssid.domain.registration import actions
from vssid.domain.registration.deciding import risk, second_looks, why
from vssid.domain.registration.desk.findings import Finding
from vssid.domain.registration.queries import File
from vssid.domain.registration.reasons import SENT_BACK
from vssid.kernel.actor import Actor
from vssid.web.ui.access import VisitRequest

from ..casework import pages
from ..casework.words import Words

FIRST_DONE = "duyet-mot"
CLASSES: Mapping[str, Words] = {
    "card": gettext_lazy("Tờ khai khác thẻ"),
    "register": gettext_lazy("Tờ khai khác dữ liệu BHXH"),
    "form": gettext_lazy("Thông tin không khớp với số giấy tờ"),
    "image": gettext_lazy("Ảnh chưa đạt"),
    "double": gettext_lazy("Dấu hiệu trùng với hồ sơ khác"),
}
CAUSES: Mapping[str, Words] = {
    risk.RISK: gettext_lazy("Hồ sơ có nhiều nội dung cần kiểm tra nên cần hai cán bộ duyệt."),
    risk.INTAKE: gettext_lazy(
        "Người duyệt lần một cũng là người lập hồ sơ tại quầy nên cần hai cán bộ duyệt."
    ),
    risk.SHARE: gettext_lazy("Hồ sơ được chọn ngẫu nhiên để hai cán bộ cùng duyệt."),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The reasons for one class of doubts; `is_wrong`: the form was sent without one."""

    name: str
    title: Words
    reasons: tuple[tuple[str, object], ...]
    chosen: str
    is_wrong: bool


def context(request: VisitRequest, file: File, now: datetime) -> dict[str, Any]:
    """What the templates need: groups of reasons, what waits, what was sent back, why it was approved."""
    look = file.second
    waits = second_looks.seen(look, by=request.actor, now=now) if look and look.is_waiting else None
    given = look.despite if look and waits else {}
    back = look if look and look.returned_at and not waits and file.status.is_open else None
    return {
        "groups": _groups(request, file, given),
        "own_intake": _own_intake(request.actor, file),
        "waits": waits,
        "cause": CAUSES.get(look.cause, "") if look else "",
        "first_reasons": _told(given),
        "sent_back": back,
        "back_reasons": said.labels(back.reasons, SENT_BACK) if back else [],
        "back_choices": SENT_BACK.values(),
        "despite": _told(file.despite),
    }


@dataclass(frozen=True, slots=True)
class OwnIntake:
    """The officer took this person in at the counter: what approving it too weighs, and what comes of it."""

    doubts: int
    points: int
    threshold: int
    waits: bool


def _own_intake(by: Actor, file: File) -> OwnIntake | None:
    # Of a file that was once drawn for two it is said already, and the points change nothing.
    if not file.status.is_open or file.second or not (file.intake and file.intake.is_by(by)):
        return None
    keys = _doubts(file)
    return OwnIntake(
        risk.points(keys),
        risk.intake_points(alone=True),
        settings.SECOND_RISK,
        bool(risk.by_points(keys, alone=True)),
    )


def _doubts(file: File) -> list[str]:
    return [finding.key for stored in file.findings if (finding := Finding(**stored)).is_doubt]


def _groups(request: VisitRequest, file: File, given: Mapping[str, str]) -> list[Group]:
    # Only a form that was drawn with the groups can lack one of them.
    asked = bool(request.POST.get("da-xem"))
    groups = []
    for name in why.classes_of(_doubts(file)):
        reasons = why.REASONS.get(name, {})
        if name in given:
            continue
        chosen = request.POST.get(_field(name), "")
        groups.append(
            Group(name, CLASSES[name], tuple(reasons.items()), chosen, asked and chosen not in reasons)
        )
    return groups


def _field(name: str) -> str:
    return f"vi-sao-{name}"


def _told(despite: Mapping[str, str]) -> list[tuple[Words, object]]:
    return [
        (CLASSES.get(name, name), words)
        for (name, _code), words in zip(despite.items(), why.words(despite), strict=True)
    ]


def approval(request: VisitRequest) -> dict[str, Any]:
    """The mark of the doubts that the officer was shown, and the reason for each class of them."""
    given = {name: request.POST.get(_field(name), "")[:40] for name in why.REASONS}
    return {**pages.seen(request), "given": {name: code for name, code in given.items() if code}}


def approve(application_id: int, **named: Any) -> str:
    """Approve; the word for it when the approval waits for a second officer."""
    return "" if actions.approve(application_id, **named) else FIRST_DONE
