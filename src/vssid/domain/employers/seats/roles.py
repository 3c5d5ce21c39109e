"""What a role of an employer's HR may do: one table, as data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What somebody is at an employer."""

    ADMINISTRATOR = "administrator"
    CLERK = "clerk"
    READER = "reader"


class Act(StrEnum):
    """One kind of act at the employer's door."""

    READ = "read"
    WORK = "work"
    ADMINISTER = "administer"


ROLES: Mapping[Role, Any] = {
    Role.ADMINISTRATOR: _("Quản trị của đơn vị"),
    Role.CLERK: _("Nhân viên nhân sự"),
    Role.READER: _("Người chỉ xem"),
}
SENTENCES: Mapping[Act, Any] = {
    Act.READ: _("Xem người lao động của đơn vị và các bước của họ"),
    Act.WORK: _("Nạp tệp, gửi yêu cầu điều chỉnh, mời người lao động, in và nộp tờ khai"),
    Act.ADMINISTER: _("Thêm, kết thúc người làm nhân sự và đổi vai trò"),
}
_TABLE: Mapping[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset(Act),
    Role.CLERK: frozenset({Act.READ, Act.WORK}),
    Role.READER: frozenset({Act.READ}),
}


def acts_of(role: str, *, reads_only: bool = False) -> frozenset[Act]:
    """What the role may do; of an employer that is over (`reads_only`) only read. No role: nothing."""
    held = _TABLE[Role(role)] if role in set(Role) else frozenset()
    return held & {Act.READ} if reads_only else held
