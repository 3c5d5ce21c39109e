"""What HR reads of a difference."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.domain.employers.alignment.kinds import Kind, State

# What each kind of difference means to HR; its name is in `correction_words.KINDS`.
MEANING: Mapping[Kind, str | Promise] = {
    Kind.NAME: _("Họ tên trong tệp khác họ tên ở cơ quan BHXH."),
    Kind.BIRTH_DATE: _("Ngày sinh trong tệp khác ngày sinh ở cơ quan BHXH."),
    Kind.ID_NUMBER: _("Số giấy tờ trong tệp không phải số của người này ở cơ quan BHXH, hoặc ở đó chưa có."),
    Kind.OLD_ID: _("Tệp ghi CMND cũ trong khi cơ quan BHXH đã có CCCD, hoặc ở đó chưa có CMND cũ này."),
    Kind.TWO_CODES: _(
        "Mã số BHXH trong tệp đã gộp, không phải mã của người này, hoặc người này có hai dòng trong tệp."
    ),
    Kind.NOT_INSURED: _("Có trong tệp nhưng không có ai như vậy đang tham gia tại đơn vị."),
    Kind.MISSING: _("Đang tham gia tại đơn vị nhưng không có trong tệp."),
}
STATES: Mapping[State, tuple[str | Promise, str]] = {
    State.OPEN: (_("Chưa xem"), "warn"),
    State.REGISTER: (_("Cơ quan BHXH cần sửa"), "bad"),
    State.FILE: (_("Đơn vị sẽ sửa tệp"), "plain"),
}
NO_OFFICE = _("Chưa rõ cơ quan BHXH quản lý đơn vị nên chưa gửi được. Hãy gọi tổng đài.")
NOTHING_CHOSEN = _("Chưa chọn dòng nào. Hãy chọn những dòng cần gửi rồi bấm lại.")
AT_OFFICE = _("Chỗ này đã gửi cơ quan BHXH. Muốn tự sửa trong tệp thì rút lại đề nghị trước.")
OFFICE_WAS_FIRST = _("Cơ quan BHXH đã trả lời hoặc đề nghị đã kết thúc trước đó. Trang này là bản mới nhất.")
