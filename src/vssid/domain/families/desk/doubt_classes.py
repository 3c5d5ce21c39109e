"""The classes of doubts about a request for a child, and why it may be approved in spite of them [M]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.why import AGREED, Classes, DoubtClass

CLASSES: Classes = {
    "identity": DoubtClass(
        _("Lời khai khác dữ liệu BHXH của con"),
        {
            "register_old": _("Dữ liệu BHXH chưa cập nhật; giấy khai sinh bản chính đúng như lời khai"),
            "slip_of_pen": _("Người nộp khai nhầm; giấy khai sinh bản chính đúng như dữ liệu BHXH"),
            **AGREED,
        },
        ("full_name", "birth_date"),
    ),
    "household": DoubtClass(
        _("Chưa đối chiếu được hộ gia đình"),
        {
            "lives_apart": _("Cha, mẹ và con ở hai hộ; giấy khai sinh ghi đúng tên người nộp"),
            "household_old": _("Mã hộ gia đình chưa cập nhật; đã xem giấy tờ về nơi cư trú"),
            "appointed": _("Người giám hộ được cử; đã xem quyết định hoặc giấy xác nhận"),
            **AGREED,
        },
        ("household", "no_household"),
    ),
}
