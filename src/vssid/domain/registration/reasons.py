"""Why an application may be refused. The official list is not published; these are [M, inferred]
(registration.md section 10), so they are dated data with their mark."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.reasons import Reason, by_code

# Of no officer: another application for the code agreed with card and register (`displacing`).
DISPLACED = Reason(
    "displaced",
    _("Có hồ sơ khác cho mã số BHXH này khớp với thẻ và dữ liệu BHXH"),
    _("Xem lại mã số BHXH, thông tin và ảnh thẻ rồi gửi lại. Nếu mã số là của bạn, hãy đến cơ quan BHXH."),
)
REASONS: dict[str, Reason] = by_code(
    Reason(
        "other_person",
        _("Mã số BHXH là của người khác"),
        _("Xem lại mã số BHXH trên thẻ BHYT hoặc sổ BHXH rồi gửi lại."),
    ),
    Reason(
        "two_codes",
        _("Có hai mã số BHXH chưa gộp"),
        _("Đến cơ quan BHXH để gộp mã số, mang theo các sổ BHXH giấy nếu có, sau đó gửi lại."),
    ),
    Reason(
        "identity_differs",
        _("Họ tên, ngày sinh hoặc số giấy tờ khác dữ liệu BHXH"),
        _("Sửa thông tin cho đúng như giấy tờ rồi gửi lại, hoặc làm thủ tục điều chỉnh tại cơ quan BHXH."),
    ),
    Reason(
        "old_id",
        _("Dữ liệu BHXH còn ghi số CMND cũ"),
        _("Mang bản chính CCCD, Căn cước đến cơ quan BHXH để cập nhật, sau đó gửi lại."),
    ),
    Reason(
        "photo_unclear",
        _("Ảnh mờ, tối hoặc thiếu góc"),
        _("Chụp lại ảnh nơi đủ sáng, thấy đủ bốn góc thẻ, rồi gửi lại."),
    ),
    Reason(
        "photo_wrong",
        _("Ảnh không đúng người hoặc không đúng giấy tờ"),
        _("Chụp ảnh của chính bạn và giấy tờ đã khai, rồi gửi lại."),
    ),
    Reason(
        "form_unsigned",
        _("Tờ khai chưa ký, chưa ghi rõ họ tên"),
        _("Gửi lại hồ sơ, in tờ khai mới, ký và ghi rõ họ tên."),
    ),
    Reason(
        "no_valid_id",
        _("Không có giấy tờ tùy thân còn giá trị"),
        _("Làm thẻ Căn cước hoặc hộ chiếu mới rồi gửi lại hồ sơ."),
    ),
    Reason(
        "has_account",
        _("Người đăng ký đã có tài khoản"),
        _("Đăng nhập bằng tài khoản đã có, hoặc đến cơ quan BHXH để lấy lại mật khẩu."),
    ),
    Reason(
        "other",
        _("Lý do khác"),
        _("Xem lời nhắn của cán bộ bên dưới."),
    ),
)
# Why a second officer gives a first approval back; read by the office, never by the person.
SENT_BACK: dict[str, Reason] = by_code(
    Reason("look_again", _("Chưa đối chiếu kỹ: cần xem lại nội dung đã nêu"), ""),
    Reason("reason_unfit", _("Lý do duyệt không phù hợp với nội dung cần kiểm tra"), ""),
    Reason("ask_person", _("Cần hỏi thêm hoặc mời người nộp đến quầy"), ""),
    Reason("should_refuse", _("Cần từ chối hồ sơ này"), ""),
)
# With what no officer chooses.
ALL = REASONS | {DISPLACED.code: DISPLACED}
