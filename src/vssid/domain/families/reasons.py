"""Why a request for a child may be refused. No official list was found: data with a mark."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.reasons import Reason, by_code

REASONS: dict[str, Reason] = by_code(
    Reason(
        "not_parent",
        _("Giấy khai sinh không ghi bạn là cha hoặc mẹ"),
        _("Nếu bạn là người giám hộ, hãy mang giấy tờ chứng minh đến cơ quan BHXH."),
    ),
    Reason(
        "child_differs",
        _("Họ tên hoặc ngày sinh của con khác dữ liệu BHXH"),
        _(
            "Sửa thông tin cho đúng như giấy khai sinh rồi gửi lại, hoặc đề nghị cơ quan BHXH điều "
            "chỉnh dữ liệu."
        ),
    ),
    Reason(
        "other_child",
        _("Mã số BHXH là của người khác"),
        _("Xem lại mã số trên thẻ BHYT của con rồi gửi lại."),
    ),
    Reason(
        "paper_unclear",
        _("Ảnh giấy khai sinh mờ, tối hoặc thiếu góc"),
        _("Chụp lại cả tờ giấy nơi đủ sáng rồi gửi lại."),
    ),
    Reason(
        "portrait_unclear",
        _("Ảnh của con không rõ hoặc không đúng người"),
        _("Chụp lại ảnh con nhìn thẳng, nơi đủ sáng, rồi gửi lại."),
    ),
    Reason(
        "enough_guardians",
        _("Con đã có đủ người giám hộ"),
        _("Một trong hai người giám hộ hiện nay cần ngừng theo dõi trước."),
    ),
    Reason("of_age", _("Con đã đủ 18 tuổi"), _("Con tự đăng ký tài khoản của mình.")),
    Reason("other", _("Lý do khác"), _("Xem lời nhắn của cán bộ bên dưới.")),
)
