"""Why an officer refuses a request at the counter. No official list is published; these are [M, inferred]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.reasons import Reason, by_code

REASONS: dict[str, Reason] = by_code(
    Reason(
        "other_person",
        _("Bản chính giấy tờ không phải của chủ tài khoản"),
        _("Chủ tài khoản mang bản chính CCCD, Căn cước hoặc hộ chiếu của mình đến quầy."),
    ),
    Reason(
        "no_original",
        _("Không có bản chính giấy tờ tùy thân còn giá trị"),
        _("Mang bản chính còn giá trị đến quầy rồi yêu cầu lại."),
    ),
    Reason(
        "identity_differs",
        _("Giấy tờ khác dữ liệu BHXH"),
        _("Làm thủ tục điều chỉnh thông tin trước, sau đó yêu cầu lại."),
    ),
    Reason(
        "phone_unproved",
        _("Chưa xác nhận được số điện thoại mới"),
        _("Mang theo máy dùng số mới để đọc mã xác nhận tại quầy."),
    ),
    Reason("not_wanted", _("Người dân không còn yêu cầu"), _("Khi cần, hãy đến quầy yêu cầu lại.")),
    Reason("other", _("Lý do khác"), _("Xem lời nhắn của cán bộ.")),
)
