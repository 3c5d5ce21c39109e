"""What HR reads of each fund."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FUNDS: Mapping[str, str] = {"bhxh": "BHXH", "bhtn": "BHTN", "tnld": "BHTNLĐ-BNN"}
# What unpaid months mean for the worker.
MEANING: Mapping[str, str | Promise] = {
    "bhxh": _("Tháng chưa ghi nhận đóng chưa được tính vào thời gian đóng để hưởng chế độ BHXH."),
    "bhtn": _("Tháng chưa ghi nhận đóng chưa được tính khi xét trợ cấp thất nghiệp."),
    "tnld": _(
        "Tháng chưa ghi nhận đóng chưa có trong quá trình tham gia quỹ tai nạn lao động, bệnh nghề nghiệp; "
        "khi có tai nạn, hãy hỏi ngay cơ quan BHXH."
    ),
}
