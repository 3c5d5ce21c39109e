"""What is said of a photo that a person sends: why it cannot be used, and what may be hard to see in it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

MOST = 10 * 1024 * 1024  # bytes of one photo

BAD_IMAGES: dict[str, str | Promise] = {
    "required": gettext_lazy("Hãy chụp hoặc chọn một ảnh."),
    "not_image": gettext_lazy("Tệp này không phải ảnh. Hãy chọn ảnh JPEG, PNG, WebP hoặc HEIC."),
    "too_big": gettext_lazy("Ảnh lớn hơn 10 MB. Hãy chụp lại ở chế độ thường hoặc chọn ảnh nhỏ hơn."),
    "too_many_pixels": gettext_lazy("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại ở chế độ thường."),
    "too_small": gettext_lazy("Ảnh quá nhỏ nên không đọc được chữ. Hãy chụp lại gần hơn."),
    "busy": gettext_lazy("Máy chủ đang đọc nhiều ảnh cùng lúc. Hãy thử lại sau ít giây, hoặc nhập tay."),
    "slow": gettext_lazy(
        "Chưa đọc được mã trong ảnh này. Hãy chụp gần hơn để mã chiếm phần lớn ảnh, nền trơn; hoặc nhập tay."
    ),
    "unreadable": gettext_lazy("Ảnh bị hỏng, chưa mở được. Hãy chụp lại hoặc chọn ảnh khác."),
}

PROBLEMS: dict[str, str | Promise] = {
    "blurred": gettext_lazy("Ảnh mờ. Lau ống kính, giữ chắc máy rồi chụp lại."),
    "dark": gettext_lazy("Ảnh tối. Hãy chụp nơi đủ sáng."),
    "glare": gettext_lazy("Ảnh bị lóa. Nghiêng thẻ hoặc tránh đèn chiếu thẳng."),
    "small": gettext_lazy("Ảnh nhỏ, chữ có thể khó đọc. Hãy chụp gần hơn."),
    "not_a_card": gettext_lazy("Chưa thấy thẻ trong ảnh. Đặt thẻ trên nền trơn, thấy đủ bốn góc."),
    "no_face": gettext_lazy(
        "Chưa thấy khuôn mặt. Mục này cần ảnh chân dung của bạn, không phải ảnh chụp giấy tờ:"
        " hãy nhìn thẳng, bỏ mũ và kính râm."
    ),
    "no_qr": gettext_lazy("Chưa đọc được mã QR ở mặt này. Thẻ đời cũ không có mã thì không sao."),
    "no_mrz": gettext_lazy("Chưa đọc được dòng mã ở mặt sau. Cán bộ sẽ trực tiếp kiểm tra."),
}
