"""Sentences for what is refused, and what comes next, by code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.procedures.definition.shapes import Words
from vssid.domain.procedures.states import State

# by (form of the field or *, code)
WRONG: dict[tuple[str, str], Words] = {
    ("choice", "required"): _("Hãy chọn một mục."),
    ("many", "required"): _("Hãy chọn ít nhất một mục."),
    ("facility", "required"): _("Hãy tìm rồi chọn một cơ sở."),
    ("province", "required"): _("Hãy chọn tỉnh, thành phố."),
    ("commune", "required"): _("Hãy chọn phường, xã."),
    ("facility", "same"): _("Đây là nơi bạn đang đăng ký. Hãy chọn cơ sở khác."),
    ("*", "required"): _("Hãy điền mục này."),
    ("*", "bad_choice"): _("Hãy chọn trong danh sách."),
    ("*", "bad_name"): _("Họ và tên chỉ gồm chữ cái, viết đủ dấu như trên giấy tờ."),
    ("*", "bad_date"): _("Ngày chưa đúng. Hãy nhập theo thứ tự ngày/tháng/năm."),
    ("*", "future"): _("Ngày này không thể sau hôm nay."),
    ("*", "too_old"): _("Hãy xem lại năm."),
    ("quarter", "required"): _("Hãy bấm chọn một trong hai ngày."),
    ("quarter", "not_offered"): _("Hãy bấm chọn một trong hai ngày."),
    ("quarter", "bad_choice"): _("Hãy bấm chọn một trong hai ngày."),
    ("facility", "bad_level"): _(
        "Cơ sở này ở cấp chuyên sâu, không nhận đăng ký ban đầu. Hãy chọn cơ sở cấp ban đầu hoặc cấp cơ bản."
    ),
    ("*", "bad_phone"): _("Hãy nhập số di động Việt Nam nhận được tin nhắn, ví dụ 0912 345 678."),
    ("*", "bad_email"): _("E-mail cần có dạng ten@vidu.vn."),
    ("*", "bad_cccd"): _("Số CCCD, Căn cước có 12 chữ số."),
    ("*", "too_long"): _("Nội dung quá dài."),
    ("*", "not_in_province"): _("Phường, xã này không thuộc tỉnh đã chọn. Hãy chọn lại."),
    ("*", "same"): _("Dữ liệu BHXH đang ghi đúng như vậy, không cần đổi."),
}
ANSWER: dict[str, Words] = {
    "required": _("Hãy nhập lời nhắn hoặc chọn một ảnh."),
    "too_long": _("Lời nhắn dài quá 1.000 ký tự. Hãy viết ngắn lại."),
}
NOT_ELIGIBLE: dict[str, Words] = {
    "not_in_register": _("Chưa tìm thấy dữ liệu của bạn. Hãy gọi tổng đài để cơ quan BHXH kiểm tra."),
    "no_coverage": _("Hiện bạn không có thẻ BHYT còn giá trị. Hãy đóng tiếp tại điểm thu hoặc cơ quan BHXH."),
    "no_office": _("Chưa có cơ quan BHXH nào nhận hồ sơ của bạn qua mạng. Hãy gọi tổng đài."),
}
NEXT: dict[State, Words] = {
    State.SUBMITTED: _(
        "Cơ quan BHXH tiếp nhận và trả lời trong thời hạn đã ghi. Bạn không phải đến nộp hồ sơ."
    ),
    State.IN_REVIEW: _("Cán bộ đang xem hồ sơ của bạn. Kết quả được báo bằng tin nhắn và ở trang này."),
    State.MORE_NEEDED: _(
        "Xem nội dung cần bổ sung rồi gửi ở dưới. Hạn trả lời được tính lại từ lúc bạn gửi."
    ),
    State.DONE: _("Hồ sơ đã được phê duyệt."),
    State.REFUSED: _("Xem lý do ở dưới. Bạn có thể gửi hồ sơ mới sau khi sửa."),
    State.WITHDRAWN: _("Bạn đã rút hồ sơ này. Khi cần, hãy gửi hồ sơ mới."),
}
MOVES: dict[str, Words] = {
    "submit": _("Đã gửi hồ sơ"),
    "accept": _("Cơ quan BHXH đã tiếp nhận"),
    "ask_more": _("Cơ quan BHXH yêu cầu bổ sung"),
    "answer": _("Đã gửi bổ sung"),
    "approve": _("Đã phê duyệt"),
    "refuse": _("Hồ sơ bị từ chối"),
    "withdraw": _("Đã rút hồ sơ"),
}


def wrong(form: str, code: str) -> Words:
    """The sentence for what is wrong with a field of a form."""
    return WRONG.get((form, code)) or WRONG.get(("*", code)) or _("Hãy xem lại mục này.")
