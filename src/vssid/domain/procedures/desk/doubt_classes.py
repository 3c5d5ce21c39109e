"""The classes of doubts about a request, and why it may be approved in spite of them [M]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.why import AGREED, Classes, DoubtClass

CLASSES: Classes = {
    "number": DoubtClass(
        _("Thông tin không khớp với số CCCD"),
        {
            "issued_so": _("Số giấy tờ được cấp đúng như vậy; đã đối chiếu bản chính"),
            **AGREED,
        },
    ),
    "person": DoubtClass(
        _("Có thể là người khác"),
        {
            "birth_paper": _("Đã đối chiếu giấy khai sinh bản chính, đúng là một người"),
            "court_paper": _("Có quyết định của cơ quan hộ tịch; đã đối chiếu bản chính"),
            **AGREED,
        },
    ),
    "repeated": DoubtClass(
        _("Vừa giải quyết một hồ sơ cùng loại"),
        {
            "done_wrongly": _("Kết quả lần trước còn sai, cần làm lại"),
            "new_need": _("Việc mới, khác lần trước; đã hỏi người dân"),
            **AGREED,
        },
    ),
    "card": DoubtClass(
        _("Thẻ BHYT hôm nay không còn giá trị"),
        {
            "paid_on": _("Đã đóng tiếp, dữ liệu chưa cập nhật; đã xem biên lai"),
            **AGREED,
        },
    ),
    "facility": DoubtClass(
        _("Cơ sở khám chữa bệnh cần xem lại"),
        {
            "facility_agreed": _("Đã hỏi cơ sở: có nhận người này"),
            "list_old": _("Danh bạ chưa cập nhật; có văn bản về cơ sở này"),
            **AGREED,
        },
    ),
}
