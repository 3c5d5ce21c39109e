"""The classes of doubts about an application, and why it may be approved in spite of them [M]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.why import AGREED, Classes, DoubtClass

from ..desk.findings import CARD, DOUBLE, FORM, IMAGE, REGISTER

CLASSES: Classes = {
    CARD: DoubtClass(
        _("Tờ khai khác thẻ"),
        {
            "card_misread": _("Máy đọc thẻ sai; bản chính đúng như tờ khai"),
            "slip_of_pen": _("Người dân khai nhầm; bản chính đúng như dữ liệu BHXH"),
            **AGREED,
        },
    ),
    REGISTER: DoubtClass(
        _("Tờ khai khác dữ liệu BHXH"),
        {
            "register_old": _("Dữ liệu BHXH chưa cập nhật; bản chính đúng như tờ khai"),
            "phone_changed": _("Người dân đã đổi số điện thoại; đã gọi thử tại quầy"),
            "slip_of_pen": _("Người dân khai nhầm; bản chính đúng như dữ liệu BHXH"),
            **AGREED,
        },
    ),
    FORM: DoubtClass(
        _("Thông tin không khớp với số giấy tờ"),
        {
            "issued_so": _("Số giấy tờ được cấp đúng như vậy; đã đối chiếu bản chính"),
            **AGREED,
        },
    ),
    IMAGE: DoubtClass(
        _("Ảnh chưa đạt"),
        {
            "original_clear": _("Ảnh chưa rõ nhưng đã đối chiếu bản chính, đúng người"),
            "renewed_id": _("Giấy tờ trong ảnh hết hạn; đã đối chiếu bản chính giấy tờ mới"),
            **AGREED,
        },
    ),
    DOUBLE: DoubtClass(
        _("Dấu hiệu trùng với hồ sơ khác"),
        {
            "one_family": _("Người trong một gia đình dùng chung số điện thoại hoặc thiết bị"),
            "helped": _("Có người khai giúp; đã hỏi và đối chiếu bản chính"),
            "not_alike": _("Đã so sánh: hai ảnh của hai người khác nhau"),
            "sent_wrongly": _("Hồ sơ kia khai nhầm mã số hoặc đã bị từ chối"),
            "merge_asked": _("Cùng một người; đã chuyển đề nghị gộp mã số"),
            **AGREED,
        },
    ),
}
