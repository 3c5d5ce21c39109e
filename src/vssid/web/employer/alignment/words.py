"""What HR reads of a difference."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.domain.employers.alignment.kinds import Kind, State

KINDS: Mapping[Kind, tuple[str | Promise, str | Promise]] = {
    Kind.NAME: (_("Họ tên"), _("Họ tên trong tệp khác họ tên ở cơ quan BHXH.")),
    Kind.BIRTH_DATE: (_("Ngày sinh"), _("Ngày sinh trong tệp khác ngày sinh ở cơ quan BHXH.")),
    Kind.ID_NUMBER: (
        _("Số giấy tờ"),
        _("Số giấy tờ trong tệp không phải số của người này ở cơ quan BHXH, hoặc ở đó chưa có."),
    ),
    Kind.OLD_ID: (
        _("CMND cũ"),
        _("Tệp ghi CMND cũ trong khi cơ quan BHXH đã có CCCD, hoặc ở đó chưa có CMND cũ này."),
    ),
    Kind.TWO_CODES: (
        _("Hai mã số"),
        _("Mã số BHXH trong tệp đã gộp, không phải mã của người này, hoặc người này có hai dòng trong tệp."),
    ),
    Kind.NOT_INSURED: (
        _("Không tham gia tại đây"),
        _("Có trong tệp nhưng không có ai như vậy đang tham gia tại đơn vị."),
    ),
    Kind.MISSING: (_("Thiếu trong tệp"), _("Đang tham gia tại đơn vị nhưng không có trong tệp.")),
}
STATES: Mapping[State, tuple[str | Promise, str]] = {
    State.OPEN: (_("Chưa xem"), "warn"),
    State.REGISTER: (_("Cơ quan BHXH cần sửa"), "bad"),
    State.FILE: (_("Đơn vị sẽ sửa tệp"), "plain"),
}
