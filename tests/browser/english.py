"""What an English page may still say in Vietnamese: names, what is printed on paper, what people typed."""

from __future__ import annotations

import re
from typing import Any

from tests.architecture.messages import VIETNAMESE
from tests.making.employers_of_the_register import ADDRESS
from tests.making.employers_of_the_register import NAMES as EMPLOYERS
from tests.making.families import AN, CHILD, GIA
from vssid.domain.places import queries as places
from vssid.web.ui.templatetags.ui import SPOKEN

NAMES = (
    *("Nguyễn Thị Lan", "Nguyễn Thị Lam", "Nguyễn Thị Lân", "Trần Văn Bình", "Trần Văn Tuấn"),
    *("Tiếng Việt", "Việt Nam", "VssID mở", "Sở mẫu", "Ho, sốt", "Rơi ở chợ", "Căn cước"),
    *("BHXH quận Hồng Bàng (mẫu)", "BHXH 03101 (mẫu)", "1 Phố Mẫu, phường Hồng Bàng, Hải Phòng"),
    *("Công ty TNHH Sao Mai", "Công ty Cổ phần Dệt may Xuất khẩu Bạch Đằng Hải Phòng"),
    *(
        "Công nhân may",
        "Thợ phụ",
        "BS. Mẫu",
        "Trạm y tế Mẫu Một",
        "Bệnh viện Mẫu Hai",
        "Bưu cục phường Hồng Bàng (mẫu)",
    ),
    *(f"BHXH {code} (mẫu)" for code in ("03100", "03102", "02200", "02201")),
    *(*(f"Công ty TZ000{number}A (mẫu)" for number in range(6)), "Kế hoạch mẫu quý IV"),
    *("Số 12, ngõ 45", "Số 12", "Số 9", "1 Phố Mẫu", "2 Phố Mẫu"),
    "5 Phố Mẫu, phường Hồng Bàng, Hải Phòng",
    *EMPLOYERS.values(),
    ADDRESS,
    *(who.full_name for who in (AN, GIA, CHILD)),
)
# What is read or heard: texts, labels, the words scripts will show; not what is marked as Vietnamese, and not
# the advice an officer sends on to an applicant.
SAID = """() => {
  const said = [document.title, document.querySelector('meta[name=description]')?.content || ''];
  const attributes = ['aria-label', 'alt', 'title', 'placeholder'];
  for (const part of document.querySelectorAll('body, body *')) {
    if (part.closest('[lang=vi], script')) continue;
    for (const child of part.childNodes) if (child.nodeType === Node.TEXT_NODE) said.push(child.data);
    for (const {name, value} of part.attributes)
      if (attributes.includes(name) || (name.startsWith('data-') && name !== 'data-advice')) said.push(value);
  }
  return said;
}"""


def _allowed() -> re.Pattern[str]:
    communes = places.communes_of("31")
    areas = {area.full_name for area in places.provinces()}
    areas |= {name for area in communes for name in (area.full_name, area.old_district)}
    known = {*NAMES, *SPOKEN, *areas} - {""}
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


ALLOWED = _allowed()


def left_in_vietnamese(page: Any) -> list[str]:
    """What the page still says in Vietnamese."""
    return [text.strip() for text in page.evaluate(SAID) if VIETNAMESE.search(ALLOWED.sub("", text))]
