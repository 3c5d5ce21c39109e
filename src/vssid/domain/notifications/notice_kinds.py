"""The notices that the room itself raises: a dead address, a try-out."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy

from vssid.domain.notifications.inbox.kinds import Channel, NoticeKind, Topic

NOTICES: dict[str, NoticeKind] = {
    "address_dead": NoticeKind(
        Topic.SECURITY,
        frozenset({Channel.PUSH}),
        gettext_lazy("Tin của BHXH không đến được bạn"),
        (
            gettext_lazy("Lúc %(at)s, tin gửi đến %(to)s không đến được: nơi nhận báo không nhận tin."),
            gettext_lazy("Hãy xem mục Tài khoản: đổi số điện thoại, e-mail, hoặc báo rằng vẫn dùng được."),
        ),
    ),
    "test": NoticeKind(
        Topic.TEST,
        frozenset({Channel.PUSH}),
        gettext_lazy("Thông báo thử"),
        (gettext_lazy("Nếu thông báo này hiện trên máy của bạn thì thông báo đẩy đang hoạt động."),),
        life=timedelta(minutes=10),
    ),
}
