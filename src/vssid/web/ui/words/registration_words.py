"""What is wrong with a field of a registration, by field and code; `*` is any field."""

from __future__ import annotations

from collections.abc import Sequence

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vssid.domain.registration.paper import printing
from vssid.kernel.errors import Invalid

WORDS: dict[tuple[str, str], str | Promise] = {
    ("bhxh_code", "required"): gettext_lazy("Hãy nhập mã số BHXH, in trên thẻ BHYT hoặc sổ BHXH."),
    ("bhxh_code", "bad_code"): gettext_lazy("Mã số BHXH có 10 hoặc 12 chữ số. Hãy xem lại trên thẻ BHYT."),
    ("full_name", "required"): gettext_lazy("Hãy nhập họ và tên như trên giấy tờ."),
    ("full_name", "bad_name"): gettext_lazy("Họ và tên chỉ gồm chữ cái, viết đủ dấu như trên giấy tờ."),
    ("full_name", "too_long"): gettext_lazy("Họ và tên dài tối đa 100 ký tự."),
    ("birth_date", "required"): gettext_lazy("Hãy nhập ngày sinh, ví dụ 02/01/1990."),
    ("birth_date", "bad_date"): gettext_lazy(
        "Ngày sinh chưa đúng. Hãy nhập theo thứ tự ngày/tháng/năm, ví dụ 02/01/1990."
    ),
    ("birth_date", "future"): gettext_lazy("Ngày sinh không thể sau hôm nay."),
    ("birth_date", "too_old"): gettext_lazy("Hãy xem lại năm sinh."),
    ("sex", "required"): gettext_lazy("Hãy chọn giới tính như trên giấy tờ."),
    ("sex", "bad_choice"): gettext_lazy("Hãy chọn giới tính như trên giấy tờ."),
    ("id_kind", "required"): gettext_lazy("Hãy chọn loại giấy tờ."),
    ("id_kind", "bad_choice"): gettext_lazy("Hãy chọn loại giấy tờ."),
    ("id_number", "required"): gettext_lazy("Hãy nhập số giấy tờ."),
    ("id_number", "bad_cccd"): gettext_lazy("Số CCCD, Căn cước có 12 chữ số."),
    ("id_number", "bad_passport"): gettext_lazy(
        "Số hộ chiếu gồm 1 đến 9 chữ cái không dấu và chữ số, ví dụ C1234567."
    ),
    ("issued_on", "required"): gettext_lazy("Hãy nhập ngày cấp, in ở mặt sau thẻ, ví dụ 20/05/2021."),
    ("issued_on", "bad_date"): gettext_lazy(
        "Ngày cấp chưa đúng. Hãy nhập theo thứ tự ngày/tháng/năm, ví dụ 20/05/2021."
    ),
    ("issued_on", "future"): gettext_lazy("Ngày cấp không thể sau hôm nay."),
    ("issued_on", "too_old"): gettext_lazy("Hãy xem lại năm cấp."),
    ("issued_on", "before_birth"): gettext_lazy("Ngày cấp phải sau ngày sinh. Hãy xem lại cả hai ngày."),
    ("phone", "required"): gettext_lazy(
        "Hãy nhập số điện thoại di động. Mã xác nhận và mật khẩu sẽ gửi đến số này."
    ),
    ("phone", "bad_phone"): gettext_lazy(
        "Hãy nhập số di động Việt Nam nhận được tin nhắn, ví dụ 0912 345 678."
    ),
    ("email", "bad_email"): gettext_lazy("E-mail cần có dạng ten@vidu.vn. Có thể để trống."),
    ("province_code", "required"): gettext_lazy("Hãy chọn tỉnh, thành phố."),
    ("province_code", "bad_choice"): gettext_lazy("Hãy chọn tỉnh, thành phố trong danh sách."),
    ("commune_code", "required"): gettext_lazy("Hãy chọn phường, xã."),
    ("commune_code", "bad_choice"): gettext_lazy("Hãy chọn phường, xã trong danh sách."),
    ("commune_code", "not_in_province"): gettext_lazy(
        "Phường, xã này không thuộc tỉnh đã chọn. Hãy chọn lại."
    ),
    ("street", "required"): gettext_lazy("Hãy nhập số nhà, đường hoặc thôn, xóm."),
    ("street", "too_long"): gettext_lazy("Địa chỉ dài tối đa 200 ký tự."),
    ("office_code", "required"): gettext_lazy("Hãy chọn một cơ quan BHXH để nộp tờ khai."),
    ("office_code", "bad_choice"): gettext_lazy("Cơ quan này hiện không nhận hồ sơ. Hãy chọn cơ quan khác."),
    ("card_number", "required"): gettext_lazy("Hãy nhập số thẻ, hoặc quét mã QR trên thẻ."),
    ("card_number", "bad_card_number"): gettext_lazy(
        "Số thẻ có 10 hoặc 12 chữ số; trên thẻ cũ là 15 ký tự như HC4310000000001."
    ),
    ("scan", "input_method"): gettext_lazy(
        "Bộ gõ tiếng Việt đã sửa mã vừa quét. Chuyển bàn phím sang tiếng Anh (tắt Unikey hoặc bộ gõ khác) "
        "rồi quét lại."
    ),
    ("scan", "bad_scan"): gettext_lazy(
        "Đây không phải mã QR của thẻ BHYT. Hãy quét lại, hoặc xóa ô này và nhập ba ô trên."
    ),
    ("commitment", "required"): gettext_lazy("Hãy đánh dấu cam kết trước khi gửi."),
    ("number", "required"): gettext_lazy("Hãy nhập số hồ sơ, ví dụ 00001/2026/03101."),
    ("*", "required"): gettext_lazy("Hãy điền mục này."),
    ("*", "too_long"): gettext_lazy("Nội dung quá dài."),
}
# A letter that form 01 cannot print is named, with what to write instead.
UNPRINTABLE: dict[str, str | Promise] = {
    "full_name": gettext_lazy(
        "Chữ %(letters)s không in được trên tờ khai. Hãy viết họ tên bằng chữ cái La-tinh như in trên "
        "giấy tờ."
    ),
    "email": gettext_lazy(
        "Chữ %(letters)s không in được trên tờ khai. Hãy viết e-mail bằng chữ cái không dấu, hoặc để trống."
    ),
    "street": gettext_lazy(
        "Chữ %(letters)s không in được trên tờ khai. Hãy viết địa chỉ bằng chữ tiếng Việt."
    ),
}
NAMED_LETTERS = 8
FALLBACK = gettext_lazy("Hãy xem lại mục này.")


def of(field: str, code: str) -> str | Promise:
    """The sentence for what is wrong with a field."""
    return WORDS.get((field, code)) or WORDS.get(("*", code)) or FALLBACK


def unprintable(field: str, letters: Sequence[str]) -> str:
    """The sentence for letters of a field that form 01 cannot print: which, and what to write instead."""
    named = ", ".join(letters[:NAMED_LETTERS]) + (", …" if len(letters) > NAMED_LETTERS else "")
    return str(UNPRINTABLE[field]) % {"letters": named}


def refuse(form: BaseForm, refused: Invalid) -> None:
    """Put the sentences beside the fields of a bound form."""
    form.is_valid()
    for field, code in refused.fields.items():
        letters = printing.lacking({field: form.data.get(field)}) if code == "unprintable" else {}
        sentence = unprintable(field, letters[field]) if letters else str(of(field, code))
        form.add_error(field if field in form.fields else None, sentence)
