"""What a program may be allowed: OAuth scopes, in words for who allows it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """One kind of act of a program."""

    STAGES = "stages"
    DIFFERENCES = "differences"
    INVITE = "invite"


SENTENCES: Mapping[Scope, Any] = {
    Scope.STAGES: _("Xem người lao động của đơn vị và các bước của họ"),
    Scope.DIFFERENCES: _("Xem điểm khác nhau giữa tệp của đơn vị và dữ liệu BHXH"),
    Scope.INVITE: _("Mời người lao động đăng ký"),
}
