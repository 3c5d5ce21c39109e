"""Correction requests in words, for HR and for the office."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.domain.employers.alignment.kinds import Kind
from vssid.domain.employers.corrections.states import State

Words = str | Promise
KINDS: Mapping[Kind, Words] = {
    Kind.NAME: _("Họ tên"),
    Kind.BIRTH_DATE: _("Ngày sinh"),
    Kind.ID_NUMBER: _("Số giấy tờ"),
    Kind.OLD_ID: _("CMND cũ"),
    Kind.TWO_CODES: _("Hai mã số"),
    Kind.NOT_INSURED: _("Không tham gia tại đây"),
    Kind.MISSING: _("Thiếu trong tệp"),
}
STATES: Mapping[State, tuple[Words, str]] = {
    State.SENT: (_("Đã gửi cơ quan BHXH"), "warn"),
    State.TAKEN: (_("Cơ quan BHXH đang xử lý"), "warn"),
    State.MENDED: (_("Cơ quan BHXH báo đã sửa"), "good"),
    State.AS_IT_IS: (_("Giữ nguyên, có lý do"), "bad"),
    State.WITHDRAWN: (_("Đơn vị đã rút"), "plain"),
    State.GONE: (_("Tự đóng: hai bên đã khớp"), "good"),
}
