"""Places of the directory in words, and their public addresses, for the doors that show them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vssid.domain.directory.kinds import FACILITY, OFFICE, POINT

Words = str | Promise

# The names of the lists; `{name}_one` is the page of a place of it.
PAGES = {OFFICE: "offices", FACILITY: "facilities", POINT: "points"}
# What one may ask for at each kind, and what the public may filter by.
SERVICES_OF: dict[str, tuple[tuple[str, Words], ...]] = {
    OFFICE: (
        ("registration", gettext_lazy("Nhận hồ sơ đăng ký")),
        ("payment", gettext_lazy("Thu, chi trả")),
        ("card", gettext_lazy("Cấp, đổi thẻ BHYT")),
        ("record", gettext_lazy("Xác nhận quá trình đóng")),
    ),
    FACILITY: (
        ("bhyt", gettext_lazy("Ký hợp đồng khám BHYT")),
        ("leave_papers", gettext_lazy("Cấp giấy nghỉ việc hưởng BHXH")),
    ),
    POINT: (
        ("voluntary_bhxh", gettext_lazy("BHXH tự nguyện")),
        ("household_bhyt", gettext_lazy("BHYT hộ gia đình")),
    ),
}
SERVICES: dict[str, Words] = {code: words for offered in SERVICES_OF.values() for code, words in offered}
LEVELS: dict[str, Words] = {
    "initial": gettext_lazy("Cấp ban đầu"),
    "basic": gettext_lazy("Cấp cơ bản"),
    "specialised": gettext_lazy("Cấp chuyên sâu"),
}


def list_address(kind: str) -> str:
    """Where the places of a kind are listed."""
    return reverse(f"public:{PAGES[kind]}")


def place_address(kind: str, code: str) -> str:
    """The page of one place."""
    return reverse(f"public:{PAGES[kind]}_one", args=[code])
