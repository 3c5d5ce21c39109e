"""A synthetic Hải Phòng: offices, employers and facilities, as rows of import files.

No list of Hải Phòng's offices or facilities with codes is public (codes.md sections 1 and 7). Offices are
named as they are since September 2025 (a provincial one, and "BHXH cơ sở …" by communes, no districts [S]);
which ones there are, their codes and what they serve is invented and marked. Hồng Bàng is the office of the
letter of 2021 that the example tells of. Facility codes have the province number 99, which no province has.
"""

from __future__ import annotations

from random import Random

from vssid.domain.places import queries as places

PROVINCE = "31"
# The head of the tree: who has a post there reaches the whole country. Code and address are invented.
HEAD, HEAD_NAME, CAPITAL = "00000", "BHXH Việt Nam (mẫu)", "01"
Row = dict[str, object]
_HOURS = "2-6 07:30-11:30 13:30-17:00"
_SEATS = (
    # code, name, seat commune, former districts served
    ("03101", "BHXH cơ sở Hồng Bàng", "11311", ("Quận Hồng Bàng",)),
    ("03102", "BHXH cơ sở Ngô Quyền", "11341", ("Quận Ngô Quyền",)),
    ("03103", "BHXH cơ sở Lê Chân", "11383", ("Quận Lê Chân",)),
    ("03104", "BHXH cơ sở Hải An", "11413", ("Quận Hải An",)),
    ("03105", "BHXH cơ sở Kiến An", "11443", ("Quận Kiến An", "Huyện An Lão")),
    ("03106", "BHXH cơ sở Đồ Sơn", "11455", ("Quận Đồ Sơn", "Quận Dương Kinh", "Huyện Kiến Thuỵ")),
    ("03107", "BHXH cơ sở Thuỷ Nguyên", "11560", ("Thành phố Thuỷ Nguyên",)),
    ("03108", "BHXH cơ sở An Dương", "11581", ("Quận An Dương",)),
    ("03109", "BHXH cơ sở Vĩnh Bảo", "11824", ("Huyện Vĩnh Bảo", "Huyện Tiên Lãng")),
    ("03110", "BHXH cơ sở Cát Hải", "11914", ("Huyện Cát Hải",)),
    (
        "03111",
        "BHXH cơ sở Hải Dương",
        "10525",
        (
            *(
                "Thành phố Hải Dương",
                "Thành phố Chí Linh",
                "Thị xã Kinh Môn",
                "Huyện Nam Sách",
                "Huyện Kim Thành",
            ),
            *("Huyện Thanh Hà", "Huyện Cẩm Giàng", "Huyện Bình Giang", "Huyện Gia Lộc", "Huyện Tứ Kỳ"),
            *("Huyện Ninh Giang", "Huyện Thanh Miện"),
        ),
    ),
)
_TRADES = (
    "May mặc", "Cơ khí", "Vận tải biển", "Thép", "Điện tử", "Da giày", "Thủy sản", "Xây dựng", "Thương mại",
    "Logistics", "Nhựa", "Bao bì", "Dược phẩm",
)  # fmt: skip
_BRANDS = (
    "Sao Mai",
    "Hoa Phượng",
    "Cửa Biển",
    "Tam Bạc",
    "Đồng Tâm",
    "Bình Minh",
    "Bạch Đằng Xanh",
    "Sông Cấm",
)
_FIXED_EMPLOYERS = (
    ("TZ0001A", "Công ty TNHH Sao Mai (mẫu)", "03101"),
    ("TZ0002A", "Công ty Cổ phần Hoa Phượng (mẫu)", "03101"),
    ("TZ0003B", "Công ty TNHH Cửa Biển (mẫu)", "03102"),
    ("HC0001A", "Trường Tiểu học Hoa Phượng (mẫu)", "03101"),
)
# By the last digit of an invented code; nearly all pay each month, of some it is not known.
_CYCLES = {"7": "quarterly", "8": "half_yearly", "9": ""}
_FACILITIES = (
    ("99001", "Bệnh viện Đa khoa Hoa Phượng (mẫu)", "11311"),
    ("99002", "Bệnh viện Đa khoa Cửa Biển (mẫu)", "11341"),
    ("99003", "Bệnh viện Trẻ em Sao Mai (mẫu)", "11443"),
    ("99004", "Bệnh viện Phụ sản Bình Minh (mẫu)", "11383"),
    ("99005", "Trung tâm Y tế khu vực Bạch Đằng Xanh (mẫu)", "11560"),
    ("99006", "Trung tâm Y tế khu vực Sông Cấm (mẫu)", "11581"),
    ("99007", "Bệnh viện Đa khoa Tam Bạc (mẫu)", "10525"),
    ("99A01", "Trạm Y tế phường Mẫu Một (mẫu)", "11311"),
    ("99A02", "Trạm Y tế phường Mẫu Hai (mẫu)", "11413"),
    ("99A03", "Trạm Y tế xã Mẫu Ba (mẫu)", "11824"),
)


def offices() -> list[Row]:
    """The head office, the province office and eleven below it."""
    return [_head(), _office("03100", "BHXH thành phố Hải Phòng", "11311", (), parent=HEAD)] + [
        _office(code, name, seat, districts, parent="03100") for code, name, seat, districts in _SEATS
    ]


def _head() -> Row:
    seat = places.communes_of(CAPITAL)[0].code
    return _office("03100", "", "11311", (), parent="") | {
        "code": HEAD,
        "name": HEAD_NAME,
        "address": places.address_line("Số 1 phố Mẫu", seat, CAPITAL),
        "phone": "024 0000 0000",
        "province_code": CAPITAL,
        "receives_applications": 0,
    }


def _office(code: str, name: str, seat: str, districts: tuple[str, ...], *, parent: str) -> Row:
    served = [unit.code for unit in places.communes_of(PROVINCE) if unit.old_district in districts]
    return {
        "code": code,
        "parent_code": parent,
        "name": f"{name} (mẫu)",
        "address": places.address_line("Số 1 phố Mẫu", seat, PROVINCE),
        "phone": f"0225 0000 {code[2:]}",
        "hours": _HOURS if not districts or code == "03110" else f"{_HOURS}; 7 07:30-11:30",
        "province_code": PROVINCE,
        "communes": " ".join(served),
        "old_districts": " | ".join(districts),
        "receives_applications": 1,
        "is_synthetic": 1,
        "mark": "[?]",
    }


def office_of(commune_code: str) -> str:
    """The code of the office that serves a commune; the province office when none does."""
    district = places.commune(commune_code).old_district
    return next((code for code, _, _, districts in _SEATS if district in districts), "03100")


def employers(rng: Random, count: int = 40) -> list[Row]:
    """Employers, at most 9999; the first is Sao Mai."""
    rows = [employer(*fixed, rng) for fixed in _FIXED_EMPLOYERS]
    for number in range(len(rows) + 1, count + 1):
        at = rng.randrange(len(_SEATS))
        kind, words = rng.choice((("TZ", "Công ty TNHH"), ("TZ", "Công ty Cổ phần"), ("CZ", "Hộ kinh doanh")))
        name = f"{words} {rng.choice(_TRADES)} {rng.choice(_BRANDS)} {number} (mẫu)"
        rows.append(employer(f"{kind}{number:04d}{chr(ord('A') + at)}", name, _SEATS[at][0], rng))
    return rows


def employer(code: str, name: str, office: str, rng: Random) -> Row:
    """One employer of an office, none of them real."""
    seat = next(seat for known, _, seat, _ in _SEATS if known == office)
    address = places.address_line(f"Lô {rng.randint(1, 40)} khu Mẫu", seat, PROVINCE)
    return {
        "code": code,
        "name": name,
        "address": address,
        "office_code": office,
        "tax_code": _tax_code(code),
        "paying_cycle": paying_cycle(code),
        "industry": _industry(name),
        # Of every other one none is known. The domain is one that nobody may own.
        "email": f"vanthu.{code.lower()}@example.com" if int(code[2:6]) % 2 else "",
        "is_synthetic": 1,
    }


def _industry(name: str) -> str:
    """By a word of the name; of the rest it is not known."""
    return next((trade for trade in (*_TRADES, "Trường") if trade in name), "").replace("Trường", "Giáo dục")


def _tax_code(code: str) -> str:
    """Invented: no tax code begins with 00 [M]. That of a household business is a person's number."""
    return "" if code.startswith("CZ") else f"00{int(code[2:6]):07d}{int(code.startswith('HC'))}"


def facilities() -> list[Row]:
    """Hospitals and stations, none of them real."""
    return [
        {
            "code": code,
            "name": name,
            "address": places.address_line("Số 9 phố Mẫu", seat, PROVINCE),
            "province_code": PROVINCE,
            "is_synthetic": 1,
        }
        for code, name, seat in _FACILITIES
    ]


def paying_cycle(employer: str) -> str:
    """How often an invented employer pays; empty where the register does not know."""
    return _CYCLES.get(employer[5], "monthly")
