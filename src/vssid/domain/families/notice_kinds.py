"""The notices about a request for a child."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import ALL, NoticeKind, Topic

CALL = gettext_lazy("Nếu không phải bạn, hãy gọi tổng đài 1900 9068.")

NOTICES: dict[str, NoticeKind] = {
    "family_approved": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Đã thêm con vào tài khoản"),
        (
            gettext_lazy("Hồ sơ %(number)s đã duyệt. Thẻ và quá trình của con nằm trong mục Gia đình."),
            CALL,
        ),
    ),
    "family_refused": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Hồ sơ của con không được duyệt"),
        (gettext_lazy("Hồ sơ %(number)s không được duyệt. Lý do và cách sửa ghi trong hồ sơ."),),
    ),
}
