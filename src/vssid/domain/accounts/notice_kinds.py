"""The notices about an account's safety, its children and whom its owner trusts."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import ALL, SILENT, Facts, NoticeKind, Topic

NOT_YOU = gettext_lazy("Nếu không phải bạn, hãy đổi mật khẩu ngay và gọi tổng đài 1900 9068.")
NOT_YOU_CALL = gettext_lazy("Nếu không phải bạn, hãy khóa tài khoản ngay và gọi tổng đài 1900 9068.")
CALL = gettext_lazy("Nếu không phải bạn, hãy gọi tổng đài 1900 9068.")
FUNDS = {"bhxh": "BHXH", "bhtn": "BHTN", "tnld": "BHTNLĐ-BNN"}


def _arrears(facts: Facts) -> list[str]:
    """As the insurer's own monthly notice is laid out; amounts are not in the register."""
    lines = []
    for employer in facts["employers"]:
        who = {"name": employer["name"], "code": employer["code"]}
        lines.append(_("Thời gian chưa ghi nhận đóng tại đơn vị %(code)s - %(name)s:") % who)
        lines += [_fund(fund) for fund in employer["funds"]]
    lines.append(_("Hãy hỏi phòng nhân sự của đơn vị. Cần giúp, hãy gọi tổng đài 1900 9068."))
    return lines


def _fund(fund: Facts) -> str:
    first, last = (f"{date.fromisoformat(fund[end]):%m/%Y}" for end in ("first", "last"))
    facts = {"fund": FUNDS[fund["scheme"]], "first": first, "last": last}
    if fund.get("late"):
        return _("%(fund)s: từ tháng %(first)s đến tháng %(last)s (đã quá hạn đóng)") % facts
    return _("%(fund)s: từ tháng %(first)s đến tháng %(last)s") % facts


NOTICES: dict[str, NoticeKind] = {
    "arrears": NoticeKind(
        Topic.ARREARS,
        ALL,
        gettext_lazy("Tháng chưa ghi nhận đóng bảo hiểm"),
        (),
        life=timedelta(days=5),
        compose=_arrears,
    ),
    "password_changed": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Mật khẩu vừa được đổi"),
        (
            gettext_lazy(
                "Mật khẩu của bạn được đổi lúc %(at)s trên %(device)s. Các máy khác phải đăng nhập lại."
            ),
            NOT_YOU,
        ),
    ),
    "new_device": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đăng nhập trên thiết bị mới"),
        (gettext_lazy("Tài khoản của bạn được đăng nhập lúc %(at)s trên %(device)s."), NOT_YOU),
    ),
    "session_ended": NoticeKind(
        Topic.SECURITY,
        SILENT,
        gettext_lazy("Một phiên đăng nhập đã kết thúc"),
        (
            gettext_lazy("Phiên trên %(device)s được kết thúc lúc %(at)s, từ một thiết bị khác của bạn."),
            NOT_YOU,
        ),
    ),
    "password_reset": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Mật khẩu đã đặt lại"),
        (
            gettext_lazy(
                "Mật khẩu được đặt lại lúc %(at)s. "
                "Các máy khác đã đăng xuất, khóa truy cập không còn dùng được."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "password_reissued": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đã cấp mật khẩu kích hoạt mới"),
        (
            gettext_lazy(
                "Cán bộ đã cấp mật khẩu kích hoạt mới lúc %(at)s sau khi đối chiếu bản chính giấy tờ."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "passkey_added": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đã thêm khóa truy cập"),
        (gettext_lazy("Tài khoản vừa thêm một khóa truy cập lúc %(at)s."), NOT_YOU_CALL),
    ),
    "passkey_removed": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đã xóa khóa truy cập"),
        (gettext_lazy("Một khóa truy cập của tài khoản được xóa lúc %(at)s."), NOT_YOU_CALL),
    ),
    "passkey_suspect": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Cần xác nhận một khóa truy cập"),
        (
            gettext_lazy(
                "Lúc %(at)s một khóa truy cập có lần dùng bất thường: máy vừa được khôi phục, hoặc"
                " khóa bị sao chép. Hãy xác nhận hoặc xóa khóa đó."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "contact_asked": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Có yêu cầu đổi số điện thoại"),
        (
            gettext_lazy("Lúc %(at)s có yêu cầu đổi số điện thoại của tài khoản tại cơ quan BHXH."),
            NOT_YOU_CALL,
        ),
    ),
    "phone_changed": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đã đổi số điện thoại"),
        (
            gettext_lazy("Số điện thoại của tài khoản đã đổi sang số %(masked)s lúc %(at)s."),
            NOT_YOU_CALL,
        ),
    ),
    "phone_set": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Cán bộ đã đổi số điện thoại"),
        (
            gettext_lazy(
                "Cán bộ tại cơ quan BHXH đã đổi số điện thoại của tài khoản sang số %(masked)s lúc %(at)s. "
                "Trong %(hours)s giờ tới, mật khẩu không đặt lại được bằng số mới."
            ),
            NOT_YOU_CALL,
        ),
    ),
    "reset_later": NoticeKind(
        Topic.SECURITY,
        ALL,
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
    "email_changed": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đã đổi e-mail"),
        (gettext_lazy("E-mail của tài khoản đã đổi lúc %(at)s."), NOT_YOU_CALL),
    ),
    "account_frozen": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Tài khoản đã khóa"),
        (
            gettext_lazy("Tài khoản đã khóa lúc %(at)s, mọi máy đã đăng xuất."),
            gettext_lazy("Mở lại tại cơ quan BHXH hoặc trong mục “Mở khóa tài khoản” của ứng dụng."),
        ),
        told_whole=True,
    ),
    "account_thawed": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Tài khoản đã mở khóa"),
        (gettext_lazy("Tài khoản đã mở khóa lúc %(at)s."), NOT_YOU_CALL),
    ),
    "closing_asked": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Tài khoản sẽ đóng"),
        (
            gettext_lazy("Tài khoản sẽ đóng ngày %(close)s theo yêu cầu của bạn."),
            gettext_lazy("Đổi ý: đăng nhập và chọn “Giữ tài khoản” trước ngày đó."),
        ),
    ),
    "closing_undone": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đã hủy yêu cầu đóng tài khoản"),
        (gettext_lazy("Yêu cầu đóng tài khoản đã hủy lúc %(at)s."),),
    ),
    "account_closed": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Tài khoản đã đóng"),
        (gettext_lazy("Tài khoản đã đóng. Dữ liệu BHXH, BHYT của bạn vẫn còn, giá trị thẻ không thay đổi."),),
        told_whole=True,
    ),
    "request_refused": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Yêu cầu bị từ chối"),
        (
            gettext_lazy("Yêu cầu về tài khoản tại cơ quan BHXH bị từ chối."),
            gettext_lazy("Xem lý do trong mục Tài khoản, hoặc gọi tổng đài 1900 9068."),
        ),
    ),
    "family_of_age": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Con đã đủ 18 tuổi"),
        (
            gettext_lazy("Con bạn đã đủ 18 tuổi nên bạn không còn xem được hồ sơ của con."),
            gettext_lazy("Con có thể tự đăng ký tài khoản."),
        ),
    ),
    "family_own": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Bạn đã đủ 18 tuổi"),
        (gettext_lazy("Người giám hộ không còn xem được hồ sơ của bạn."),),
    ),
    "family_second": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Con có thêm người giám hộ"),
        (gettext_lazy("Lúc %(at)s, một người giám hộ nữa được duyệt xem hồ sơ của con bạn."), CALL),
    ),
    "family_ended": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Không còn xem được hồ sơ của con"),
        (gettext_lazy("Từ %(at)s, bạn không còn xem được hồ sơ của con."), CALL),
    ),
    "trusted_named": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Đã thêm người tin cậy"),
        (gettext_lazy("Lúc %(at)s, người mà bạn chọn đã đồng ý nhận giúp mã xác nhận."), CALL),
    ),
    "trusted_used": NoticeKind(
        Topic.SECURITY,
        ALL,
        gettext_lazy("Mã đã gửi cả cho người tin cậy"),
        (gettext_lazy("Lúc %(at)s, mã của bạn được gửi cả đến điện thoại người tin cậy."), CALL),
    ),
}
