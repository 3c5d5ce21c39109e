"""Notices for HR people: what the office did with what the employer brought or sent. None names a worker.

Those of a registration day go to the worker who booked, too.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import SILENT, Channel, NoticeKind, Topic

BY_EMAIL = frozenset({Channel.EMAIL})
NOTICES: dict[str, NoticeKind] = {
    "employer_list_closed": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Cơ quan BHXH đã nhận xong bảng kê"),
        (
            gettext_lazy("%(employer)s: bảng kê %(number)s được nhận xong lúc %(at)s."),
            gettext_lazy(
                "Trong %(listed)s tờ khai: đã nhận %(received)s, thiếu %(missing)s, chưa ký %(unsigned)s, "
                "lý do khác %(other)s. Ngoài bảng kê: %(extra)s."
            ),
            gettext_lazy("Bảng kê cho biết từng tờ khai; giấy biên nhận tải được ở đó."),
        ),
    ),
    "employer_form_unsigned": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Có tờ khai chưa ký, được trả lại"),
        (
            gettext_lazy("%(employer)s: bảng kê %(number)s có tờ khai chưa ký, được trả lại lúc %(at)s."),
            gettext_lazy(
                "Bảng kê cho biết tờ khai nào. Người lao động ký rồi đơn vị nộp lại trước hạn ghi ở đó."
            ),
        ),
    ),
    "employer_asked_to_invite": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Cơ quan BHXH đề nghị mời người lao động"),
        (
            gettext_lazy(
                "%(employer)s: theo văn bản số %(number)s ngày %(letter_on)s, đề nghị đơn vị mời người lao "
                "động đăng ký giao dịch điện tử. Chưa được mời: %(many)s người."
            ),
            gettext_lazy(
                "Trang Mời đăng ký của đơn vị gửi được tin nhắn, e-mail, in được phiếu và áp phích."
            ),
        ),
        life=timedelta(days=7),
    ),
    "employer_correction_answered": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Cơ quan BHXH đã trả lời yêu cầu điều chỉnh"),
        (
            gettext_lazy("%(employer)s: yêu cầu %(number)s có trả lời lúc %(at)s."),
            gettext_lazy("Trang Đối chiếu số liệu cho biết mọi trả lời của cơ quan."),
        ),
    ),
    "employer_day_accepted": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Cơ quan BHXH đã nhận ngày đăng ký"),
        (
            gettext_lazy("%(employer)s: ngày đăng ký %(due)s tại đơn vị được nhận, cán bộ đến: %(officer)s."),
            gettext_lazy("Người lao động bây giờ chọn được giờ. Trang Ngày đăng ký cho biết ai đến lúc nào."),
        ),
    ),
    "employer_day_officer": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Cán bộ khác đến ngày đăng ký của đơn vị"),
        (
            gettext_lazy("%(employer)s: cán bộ đến ngày đăng ký %(due)s bây giờ là: %(officer)s."),
            gettext_lazy("Ngày, giờ và địa điểm vẫn như cũ."),
        ),
    ),
    "employer_day_declined": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Cơ quan BHXH không đến được ngày đăng ký"),
        (
            gettext_lazy("%(employer)s: ngày đăng ký %(due)s tại đơn vị không được nhận hoặc bị hủy."),
            gettext_lazy("Trang Ngày đăng ký cho biết lý do. Đơn vị có thể đề nghị ngày khác."),
        ),
    ),
    "registration_day_booked": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Đã hẹn giờ tại ngày đăng ký của đơn vị"),
        (
            gettext_lazy("Bạn hẹn lúc %(time)s, ngày %(due)s, tại %(place)s."),
            gettext_lazy("Hãy mang bản chính CCCD. Chưa gửi tờ khai thì hãy gửi trước ngày đó."),
        ),
    ),
    "registration_day_off": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Ngày đăng ký tại đơn vị đã bị hủy"),
        (
            gettext_lazy("Ngày đăng ký %(due)s không còn; giờ hẹn của bạn đã hủy."),
            gettext_lazy("Hồ sơ của bạn vẫn như cũ. Bạn có thể nộp tờ khai tại cơ quan BHXH."),
        ),
    ),
    "registration_day_soon": NoticeKind(
        Topic.APPLICATION,
        SILENT,
        gettext_lazy("Sắp đến giờ hẹn tại ngày đăng ký"),
        (
            gettext_lazy("Bạn hẹn lúc %(time)s, ngày %(due)s, tại %(place)s."),
            gettext_lazy("Hãy mang bản chính CCCD. Không đến được thì hãy hủy giờ để người khác hẹn."),
        ),
    ),
    "registration_day_named": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Bạn được cử đến ngày đăng ký tại đơn vị"),
        (
            gettext_lazy("%(employer)s: ngày %(due)s, từ %(time)s, tại %(place)s."),
            gettext_lazy("Từ ba ngày trước, trang Lưu động cho tải hồ sơ của ngày đó về máy."),
        ),
    ),
    "registration_day_replaced": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Cán bộ khác đến ngày đăng ký thay bạn"),
        (gettext_lazy("%(employer)s: ngày %(due)s, từ %(time)s, tại %(place)s. Bạn không phải đến nữa."),),
    ),
    "registration_day_ended": NoticeKind(
        Topic.DUTY,
        BY_EMAIL,
        gettext_lazy("Ngày đăng ký bạn được cử đến không còn"),
        (
            gettext_lazy(
                "%(employer)s: ngày %(due)s, từ %(time)s, tại %(place)s đã hủy hoặc được rút. "
                "Bạn không phải đến nữa."
            ),
        ),
    ),
}
