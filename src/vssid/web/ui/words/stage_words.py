"""How far a worker is, as its HR and the office read it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.domain.employers.roster.stages import Stage

STAGES: Mapping[Stage, tuple[str | Promise, str]] = {
    Stage.NONE: (_("Chưa mời"), "plain"),
    Stage.INVITED: (_("Đã mời"), "plain"),
    Stage.STARTED: (_("Đang khai"), "wait"),
    Stage.SENT: (_("Đã gửi hồ sơ"), "wait"),
    Stage.HANDED_IN: (_("Đã nộp tờ khai"), "wait"),
    Stage.APPROVED: (_("Đã duyệt"), "good"),
    Stage.SIGNED_IN: (_("Đã đăng nhập"), "good"),
}
