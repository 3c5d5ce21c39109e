"""Staff and posts in the words of the console."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.posts.absences import BACK
from vssid.domain.accounts.posts.errors import AlreadyEnded, LastAdministrator, OutOfReach, OwnPost
from vssid.domain.accounts.posts.members import PostLine
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.offices.rights import ROLES, Role
from vssid.kernel.errors import DomainError

from ..casework.words import Words

STATES: dict[str, tuple[Words, str]] = {
    "holds": (gettext_lazy("Đang giữ"), "good"),
    "later": (gettext_lazy("Chưa bắt đầu"), "warn"),
    "over": (gettext_lazy("Hết ngày cuối"), "plain"),
    "ended": (gettext_lazy("Đã kết thúc"), "plain"),
}
DONE: dict[str, Words] = {
    "vi-tri": gettext_lazy("Đã giao vị trí."),
    "dien-thoai": gettext_lazy("Đã ghi số điện thoại của vị trí."),
    "het-vi-tri": gettext_lazy("Đã kết thúc vị trí. Hồ sơ đang xử lý trở lại danh sách chờ."),
    "vang-mat": gettext_lazy("Đã ghi vắng mặt."),
    "het-vang-mat": gettext_lazy("Đã ghi trở lại làm việc. Người làm thay hết vị trí làm thay."),
    "lam-thay": gettext_lazy("Đã cử người làm thay."),
    "ma-so": gettext_lazy("Đã ghi mã số BHXH."),
    "het": gettext_lazy("Đã kết thúc mọi vị trí. Mọi phiên đăng nhập đã đóng."),
}
REFUSALS = (AlreadyEnded, LastAdministrator, NotAllowed, OutOfReach, OwnPost)


@dataclass(frozen=True, slots=True)
class Line:
    """A post with its role and state in words."""

    post: PostLine
    role: Words
    state: Words
    pill: str
    why: Words

    @property
    def is_open(self) -> bool:
        """Can it still be ended?"""
        return self.post.state in ("holds", "later") and self.post.manageable


def line(post: PostLine) -> Line:
    """A post as lists show it."""
    state, pill = STATES[post.state]
    why = _("Người vắng mặt đã trở lại") if post.ended_why == BACK else post.ended_why
    return Line(post, ROLES[Role(post.role)], state, pill, why)


def refusal(refused: DomainError) -> str:
    """What to tell an administrator about one of the refusals."""
    if isinstance(refused, OwnPost):
        return _(
            "Bạn không tự giao vị trí cho mình và không tự kết thúc vị trí quản trị cuối cùng của mình. "
            "Hãy nhờ người quản trị khác."
        )
    if isinstance(refused, LastAdministrator):
        return _(
            "Đây là người quản trị cuối cùng ở cấp cao nhất. Hãy giao vị trí quản trị cho người khác trước."
        )
    if isinstance(refused, OutOfReach):
        offices = ", ".join(refused.offices)
        said = _(
            "Người này còn vị trí tại cơ quan ngoài phạm vi của bạn: %(offices)s. Hãy kết thúc từng vị trí."
        )
        return said % {"offices": offices}
    if isinstance(refused, NotAllowed):
        return _("Cơ quan này ngoài phạm vi quản trị của bạn.")
    return _("Việc này đã được làm trước đó. Hãy xem lại trang của người này.")


def activation_hours() -> int:
    """For how many hours the code opens the account."""
    return int(settings.ACTIVATION_LIFE.total_seconds() // 3600)
