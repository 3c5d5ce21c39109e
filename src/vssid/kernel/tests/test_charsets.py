"""Text that was read in a wrong charset is mended when that is certain, else known as broken."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel import charsets

NAMES = [
    "Vũ Thị Dịu", "Nguyễn Văn Mẫu", "ĐỖ HÒA", "H’Hương Ayŭn", "Trần Thị Ái Nhi", "Lê Á", "Ngô Đức Ước", "Vũ",
    "Phan À Í Đ", "Trần Thị Thúy", "Y Ƀhuăn Êban", "Hà", "1 Phố Mẫu, Hồng Bàng, Hải Phòng", "Nguyễn Thị Trà",
]  # fmt: skip
VIETNAMESE = st.text(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "ĐÂĂÊÔƠƯÀÁÃÒÓÝỐỒẠ ",
    max_size=12,
)


def misread(name: str, charset: str) -> str:
    """As phones and browsers do: what the charset leaves open stays the control character it is."""
    return "".join(_letter(byte, charset) for byte in name.encode())


def _letter(byte: int, charset: str) -> str:
    try:
        return bytes([byte]).decode(charset)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("charset", ["cp1252", "latin-1", "mac_roman", "cp437", "cp850"])
def test_a_wrong_charset_is_undone(name, charset):
    assert charsets.mended(misread(name, charset)) == name
    assert charsets.mended(misread(misread(name, "cp1252"), "cp1252")) == name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("charset", ["shift_jis", "gb18030", "euc_kr", "big5", "ascii", "cp874", "cp1258"])
def test_what_a_charset_destroyed_is_never_taken_for_a_name(name, charset):
    try:
        read = name.encode().decode(charset)
    except UnicodeDecodeError:
        read = name.encode().decode(charset, "replace")
    assert charsets.mended(read) in (None, name)


@pytest.mark.parametrize("name", ["Nguyễn Thị Đào", "Ngô Đức Ước", "Trần Thị Ái", "Phạm Thị Hà"])
def test_what_lost_the_letters_nobody_sees_is_not_mended(name):
    lost = "".join(sign for sign in misread(name, "cp1252") if sign.isprintable() and sign != "\xad")
    assert charsets.mended(lost) in (None, name)
    assert charsets.mended(lost) != lost


@pytest.mark.parametrize(
    "name",
    [*NAMES, "김민수", "田中太郎", "José Ñuñez", "Müller", "Ångström", "Иванов", "Y Ê’Ban", "LÊ ÂN", "BÃ",
     "10 °C", "Bà Rịa – Vũng Tàu", "‘Số 5’ phố Cá’", "nguyỄn vĂn Ân", "Ðỗ"],
)  # fmt: skip
def test_what_people_write_stays(name):
    assert charsets.mended(name) == name
    assert charsets.mended(unicodedata.normalize("NFD", name)) == unicodedata.normalize("NFD", name)


@given(VIETNAMESE)
def test_no_vietnamese_text_is_taken_for_broken_and_each_comes_back(name):
    assert not charsets.is_broken(name)
    assert charsets.mended(misread(name, "cp1252")) == name
