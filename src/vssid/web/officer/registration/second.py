"""Reasons for approving in spite of doubts, and the second officer: what the page asks and tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from vssid.domain.casework import reasons as said
from vssid.domain.casework.why import told
from vssid.domain.registration import actions
from vssid.domain.registration.deciding import risk, second_looks
from vssid.domain.registration.deciding.doubt_classes import CLASSES
from vssid.domain.registration.desk.findings import Finding
from vssid.domain.registration.queries import File
from vssid.domain.registration.reasons import SENT_BACK
from vssid.kernel.actor import Actor
from vssid.web.ui.access import VisitRequest

from ..casework import why as asking
from ..casework.words import Words

FIRST_DONE = "duyet-mot"
CAUSES: Mapping[str, Words] = {
    risk.RISK: gettext_lazy("Hồ sơ có nhiều nội dung cần kiểm tra nên cần hai cán bộ duyệt."),
    risk.INTAKE: gettext_lazy(
        "Người duyệt lần một cũng là người lập hồ sơ tại quầy nên cần hai cán bộ duyệt."
    ),
    risk.SHARE: gettext_lazy("Hồ sơ được chọn ngẫu nhiên để hai cán bộ cùng duyệt."),
}


def context(request: VisitRequest, file: File, now: datetime) -> dict[str, Any]:
    """What the templates need: groups of reasons, what waits, what was sent back, why it was approved."""
    look = file.second
    waits = second_looks.seen(look, by=request.actor, now=now) if look and look.is_waiting else None
    given = look.despite if look and waits else {}
    back = look if look and look.returned_at and not waits and file.status.is_open else None
    return {
        "groups": asking.groups(request, _doubts(file), CLASSES, but=given),
        "own_intake": _own_intake(request.actor, file),
        "waits": waits,
        "cause": CAUSES.get(look.cause, "") if look else "",
        "first_reasons": told(given, CLASSES),
        "sent_back": back,
        "back_reasons": said.labels(back.reasons, SENT_BACK) if back else [],
        "back_choices": SENT_BACK.values(),
        "despite": told(file.despite, CLASSES),
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


def approval(request: VisitRequest) -> dict[str, Any]:
    """The mark of the doubts that the officer was shown, and the reason for each class of them."""
    return asking.approval(request, CLASSES)


def approve(application_id: int, **named: Any) -> str:
    """Approve; the word for it when the approval waits for a second officer."""
    return "" if actions.approve(application_id, **named) else FIRST_DONE
