"""By which way a request was mended, and why the register stays as it is. No official list is known: [M]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.reasons import Reason, by_code

AS_IT_IS = by_code(
    Reason(
        "papers_agree",
        _("Bản chính giấy tờ khớp với dữ liệu cơ quan BHXH"),
        _("Hãy xem lại giấy tờ của người lao động và sửa danh sách của đơn vị."),
    ),
    Reason(
        "papers_needed",
        _("Cần giấy tờ của người lao động để sửa"),
        _("Người lao động nộp đề nghị sửa thông tin kèm giấy tờ, trên ứng dụng hoặc tại cơ quan BHXH."),
    ),
    Reason(
        "report_needed",
        _("Cần đơn vị báo tăng, giảm hoặc điều chỉnh"),
        _("Đơn vị nộp hồ sơ báo tăng, giảm, điều chỉnh; dữ liệu đổi sau khi hồ sơ được giải quyết."),
    ),
    Reason(
        "another_office",
        _("Do cơ quan BHXH khác quản lý"),
        _("Hãy hỏi cơ quan BHXH đang quản lý người này; chuyên quản thu cho biết đó là cơ quan nào."),
    ),
)
WAYS = by_code(
    Reason("file", _("Đã nạp tệp dữ liệu có nội dung sửa"), _("Dữ liệu đổi khi tệp được xác nhận.")),
    Reason("request", _("Đã duyệt đề nghị sửa của người lao động"), _("Dữ liệu đã đổi theo quyết định.")),
    Reason("report", _("Đã giải quyết hồ sơ báo tăng, giảm của đơn vị"), _("Dữ liệu đổi ở lần nạp tới.")),
)
ALL = AS_IT_IS | WAYS
