"""The notices about an application."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import SILENT, NoticeKind, Topic

NOTICES: dict[str, NoticeKind] = {
    "application_received": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Đã nhận hồ sơ đăng ký"),
        (
            gettext_lazy("Hồ sơ số %(number)s đã được nhận lúc %(at)s."),
            gettext_lazy(
                "Hãy mang tờ khai đã ký và bản chính giấy tờ đến %(office)s, chậm nhất ngày %(due)s."
            ),
            gettext_lazy("Nếu bạn không gửi hồ sơ này, hãy gọi tổng đài 1900 9068."),
        ),
    ),
    "application_approved": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Hồ sơ đăng ký đã được duyệt"),
        (
            gettext_lazy(
                "Hồ sơ số %(number)s đã được duyệt lúc %(at)s. Tài khoản của bạn dùng được từ lúc này."
            ),
        ),
    ),
    "application_refused": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Hồ sơ đăng ký không được duyệt"),
        (
            gettext_lazy("Hồ sơ số %(number)s không được duyệt."),
            gettext_lazy("Hãy tra cứu bằng số hồ sơ và số điện thoại để xem lý do và cách sửa, rồi gửi lại."),
        ),
    ),
    "application_unsigned": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Tờ khai chưa ký, được trả lại"),
        (
            gettext_lazy("Tờ khai của hồ sơ số %(number)s chưa có chữ ký nên được trả lại lúc %(at)s."),
            gettext_lazy("Hãy ký và nộp lại, hoặc nhờ đơn vị nộp, chậm nhất ngày %(due)s."),
        ),
    ),
    "application_expired": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Hồ sơ đăng ký đã hết hạn"),
        (
            gettext_lazy("Hồ sơ số %(number)s đã hết hạn vì chưa đối chiếu bản chính giấy tờ."),
            gettext_lazy("Bạn có thể nộp hồ sơ mới, không cần khai lại từ đầu."),
        ),
    ),
    "application_withdrawn": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Hồ sơ đăng ký đã được rút"),
        (
            gettext_lazy("Hồ sơ số %(number)s đã được rút theo yêu cầu."),
            gettext_lazy("Nếu bạn không rút hồ sơ này, hãy gọi tổng đài 1900 9068."),
        ),
    ),
}
