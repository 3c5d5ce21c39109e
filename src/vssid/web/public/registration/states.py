"""Each state of an application in words: label, colour, what comes next; and the way as a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.registration.queries import Status
from vssid.domain.registration.states import State
from vssid.kernel.calendar import VIETNAM

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Wording:
    """A state for people: short label, pill colour, next step."""

    label: Words
    kind: str
    next: Words


WORDING: dict[State, Wording] = {
    State.SUBMITTED: Wording(
        gettext_lazy("Chờ nộp tờ khai"),
        "plain",
        gettext_lazy(
            "In tờ khai, ký ghi rõ họ tên, mang cùng bản chính giấy tờ đến cơ quan BHXH trước khi hết hạn."
        ),
    ),
    State.RECEIVED: Wording(
        gettext_lazy("Đã nhận tờ khai, đang đối chiếu"),
        "plain",
        gettext_lazy("Cán bộ đối chiếu tờ khai với bản chính giấy tờ. Kết quả gửi đến điện thoại đã khai."),
    ),
    State.APPROVED: Wording(
        gettext_lazy("Đã duyệt"),
        "good",
        gettext_lazy(
            "Đăng nhập bằng mã số BHXH và mật khẩu trong tin nhắn, rồi đặt mật khẩu của riêng mình."
        ),
    ),
    State.REFUSED: Wording(
        gettext_lazy("Không được duyệt"), "bad", gettext_lazy("Xem lý do và cách sửa, rồi sửa và gửi lại.")
    ),
    State.EXPIRED: Wording(
        gettext_lazy("Hết hạn nộp tờ khai"),
        "bad",
        gettext_lazy("Gửi lại hồ sơ để có hạn mới; thông tin đã khai được giữ lại, không phải nhập từ đầu."),
    ),
    State.WITHDRAWN: Wording(
        gettext_lazy("Đã rút"),
        "warn",
        gettext_lazy("Khi cần, gửi lại hồ sơ; thông tin đã khai được giữ lại."),
    ),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of the timeline; `state` is done, now, stop or empty."""

    title: str
    state: str = ""
    when: str = ""
    text: str = ""


def written(at: datetime | None) -> str:
    """`14:03, 22/11/2026` in Việt Nam, or empty."""
    return f"{at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}" if at else ""


def way(status: Status, *, phone: str = "") -> list[Stage]:
    """The timeline of an application; `phone` only on the person's own page."""
    stages = [Stage(_("Đã gửi hồ sơ"), "done", written(status.submitted_at))]
    handed = status.form_received_at is not None
    stages.append(
        Stage(
            _("In, ký và nộp tờ khai mẫu số 01"),
            "done" if handed else "now" if status.is_open else "",
            written(status.form_received_at),
            "" if handed else status.office.name,
        )
    )
    seen = status.original_seen_at is not None or status.state is State.APPROVED
    stages.append(
        Stage(
            _("Cán bộ đối chiếu bản chính giấy tờ"),
            "done" if seen else "now" if handed and status.is_open else "",
            written(status.original_seen_at),
        )
    )
    stages.append(_end(status, phone, seen and handed))
    return stages


def _end(status: Status, phone: str, ready: bool) -> Stage:
    last = _("Nhận mật khẩu qua tin nhắn")
    if status.is_open:
        return Stage(
            last, "now" if ready else "", "", _("Gửi đến số %(phone)s.") % {"phone": phone} if phone else ""
        )
    if status.state is State.APPROVED:
        return Stage(_("Đã duyệt, mật khẩu gửi qua tin nhắn"), "done", written(status.closed_at), phone)
    return Stage(str(WORDING[status.state].label), "stop", written(status.closed_at))
