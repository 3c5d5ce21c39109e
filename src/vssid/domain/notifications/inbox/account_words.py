"""What the notices about an account say; facts as in `words`: `at` a moment, `close` a day, `masked` the end
of a phone number.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

NOT_YOU = gettext_lazy("Nếu không phải bạn, hãy đổi mật khẩu ngay và gọi tổng đài 1900 9068.")
NOT_YOU_CALL = gettext_lazy("Nếu không phải bạn, hãy khóa tài khoản ngay và gọi tổng đài 1900 9068.")

# Kind → title and paragraphs.
TEXTS: dict[str, tuple[str | Promise, tuple[str | Promise, ...]]] = {
    "password_changed": (
        gettext_lazy("Mật khẩu vừa được đổi"),
        (
            gettext_lazy(
                "Mật khẩu của bạn được đổi lúc %(at)s trên %(device)s. Các máy khác phải đăng nhập lại."
            ),
            NOT_YOU,
        ),
    ),
    "new_device": (
        gettext_lazy("Đăng nhập trên thiết bị mới"),
        (gettext_lazy("Tài khoản của bạn được đăng nhập lúc %(at)s trên %(device)s."), NOT_YOU),
    ),
    "session_ended": (
        gettext_lazy("Một phiên đăng nhập đã kết thúc"),
        (
            gettext_lazy("Phiên trên %(device)s được kết thúc lúc %(at)s, từ một thiết bị khác của bạn."),
            NOT_YOU,
        ),
    ),
    "password_reset": (
        gettext_lazy("Mật khẩu đã đặt lại"),
        (
            gettext_lazy(
                "Mật khẩu được đặt lại lúc %(at)s. "
                "Các máy khác đã đăng xuất, khóa truy cập không còn dùng được."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "password_reissued": (
        gettext_lazy("Đã cấp mật khẩu kích hoạt mới"),
        (
            gettext_lazy(
                "Cán bộ đã cấp mật khẩu kích hoạt mới lúc %(at)s sau khi đối chiếu bản chính giấy tờ."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "passkey_added": (
        gettext_lazy("Đã thêm khóa truy cập"),
        (gettext_lazy("Tài khoản vừa thêm một khóa truy cập lúc %(at)s."), NOT_YOU_CALL),
    ),
    "passkey_removed": (
        gettext_lazy("Đã xóa khóa truy cập"),
        (gettext_lazy("Một khóa truy cập của tài khoản được xóa lúc %(at)s."), NOT_YOU_CALL),
    ),
    "passkey_suspect": (
        gettext_lazy("Cần xác nhận một khóa truy cập"),
        (
            gettext_lazy(
                "Lúc %(at)s một khóa truy cập có lần dùng bất thường: máy vừa được khôi phục, hoặc"
                " khóa bị sao chép. Hãy xác nhận hoặc xóa khóa đó."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "contact_asked": (
        gettext_lazy("Có yêu cầu đổi số điện thoại"),
        (
            gettext_lazy("Lúc %(at)s có yêu cầu đổi số điện thoại của tài khoản tại cơ quan BHXH."),
            NOT_YOU_CALL,
        ),
    ),
    "phone_changed": (
        gettext_lazy("Đã đổi số điện thoại"),
        (
            gettext_lazy("Số điện thoại của tài khoản đã đổi sang số %(masked)s lúc %(at)s."),
            NOT_YOU_CALL,
        ),
    ),
    "phone_set": (
        gettext_lazy("Cán bộ đã đổi số điện thoại"),
        (
            gettext_lazy(
                "Cán bộ tại cơ quan BHXH đã đổi số điện thoại của tài khoản sang số %(masked)s lúc %(at)s. "
                "Trong %(hours)s giờ tới, mật khẩu không đặt lại được bằng số mới."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "reset_later": (
        gettext_lazy("Chưa đặt lại được mật khẩu"),
        (
            gettext_lazy(
                "Lúc %(at)s có yêu cầu đặt lại mật khẩu. Số điện thoại mới được cán bộ đổi, nên mật khẩu đặt "
                "lại được bằng số này từ %(until)s. Cần ngay, hãy đến cơ quan BHXH: một cán bộ khác đối "
                "chiếu bản chính rồi cấp mật khẩu."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "email_changed": (
        gettext_lazy("Đã đổi e-mail"),
        (gettext_lazy("E-mail của tài khoản đã đổi lúc %(at)s."), NOT_YOU_CALL),
    ),
    "address_dead": (
        gettext_lazy("Tin của BHXH không đến được bạn"),
        (
            gettext_lazy("Lúc %(at)s, tin gửi đến %(to)s không đến được: nơi nhận báo không nhận tin."),
            gettext_lazy("Hãy xem mục Tài khoản: đổi số điện thoại, e-mail, hoặc báo rằng vẫn dùng được."),
        ),
    ),
    "account_frozen": (
        gettext_lazy("Tài khoản đã khóa"),
        (
            gettext_lazy("Tài khoản đã khóa lúc %(at)s, mọi máy đã đăng xuất."),
            gettext_lazy("Mở lại tại cơ quan BHXH hoặc trong mục “Mở khóa tài khoản” của ứng dụng."),
        ),
    ),
    "account_thawed": (
        gettext_lazy("Tài khoản đã mở khóa"),
        (gettext_lazy("Tài khoản đã mở khóa lúc %(at)s."), NOT_YOU_CALL),
    ),
    "closing_asked": (
        gettext_lazy("Tài khoản sẽ đóng"),
        (
            gettext_lazy("Tài khoản sẽ đóng ngày %(close)s theo yêu cầu của bạn."),
            gettext_lazy("Đổi ý: đăng nhập và chọn “Giữ tài khoản” trước ngày đó."),
        ),
    ),
    "closing_undone": (
        gettext_lazy("Đã hủy yêu cầu đóng tài khoản"),
        (gettext_lazy("Yêu cầu đóng tài khoản đã hủy lúc %(at)s."),),
    ),
    "account_closed": (
        gettext_lazy("Tài khoản đã đóng"),
        (gettext_lazy("Tài khoản đã đóng. Dữ liệu BHXH, BHYT của bạn vẫn còn, giá trị thẻ không thay đổi."),),
    ),
    "request_refused": (
        gettext_lazy("Yêu cầu bị từ chối"),
        (
            gettext_lazy("Yêu cầu về tài khoản tại cơ quan BHXH bị từ chối."),
            gettext_lazy("Xem lý do trong mục Tài khoản, hoặc gọi tổng đài 1900 9068."),
        ),
    ),
}
