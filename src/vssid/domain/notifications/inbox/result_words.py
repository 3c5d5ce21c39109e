"""What the notices about results and answers say; facts as in `words`: `number` as people say it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

NOT_YOU = gettext_lazy("Nếu không phải bạn, hãy gọi tổng đài 1900 9068.")

# Kind → title and paragraphs.
TEXTS: dict[str, tuple[str | Promise, tuple[str | Promise, ...]]] = {
    "procedure_done": (
        gettext_lazy("Hồ sơ đã có kết quả"),
        (gettext_lazy("Hồ sơ %(number)s đã giải quyết xong lúc %(at)s. Xem kết quả trong hồ sơ."),),
    ),
    "procedure_refused": (
        gettext_lazy("Hồ sơ bị từ chối"),
        (
            gettext_lazy("Hồ sơ %(number)s bị từ chối."),
            gettext_lazy("Lý do và việc cần làm ghi trong hồ sơ. Bạn có thể gửi hồ sơ mới."),
        ),
    ),
    "procedure_more": (
        gettext_lazy("Hồ sơ cần bổ sung"),
        (
            gettext_lazy("Cơ quan BHXH cần bạn bổ sung hồ sơ %(number)s."),
            gettext_lazy("Thời hạn giải quyết được tính lại từ khi bạn gửi bổ sung."),
        ),
    ),
    "ticket_answered": (
        gettext_lazy("Cơ quan BHXH đã trả lời"),
        (gettext_lazy("Phản ánh số %(number)s có trả lời lúc %(at)s. Bạn có thể viết tiếp ở đó."),),
    ),
    "family_approved": (
        gettext_lazy("Đã thêm con vào tài khoản"),
        (
            gettext_lazy("Hồ sơ %(number)s đã duyệt. Thẻ và quá trình của con nằm trong mục Gia đình."),
            NOT_YOU,
        ),
    ),
    "family_refused": (
        gettext_lazy("Hồ sơ của con không được duyệt"),
        (gettext_lazy("Hồ sơ %(number)s không được duyệt. Lý do và cách sửa ghi trong hồ sơ."),),
    ),
    "family_second": (
        gettext_lazy("Con có thêm người giám hộ"),
        (gettext_lazy("Lúc %(at)s, một người giám hộ nữa được duyệt xem hồ sơ của con bạn."), NOT_YOU),
    ),
    "family_ended": (
        gettext_lazy("Không còn xem được hồ sơ của con"),
        (gettext_lazy("Từ %(at)s, bạn không còn xem được hồ sơ của con."), NOT_YOU),
    ),
    "family_of_age": (
        gettext_lazy("Con đã đủ 18 tuổi"),
        (
            gettext_lazy("Con bạn đã đủ 18 tuổi nên bạn không còn xem được hồ sơ của con."),
            gettext_lazy("Con có thể tự đăng ký tài khoản."),
        ),
    ),
    "family_own": (
        gettext_lazy("Bạn đã đủ 18 tuổi"),
        (gettext_lazy("Người giám hộ không còn xem được hồ sơ của bạn."),),
    ),
    "trusted_named": (
        gettext_lazy("Đã thêm người tin cậy"),
        (gettext_lazy("Lúc %(at)s, người mà bạn chọn đã đồng ý nhận giúp mã xác nhận."), NOT_YOU),
    ),
    "trusted_used": (
        gettext_lazy("Mã đã gửi cả cho người tin cậy"),
        (gettext_lazy("Lúc %(at)s, mã của bạn được gửi cả đến điện thoại người tin cậy."), NOT_YOU),
    ),
}
