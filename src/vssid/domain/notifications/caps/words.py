"""What a cap is of, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..inbox.kinds import KINDS
from .spending import CODES, KIND, OTHERS, PHONE

SCOPES: dict[str, str | Promise] = {
    CODES: gettext_lazy("Mã và mật khẩu, cả nước một ngày"),
    OTHERS: gettext_lazy("Tin khác, cả nước một ngày"),
    PHONE: gettext_lazy("Một số điện thoại, một ngày"),
}


def of(scope: str) -> str:
    """Of a kind its notice's title, or its code where it tells of no notice."""
    if scope in SCOPES:
        return str(SCOPES[scope])
    kind = scope.removeprefix(KIND)
    return _("Loại tin: %(kind)s") % {"kind": KINDS[kind].title if kind in KINDS else kind}
