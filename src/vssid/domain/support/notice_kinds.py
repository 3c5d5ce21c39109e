"""The notices about a message to an office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import ALL, NoticeKind, Topic

NOTICES: dict[str, NoticeKind] = {
    "ticket_answered": NoticeKind(
        Topic.RESULTS,
        ALL,
        gettext_lazy("Cơ quan BHXH đã trả lời"),
        (gettext_lazy("Phản ánh số %(number)s có trả lời lúc %(at)s. Bạn có thể viết tiếp ở đó."),),
    ),
}
