"""Registration days in words, for HR and for the office, and the form of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.days.errors import DayMoved, OfficerBusy
from vssid.domain.employers.models.days import RegistrationDay
from vssid.kernel.errors import DomainError, Invalid

State = RegistrationDay.State
Words = str | Promise
STATES: Mapping[str, tuple[Words, str]] = {
    State.PROPOSED: (gettext_lazy("Chờ cơ quan BHXH trả lời"), "warn"),
    State.ACCEPTED: (gettext_lazy("Đã nhận"), "good"),
    State.DECLINED: (gettext_lazy("Không nhận, có lý do"), "bad"),
    State.WITHDRAWN: (gettext_lazy("Đơn vị đã rút"), "plain"),
    State.DONE: (gettext_lazy("Đã xong"), "plain"),
}
WRONG: Mapping[tuple[str, str], Any] = {
    ("on", "past"): gettext_lazy("Ngày đăng ký phải sau hôm nay."),
    ("on", "far"): gettext_lazy("Ngày này còn quá xa. Hãy chọn ngày trong 180 ngày tới."),
    ("on", "already"): gettext_lazy("Đơn vị đã có một ngày đăng ký trùng giờ này."),
    ("closes", "before_opens"): gettext_lazy("Giờ kết thúc phải sau giờ bắt đầu."),
    ("place", "too_long"): gettext_lazy("Địa điểm dài quá 200 ký tự."),
    ("place", "required"): gettext_lazy("Hãy ghi địa điểm, ví dụ Hội trường tầng 2, cổng số 1."),
    ("note", "too_long"): gettext_lazy("Ghi chú dài quá 500 ký tự."),
    ("slot_minutes", "bad_choice"): gettext_lazy("Hãy chọn độ dài mỗi lượt."),
    ("per_slot", "out_of_range"): gettext_lazy("Hãy nhập số người mỗi lượt từ 1 đến 20."),
    ("expected", "out_of_range"): gettext_lazy("Hãy nhập số người dự kiến từ 1 đến 2.000."),
    ("expected", "no_room"): gettext_lazy(
        "Các lượt trong giờ này không đủ chỗ cho số người dự kiến. Hãy kéo dài giờ, tăng số người mỗi lượt, "
        "hoặc thêm một ngày nữa."
    ),
    ("officer", "unknown"): gettext_lazy("Hãy chọn cán bộ trong danh sách."),
    ("why", "required"): gettext_lazy("Hãy ghi lý do để đơn vị biết."),
    ("why", "too_long"): gettext_lazy("Lý do dài quá 500 ký tự."),
}


def refuse(form: forms.Form, invalid: Invalid) -> None:
    """Say beside each field what the room refused there."""
    for name, code in invalid.fields.items():
        form.add_error(name if name in form.fields else None, WRONG.get((name, code), _("Chưa đúng.")))


def refusal(refused: DomainError) -> str:
    """What to tell who comes too late, or names somebody who is elsewhere then."""
    if isinstance(refused, OfficerBusy):
        return _("Cán bộ này đã được cử đến %(employer)s trong giờ đó. Hãy chọn người khác.") % {
            "employer": refused.employer
        }
    if isinstance(refused, DayMoved) and refused.state == State.DONE:
        return _("Ngày đăng ký này đã bắt đầu nên không hủy được.")
    return _("Ngày đăng ký này vừa được đổi. Hãy xem tình trạng bây giờ.")
