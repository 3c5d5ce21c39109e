"""The kinds of places in words, each with its list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from vssid.domain.directory.kinds import FACILITY, OFFICE, POINT
from vssid.web.ui.words.place_words import PAGES, SERVICES_OF, Words, list_address


@dataclass(frozen=True, slots=True)
class Listing:
    """One kind of place in words. `services` are what one may filter by; most offices have all of theirs, so
    that a row need not tell them."""

    kind: str
    title: Words
    about: Words
    label: Words
    example: str
    icon: str
    schema: str
    services: tuple[tuple[str, Words], ...]
    tells_services: bool = True

    @property
    def path(self) -> str:
        """Where the list stands."""
        return list_address(self.kind)

    @property
    def card_page(self) -> str:
        """The name of the page that gives a place as a contact."""
        return f"public:{PAGES[self.kind]}_card"


LISTINGS = {
    OFFICE: Listing(
        OFFICE,
        gettext_lazy("Cơ quan bảo hiểm xã hội"),
        gettext_lazy("Địa chỉ, điện thoại, giờ làm việc của cơ quan BHXH trên cả nước."),
        gettext_lazy("Tên cơ quan, phường, xã hoặc quận, huyện cũ"),
        "bhxh hong bang",
        "building",
        "GovernmentOffice",
        SERVICES_OF[OFFICE],
        tells_services=False,
    ),
    FACILITY: Listing(
        FACILITY,
        gettext_lazy("Cơ sở khám chữa bệnh"),
        gettext_lazy("Nơi khám bằng thẻ BHYT, nơi cấp giấy nghỉ việc hưởng BHXH."),
        gettext_lazy("Tên bệnh viện, phòng khám, trạm y tế hoặc nơi ở"),
        "bv da khoa, tyt hong bang",
        "heart",
        "Hospital",
        SERVICES_OF[FACILITY],
    ),
    POINT: Listing(
        POINT,
        gettext_lazy("Điểm thu, đại lý thu"),
        gettext_lazy("Nơi đóng BHXH tự nguyện và BHYT hộ gia đình."),
        gettext_lazy("Tên điểm thu, người phụ trách, phường, xã"),
        "buu cuc hong bang",
        "pin",
        "LocalBusiness",
        SERVICES_OF[POINT],
    ),
}
