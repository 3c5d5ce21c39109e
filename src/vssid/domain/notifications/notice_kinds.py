"""The notices that the room itself raises: a dead address, a cap that is nearly used up, a try-out."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.notifications.caps import words as cap_words
from vssid.domain.notifications.inbox.kinds import Channel, Facts, NoticeKind, Topic


def _cap(facts: Facts) -> list[str]:
    said = {"scope": cap_words.of(facts["scope"]), "used": facts["used"], "most": facts["most"]}
    return [
        _("%(scope)s: đã gửi %(used)s trên mức trần %(most)s.") % said,
        _("Hết mức trần thì tin đi bằng kênh khác hoặc chờ đến 0 giờ hôm sau."),
    ]


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
    "sms_cap_near": NoticeKind(
        Topic.DUTY,
        frozenset({Channel.EMAIL}),
        gettext_lazy("Sắp hết mức trần tin nhắn trong ngày"),
        compose=_cap,
    ),
    "sms_cap_used_up": NoticeKind(
        Topic.DUTY,
        frozenset({Channel.EMAIL}),
        gettext_lazy("Đã hết mức trần tin nhắn trong ngày"),
        compose=_cap,
    ),
    "test": NoticeKind(
        Topic.TEST,
        frozenset({Channel.PUSH}),
        gettext_lazy("Thông báo thử"),
        (gettext_lazy("Nếu thông báo này hiện trên máy của bạn thì thông báo đẩy đang hoạt động."),),
        life=timedelta(minutes=10),
    ),
}
