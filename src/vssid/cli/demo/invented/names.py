"""Vietnamese names and streets for invented people."""

from __future__ import annotations

from random import Random

# By how often they are met, roughly.
FAMILY = (
    *["Nguyễn"] * 30, *["Trần"] * 11, *["Lê"] * 9, *["Phạm"] * 8, *["Hoàng"] * 5, *["Vũ"] * 5, *["Bùi"] * 4,
    *["Đỗ"] * 4, *["Đặng"] * 3, *["Ngô"] * 2, *["Dương"] * 2, *["Đào"] * 2, *["Lương"] * 2,
    "Phan", "Võ", "Hồ", "Lý", "Đinh", "Trịnh", "Mai", "Tô", "Cao", "Khúc", "Đoàn", "Quách",
    "Âu Dương", "Tôn Nữ",
)  # fmt: skip
MALE_MIDDLE = (
    "Văn",
    "Văn",
    "Đức",
    "Minh",
    "Quang",
    "Hữu",
    "Xuân",
    "Thế",
    "Công",
    "Ngọc",
    "Tuấn",
    "Duy",
    "",
    "Gia",
)
FEMALE_MIDDLE = (
    "Thị",
    "Thị",
    "Thị Thu",
    "Thị Ngọc",
    "Ngọc",
    "Thu",
    "Phương",
    "Khánh",
    "Thị Kim",
    "Bích",
    "",
    "Thùy",
)
MALE = (
    "Anh", "Bình", "Cường", "Dũng", "Đạt", "Đông", "Hải", "Hiếu", "Hòa", "Hùng", "Huy", "Khải", "Khoa",
    "Kiên", "Lâm", "Long", "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Quý", "Sơn", "Tài",
    "Thắng", "Thành", "Thịnh", "Tiến", "Toàn", "Trung", "Thông tin", "Tú", "Tuấn", "Tùng", "Việt", "Vinh",
    "Vượng",
)  # fmt: skip
FEMALE = (
    "An", "Anh", "Ánh", "Bích", "Châu", "Chi", "Diễm", "Dung", "Duyên", "Giang", "Hà", "Hằng", "Hạnh",
    "Hiền", "Hoa", "Hồng", "Huế", "Hương", "Huyền", "Lan", "Liên", "Linh", "Loan", "Ly", "Mai", "My",
    "Nga", "Ngân", "Nhung", "Oanh", "Phượng", "Quỳnh", "Thảo", "Thủy", "Trang", "Tuyết", "Uyên", "Vân",
    "Xuân", "Yến",
)  # fmt: skip
RARE = ("Y", "Lò", "Tôn Nữ Hoàng Thị Phương Khánh Quỳnh", "Nguyễn Phúc Bảo Hoàng Đăng Khoa", "Ksor H'Bia")
STREETS = (
    "Điện Biên Phủ", "Lạch Tray", "Cầu Đất", "Trần Phú", "Hoàng Văn Thụ", "Quang Trung", "Lê Lợi",
    "Tô Hiệu", "Nguyễn Đức Cảnh", "Trường Chinh", "Hai Bà Trưng", "Đà Nẵng", "Văn Cao",
    "Trần Nguyên Hãn", "Chợ Hàng",
)  # fmt: skip


def full_name(rng: Random, sex: int, family: str = "") -> str:
    """A name for a man (1) or a woman (2), of a family if given; now and then of one word or very long."""
    if not family and rng.random() < 0.004:
        return rng.choice(RARE)
    middle, given = (MALE_MIDDLE, MALE) if sex == 1 else (FEMALE_MIDDLE, FEMALE)
    return " ".join(filter(None, (family or rng.choice(FAMILY), rng.choice(middle), rng.choice(given))))


def family_of(name: str) -> str:
    """The family name that children take over."""
    return next((double for double in ("Âu Dương", "Tôn Nữ") if name.startswith(double)), name.split()[0])


def street(rng: Random) -> str:
    """A house number and a street."""
    lane = f"Ngõ {rng.randint(2, 300)} " if rng.random() < 0.3 else ""
    return f"Số {rng.randint(1, 250)} {lane}{rng.choice(STREETS)}"
