"""Why an officer asks for more or refuses. No official list is published; these are [M, inferred]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.reasons import Reason, by_code

MORE: dict[str, Reason] = by_code(
    Reason(
        "photo_unclear",
        _("Ảnh mờ, tối hoặc thiếu góc"),
        _("Chụp lại ảnh nơi đủ sáng, thấy đủ bốn góc, rồi gửi bổ sung."),
    ),
    Reason(
        "proof_missing",
        _("Thiếu giấy tờ chứng minh"),
        _("Gửi ảnh giấy tờ ghi thông tin đúng, như CCCD, Căn cước hoặc giấy khai sinh."),
    ),
    Reason(
        "details_unclear",
        _("Nội dung chưa rõ"),
        _("Viết rõ hơn việc bạn cần giải quyết."),
    ),
    Reason("other", _("Lý do khác"), _("Xem lời nhắn của cán bộ.")),
)
REFUSE: dict[str, Reason] = by_code(
    Reason(
        "proof_disagrees",
        _("Giấy tờ không khớp nội dung đã khai"),
        _("Xem lại thông tin trên giấy tờ rồi gửi hồ sơ mới."),
    ),
    Reason(
        "not_answered",
        _("Chưa nhận được bổ sung"),
        _("Chuẩn bị giấy tờ được yêu cầu rồi gửi hồ sơ mới."),
    ),
    Reason(
        "not_covered",
        _("Thẻ BHYT không còn giá trị"),
        _("Đóng tiếp qua đơn vị, điểm thu hoặc cơ quan BHXH, sau đó gửi hồ sơ mới."),
    ),
    Reason(
        "facility_full",
        _("Cơ sở không nhận thêm đăng ký"),
        _("Chọn cơ sở khác rồi gửi hồ sơ mới."),
    ),
    Reason(
        "go_to_office",
        _("Cần nộp hồ sơ trực tiếp tại cơ quan BHXH"),
        _("Mang bản chính giấy tờ đến cơ quan BHXH."),
    ),
    Reason("other", _("Lý do khác"), _("Xem lời nhắn của cán bộ.")),
)
