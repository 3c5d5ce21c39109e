"""Notices for HR people: what the office did with what the employer brought or sent. None names a worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import Channel, NoticeKind, Topic

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
}
