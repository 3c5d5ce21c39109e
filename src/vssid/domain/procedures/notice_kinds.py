"""The notices about a request."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import ALL, NoticeKind, Topic

NOTICES: dict[str, NoticeKind] = {
    "procedure_done": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Hồ sơ đã có kết quả"),
        (gettext_lazy("Hồ sơ %(number)s đã giải quyết xong lúc %(at)s. Xem kết quả trong hồ sơ."),),
    ),
    "procedure_refused": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Hồ sơ bị từ chối"),
        (
            gettext_lazy("Hồ sơ %(number)s bị từ chối."),
            gettext_lazy("Lý do và việc cần làm ghi trong hồ sơ. Bạn có thể gửi hồ sơ mới."),
        ),
    ),
    "procedure_more": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Hồ sơ cần bổ sung"),
        (
            gettext_lazy("Cơ quan BHXH cần bạn bổ sung hồ sơ %(number)s."),
            gettext_lazy("Thời hạn giải quyết được tính lại từ khi bạn gửi bổ sung."),
        ),
    ),
}
