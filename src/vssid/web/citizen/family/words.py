"""Requests for a child in words for the guardian."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vssid.domain.families.states import State

Words = str | Promise

STATES: dict[State, tuple[Words, str]] = {
    State.SUBMITTED: (gettext_lazy("Chờ duyệt"), "warn"),
    State.APPROVED: (gettext_lazy("Đã duyệt"), "good"),
    State.REFUSED: (gettext_lazy("Không được duyệt"), "bad"),
    State.WITHDRAWN: (gettext_lazy("Bạn đã rút"), "plain"),
}
RELATIONS: dict[str, Words] = {
    "mother": gettext_lazy("Mẹ"),
    "father": gettext_lazy("Cha"),
    "guardian": gettext_lazy("Người giám hộ"),
}
WRONG: dict[tuple[str, str], Words] = {
    ("code", "required"): gettext_lazy("Hãy nhập mã số BHXH của con."),
    ("code", "bad_code"): gettext_lazy(
        "Mã số BHXH có 10 hoặc 12 chữ số; số định danh có 12 chữ số. Hãy xem lại."
    ),
    ("code", "own"): gettext_lazy("Đây là mã số của chính bạn. Hãy nhập mã số của con."),
    ("full_name", "required"): gettext_lazy("Hãy nhập họ và tên của con."),
    ("full_name", "bad_name"): gettext_lazy("Họ tên chỉ gồm chữ, đủ dấu như trên giấy khai sinh."),
    ("birth_date", "required"): gettext_lazy("Hãy nhập ngày sinh của con."),
    ("birth_date", "bad_date"): gettext_lazy("Ngày chưa đúng. Hãy nhập ngày/tháng/năm, ví dụ 20/05/2018."),
    ("birth_date", "future"): gettext_lazy("Ngày sinh không thể sau hôm nay."),
    ("birth_date", "of_age"): gettext_lazy("Con đã đủ 18 tuổi nên tự đăng ký tài khoản của mình."),
    ("relation", "required"): gettext_lazy("Hãy chọn quan hệ của bạn với con."),
    ("relation", "bad_choice"): gettext_lazy("Hãy chọn quan hệ của bạn với con."),
    ("office_code", "bad_choice"): gettext_lazy("Hãy chọn một cơ quan trong danh sách."),
    ("commitment", "required"): gettext_lazy("Hãy đọc và đánh dấu cam kết trước khi gửi."),
}
FALLBACK = gettext_lazy("Mục này chưa đúng. Hãy xem lại.")
PAPERS: dict[str, tuple[Words, Words, str]] = {
    "birth": (
        gettext_lazy("Giấy khai sinh"),
        gettext_lazy("Chụp thẳng cả tờ giấy, đủ sáng, đọc được tên con và tên bạn."),
        "environment",
    ),
    "portrait": (
        gettext_lazy("Ảnh của con"),
        gettext_lazy("Con nhìn thẳng, thấy rõ khuôn mặt, nền sáng."),
        "environment",
    ),
}
DONE: dict[str, Words] = {
    "gui": gettext_lazy("Đã gửi hồ sơ. Kết quả được nhắn tin đến điện thoại của bạn."),
    "rut": gettext_lazy("Đã rút hồ sơ."),
    "ket-thuc": gettext_lazy("Đã ngừng theo dõi. Máy này không còn giữ thông tin của con."),
}


def wrong(field: str, code: str) -> Words:
    """The sentence for what is wrong with a field."""
    return WRONG.get((field, code), FALLBACK)
