"""States, answers and moves of requests in words, for the three doors that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.directory import queries as directory
from vssid.domain.places import queries as places
from vssid.domain.procedures.definition import walk
from vssid.domain.procedures.definition.shapes import Field, Procedure, Words
from vssid.domain.procedures.queries import Status
from vssid.domain.procedures.states import State
from vssid.kernel.ids import Phone

# (words, pill)
STATES: dict[State, tuple[Words, str]] = {
    State.DRAFT: (gettext_lazy("Đang khai"), "plain"),
    State.SUBMITTED: (gettext_lazy("Đã gửi, chờ tiếp nhận"), "plain"),
    State.IN_REVIEW: (gettext_lazy("Đang xử lý"), "plain"),
    State.MORE_NEEDED: (gettext_lazy("Cần bổ sung"), "warn"),
    State.DONE: (gettext_lazy("Đã có kết quả"), "good"),
    State.REFUSED: (gettext_lazy("Bị từ chối"), "bad"),
    State.WITHDRAWN: (gettext_lazy("Đã rút"), "plain"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as lists show it."""

    status: Status
    words: Words
    pill: str
    url: str


def listed(status: Status) -> Listed:
    """One line of the person's lists; a draft leads on with filling in."""
    words, pill = STATES[status.state]
    if status.state is State.DRAFT:
        url = reverse("citizen:procedure", args=[status.procedure.slug])
    else:
        url = reverse("citizen:request", args=[status.id])
    return Listed(status, words, pill, url)


def shown(field: Field, value: Any) -> str:
    """An answer as people read it."""
    if field.choices:
        labels = dict(field.choices)
        return ", ".join(str(labels[choice]) for choice in ([value] if isinstance(value, str) else value))
    if field.form in ("past", "quarter"):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if field.form == "phone":
        return Phone(value).national()
    if field.form == "facility":
        return directory.facility_name(value) or str(value)
    if field.form in ("province", "commune"):
        return (places.province if field.form == "province" else places.commune)(value).full_name
    return str(value)


def rows(procedure: Procedure, answers: Mapping[str, Any]) -> list[tuple[Words, str]]:
    """Every answer with its question."""
    return [(field.label, shown(field, value)) for field, value in walk.given(procedure, answers)]


def file_label(procedure: Procedure, name: str) -> Words:
    """What a picture is, by its name."""
    for attachment in procedure.attachments:
        if attachment.name == name:
            return attachment.label
    return _("Ảnh bổ sung %(number)s") % {"number": name.rpartition("-")[2]}
