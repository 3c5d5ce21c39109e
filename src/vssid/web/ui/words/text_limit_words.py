"""What is said when strangers have asked for as many texts as there are: until when, and the other ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vssid.kernel.calendar import VIETNAM

# The names of what is used up: of all, of the network, and of who does a sum instead of the browser's work.
NAMES = frozenset({"texts_all", "texts_network", "text_sum", "text_sum_near"})


def used_up(facts: Mapping[str, Any]) -> str:
    """The sentences by the facts of a Limited; nothing for another limit."""
    if facts.get("name") not in NAMES:
        return ""
    if facts["name"] == "texts_network":
        why = _(
            "Từ mạng bạn đang dùng đã có quá nhiều yêu cầu gửi tin nhắn, nên đến %(when)s không gửi thêm mã "
            "cho người chưa đăng nhập. Bạn có thể dùng mạng khác, ví dụ dữ liệu di động."
        )
    else:
        why = _(
            "Hiện có quá nhiều yêu cầu gửi tin nhắn, nên đến %(when)s không gửi thêm mã cho người "
            "chưa đăng nhập."
        )
    other = _(
        "Nội dung đã nhập không bị mất. Cách khác: dùng máy đã từng đăng nhập, nhận mã qua e-mail "
        "đã xác nhận, hoặc đến cơ quan BHXH; tổng đài 1900 9068."
    )
    when = facts["retry_at"].astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y")
    return f"{why % {'when': when}} {other}"
