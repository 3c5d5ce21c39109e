"""What a notice says, in the reader's language. Facts are JSON: days and moments as ISO text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.calendar import VIETNAM

from . import account_words, result_words

Facts = Mapping[str, Any]
Words = str | Promise
NEW = gettext_lazy("Có thông báo mới")
"""All that Web Push says: what lies on a locked screen is for anyone's eyes."""

# Kind → title and paragraphs.
TEXTS: dict[str, tuple[Words, tuple[Words, ...]]] = {
    "application_received": (
        gettext_lazy("Đã nhận hồ sơ đăng ký"),
        (
            gettext_lazy("Hồ sơ số %(number)s đã được nhận lúc %(at)s."),
            gettext_lazy(
                "Hãy mang tờ khai đã ký và bản chính giấy tờ đến %(office)s, chậm nhất ngày %(due)s."
            ),
            gettext_lazy("Nếu bạn không gửi hồ sơ này, hãy gọi tổng đài 1900 9068."),
        ),
    ),
    "application_approved": (
        gettext_lazy("Hồ sơ đăng ký đã được duyệt"),
        (
            gettext_lazy(
                "Hồ sơ số %(number)s đã được duyệt lúc %(at)s. Tài khoản của bạn dùng được từ lúc này."
            ),
        ),
    ),
    "application_refused": (
        gettext_lazy("Hồ sơ đăng ký không được duyệt"),
        (
            gettext_lazy("Hồ sơ số %(number)s không được duyệt."),
            gettext_lazy("Hãy tra cứu bằng số hồ sơ và số điện thoại để xem lý do và cách sửa, rồi gửi lại."),
        ),
    ),
    "application_expired": (
        gettext_lazy("Hồ sơ đăng ký đã hết hạn"),
        (
            gettext_lazy("Hồ sơ số %(number)s đã hết hạn vì chưa đối chiếu bản chính giấy tờ."),
            gettext_lazy("Bạn có thể nộp hồ sơ mới, không cần khai lại từ đầu."),
        ),
    ),
    "application_withdrawn": (
        gettext_lazy("Hồ sơ đăng ký đã được rút"),
        (
            gettext_lazy("Hồ sơ số %(number)s đã được rút theo yêu cầu."),
            gettext_lazy("Nếu bạn không rút hồ sơ này, hãy gọi tổng đài 1900 9068."),
        ),
    ),
    "arrears": (gettext_lazy("Tháng chưa ghi nhận đóng bảo hiểm"), ()),
    "test": (
        gettext_lazy("Thông báo thử"),
        (gettext_lazy("Nếu thông báo này hiện trên máy của bạn thì thông báo đẩy đang hoạt động."),),
    ),
    **account_words.TEXTS,
    **result_words.TEXTS,
}
FUNDS = {"bhxh": "BHXH", "bhtn": "BHTN", "tnld": "BHTNLĐ-BNN"}


def title(kind: str) -> str:
    """The line in the list."""
    return str(TEXTS[kind][0])


def paragraphs(kind: str, facts: Facts) -> list[str]:
    """The whole notice. A missing fact is a KeyError."""
    if kind == "arrears":
        return _arrears(facts)
    return [str(text) % written(facts) for text in TEXTS[kind][1]]


def written(facts: Facts) -> dict[str, str]:
    """Each fact as people write it."""
    return {name: _written(name, value) for name, value in facts.items()}


def _written(name: str, value: Any) -> str:
    if name == "at":
        return f"{datetime.fromisoformat(value).astimezone(VIETNAM):%H:%M, %d/%m/%Y}"
    if name in {"due", "close"}:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(value) or _("thiết bị chưa xác định")


def _arrears(facts: Facts) -> list[str]:
    """As the insurer's own monthly notice is laid out; amounts are not in the register."""
    lines = []
    for employer in facts["employers"]:
        who = {"name": employer["name"], "code": employer["code"]}
        lines.append(_("Thời gian chưa ghi nhận đóng tại đơn vị %(code)s - %(name)s:") % who)
        lines += [_fund(fund) for fund in employer["funds"]]
    lines.append(_("Hãy hỏi phòng nhân sự của đơn vị. Cần giúp, hãy gọi tổng đài 1900 9068."))
    return lines


def _fund(fund: Facts) -> str:
    first, last = (f"{date.fromisoformat(fund[end]):%m/%Y}" for end in ("first", "last"))
    facts = {"fund": FUNDS[fund["scheme"]], "first": first, "last": last}
    if fund.get("late"):
        return _("%(fund)s: từ tháng %(first)s đến tháng %(last)s (đã quá hạn đóng)") % facts
    return _("%(fund)s: từ tháng %(first)s đến tháng %(last)s") % facts
