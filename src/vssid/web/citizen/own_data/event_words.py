"""What the log says, in plain words for the person it is about."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.privacy.views import Seen

WHAT: dict[str, str | Promise] = {
    "account.opened": gettext_lazy("Mở tài khoản"),
    "account.activation_renewed": gettext_lazy("Gửi lại mật khẩu kích hoạt"),
    "account.signed_in": gettext_lazy("Đăng nhập"),
    "account.password_set": gettext_lazy("Đặt mật khẩu"),
    "account.moved": gettext_lazy("Gộp tài khoản của mã số BHXH khác vào tài khoản này"),
    "account.closed": gettext_lazy("Đóng tài khoản"),
    "account.password_reset": gettext_lazy("Đặt lại mật khẩu đã quên"),
    "account.session_ended": gettext_lazy("Kết thúc một phiên đăng nhập"),
    "account.passkey_added": gettext_lazy("Thêm khóa truy cập"),
    "account.passkey_removed": gettext_lazy("Xóa khóa truy cập"),
    "account.passkey_suspect": gettext_lazy("Hỏi lại về một khóa truy cập: lần dùng bất thường"),
    "account.passkey_vouched": gettext_lazy("Xác nhận một khóa truy cập là của mình"),
    "account.contact_asked": gettext_lazy("Yêu cầu đổi số điện thoại hoặc e-mail"),
    "account.phone_changed": gettext_lazy("Đổi số điện thoại của tài khoản"),
    "account.value_told": gettext_lazy("Ghi dấu của số điện thoại và e-mail đang dùng vào nhật ký"),
    "account.older_value": gettext_lazy(
        "Phát hiện số điện thoại, e-mail hoặc người tin cậy không phải là giá trị mới nhất"
    ),
    "account.email_changed": gettext_lazy("Đổi e-mail của tài khoản"),
    "account.frozen": gettext_lazy("Khóa tài khoản"),
    "account.thawed": gettext_lazy("Mở khóa tài khoản"),
    "account.closing_asked": gettext_lazy("Yêu cầu đóng tài khoản"),
    "account.closing_undone": gettext_lazy("Hủy yêu cầu đóng tài khoản"),
    "account.request_made": gettext_lazy("Mở yêu cầu về tài khoản tại quầy"),
    "account.request_viewed": gettext_lazy("Mở xem yêu cầu về tài khoản của bạn"),
    "account.original_seen": gettext_lazy("Đối chiếu bản chính giấy tờ tại quầy"),
    "account.request_done": gettext_lazy("Thực hiện yêu cầu về tài khoản"),
    "account.desk_reviewed": gettext_lazy("Người phụ trách xem lại việc làm tại quầy"),
    "account.request_refused": gettext_lazy("Từ chối yêu cầu về tài khoản"),
    "account.request_withdrawn": gettext_lazy("Rút yêu cầu về tài khoản"),
    "account.request_expired": gettext_lazy("Yêu cầu về tài khoản hết hạn"),
    "application.submitted": gettext_lazy("Gửi hồ sơ đăng ký"),
    "application.form_received": gettext_lazy("Nhận tờ khai"),
    "application.original_seen": gettext_lazy("Đối chiếu bản chính giấy tờ"),
    "application.form_returned": gettext_lazy("Bỏ ghi nhận tờ khai vì ghi nhầm"),
    "application.original_unseen": gettext_lazy("Bỏ ghi nhận đối chiếu giấy tờ vì ghi nhầm"),
    "file.taken_over": gettext_lazy("Hồ sơ của bạn được chuyển cho cán bộ khác xử lý"),
    "application.viewed": gettext_lazy("Mở xem hồ sơ đăng ký của bạn"),
    "application.photo_viewed": gettext_lazy("Xem ảnh giấy tờ trong hồ sơ của bạn"),
    "application.photos_erased": gettext_lazy("Xóa ảnh giấy tờ của hồ sơ đã xong"),
    "application.reminded": gettext_lazy("Nhắc hạn nộp tờ khai"),
    "application.approved": gettext_lazy("Duyệt hồ sơ đăng ký"),
    "application.refused": gettext_lazy("Từ chối hồ sơ đăng ký"),
    "application.withdrawn": gettext_lazy("Rút hồ sơ đăng ký"),
    "application.displaced": gettext_lazy("Đóng hồ sơ vì có hồ sơ khác khớp với thẻ và dữ liệu BHXH"),
    "application.took_place": gettext_lazy("Nhận hồ sơ thay cho một hồ sơ khác không khớp"),
    "application.contested": gettext_lazy("Có người gửi thêm hồ sơ cho mã số BHXH này, không được nhận"),
    "application.expired": gettext_lazy("Hồ sơ đăng ký hết hạn"),
    "person.merged": gettext_lazy("Gộp hai mã số BHXH của bạn"),
    "vault.key_taken_back": gettext_lazy("Lấy lại khóa dữ liệu của bạn đã bị bỏ nhầm"),
    "statement.issued": gettext_lazy("Cấp bản xác nhận C14-TS"),
    "statement.downloaded": gettext_lazy("Tải lại bản xác nhận C14-TS"),
    "statement.checked": gettext_lazy("Kiểm tra bản xác nhận C14-TS của bạn"),
    "guardian.linked": gettext_lazy("Cho một người giám hộ xem hồ sơ của bạn"),
    "guardian.looked": gettext_lazy("Xem hồ sơ của bạn"),
    "guardian.ended": gettext_lazy("Người giám hộ ngừng theo dõi hồ sơ của bạn"),
    "trusted.asked": gettext_lazy("Mời một người tin cậy nhận giúp mã"),
    "trusted.agreed": gettext_lazy("Người tin cậy đồng ý nhận giúp mã"),
    "trusted.used": gettext_lazy("Gửi mã cả cho người tin cậy"),
    "trusted.removed": gettext_lazy("Bỏ người tin cậy"),
    "family.submitted": gettext_lazy("Gửi hồ sơ đăng ký cho con"),
    "family.viewed": gettext_lazy("Mở xem hồ sơ đăng ký cho con"),
    "family.paper_viewed": gettext_lazy("Xem giấy tờ trong hồ sơ đăng ký cho con"),
    "family.certificate_seen": gettext_lazy("Đối chiếu giấy khai sinh"),
    "family.certificate_unseen": gettext_lazy("Bỏ ghi nhận đối chiếu giấy khai sinh vì ghi nhầm"),
    "family.approved": gettext_lazy("Duyệt hồ sơ đăng ký cho con"),
    "family.refused": gettext_lazy("Từ chối hồ sơ đăng ký cho con"),
    "family.withdrawn": gettext_lazy("Rút hồ sơ đăng ký cho con"),
    "procedure.submit": gettext_lazy("Gửi hồ sơ dịch vụ công"),
    "procedure.accept": gettext_lazy("Tiếp nhận hồ sơ dịch vụ công"),
    "procedure.ask_more": gettext_lazy("Yêu cầu bổ sung hồ sơ dịch vụ công"),
    "procedure.answer": gettext_lazy("Gửi bổ sung hồ sơ dịch vụ công"),
    "procedure.approve": gettext_lazy("Phê duyệt hồ sơ dịch vụ công"),
    "procedure.refuse": gettext_lazy("Từ chối hồ sơ dịch vụ công"),
    "procedure.withdraw": gettext_lazy("Rút hồ sơ dịch vụ công"),
    "procedure.discarded": gettext_lazy("Bỏ hồ sơ dịch vụ công đang khai"),
    "procedure.written": gettext_lazy("Ghi kết quả hồ sơ dịch vụ công vào dữ liệu BHXH"),
    "procedure.viewed": gettext_lazy("Mở xem hồ sơ dịch vụ công của bạn"),
    "procedure.file_viewed": gettext_lazy("Xem ảnh trong hồ sơ dịch vụ công của bạn"),
    "procedure.files_erased": gettext_lazy("Xóa ảnh của hồ sơ dịch vụ công đã xong"),
    "ticket.sent": gettext_lazy("Gửi phản ánh, kiến nghị"),
    "ticket.opened": gettext_lazy("Mở xem phản ánh của bạn"),
    "ticket.photo_seen": gettext_lazy("Xem ảnh trong phản ánh của bạn"),
    "ticket.taken": gettext_lazy("Nhận xử lý phản ánh của bạn"),
    "ticket.answered": gettext_lazy("Trả lời phản ánh của bạn"),
    "ticket.written": gettext_lazy("Viết thêm vào phản ánh"),
    "ticket.closed": gettext_lazy("Đóng phản ánh"),
    "ticket.forwarded": gettext_lazy("Chuyển phản ánh của bạn sang cơ quan khác"),
    "notices.chosen": gettext_lazy("Chọn cách nhận thông báo"),
    "notices.push_on": gettext_lazy("Bật thông báo trên một máy"),
    "notices.push_off": gettext_lazy("Tắt thông báo trên một máy"),
    "lookup.number_shown": gettext_lazy("Tra cứu mã số BHXH của bạn"),
    "lookup.card_checked": gettext_lazy("Tra cứu giá trị thẻ BHYT của bạn"),
    "data.exported": gettext_lazy("Tải dữ liệu của bạn"),
}


def what(seen: Seen) -> str:
    """What happened; a kind without words of its own is still told."""
    return str(WHAT.get(seen.kind) or _("Một việc khác đã được ghi lại"))


def who(seen: Seen) -> str:
    """Who did it: an officer by the office, never by name."""
    if seen.kind == "lookup.number_shown":
        return _("Người biết họ tên, ngày sinh, số giấy tờ và tỉnh của bạn")
    if seen.kind == "lookup.card_checked":
        return _("Người biết số thẻ, họ tên và ngày sinh của bạn")
    if seen.kind == "statement.checked":
        return _("Người có mã của bản xác nhận")
    if seen.by == "officer":
        return _("Cán bộ · %(office)s") % {"office": seen.office} if seen.office else _("Cán bộ")
    if seen.by == "system":
        return _("Hệ thống")
    if seen.kind.startswith("guardian."):
        return _("Người giám hộ")
    return _("Người nộp hồ sơ") if seen.kind.startswith("application.") else _("Bạn")
