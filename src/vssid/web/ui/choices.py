"""Choices and sentences that forms of several doors share."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from vssid.domain.places import queries as places

BAD_IMAGES: dict[str, str | Promise] = {
    "required": gettext_lazy("Hãy chụp hoặc chọn một ảnh."),
    "not_image": gettext_lazy("Tệp này không phải ảnh. Hãy chọn ảnh JPEG, PNG, WebP hoặc HEIC."),
    "too_big": gettext_lazy("Ảnh lớn hơn 10 MB. Hãy chụp lại ở chế độ thường hoặc chọn ảnh nhỏ hơn."),
    "too_many_pixels": gettext_lazy("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại ở chế độ thường."),
    "too_small": gettext_lazy("Ảnh quá nhỏ nên không đọc được chữ. Hãy chụp lại gần hơn."),
    "unreadable": gettext_lazy("Ảnh bị hỏng, chưa mở được. Hãy chụp lại hoặc chọn ảnh khác."),
}


def province_choices() -> list[tuple[Any, Any]]:
    """Every province, an empty choice first."""
    first = ("", _("Chọn tỉnh, thành phố…"))
    return [first, *((unit.code, unit.full_name) for unit in places.provinces())]


def commune_choices(province: str) -> list[tuple[Any, Any]]:
    """The communes of a province under the names of their districts until 2025-06-30, which people know."""
    units = places.communes_of(province) if province else []
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        groups.setdefault(unit.old_district, []).append((unit.code, unit.full_name))
    named: list[tuple[Any, Any]] = [
        (_("%(district)s (trước 7/2025)") % {"district": district} if district else _("Khác"), members)
        for district, members in groups.items()
    ]
    return [("", _("Chọn phường, xã…") if units else _("Chọn tỉnh, thành phố trước")), *named]
