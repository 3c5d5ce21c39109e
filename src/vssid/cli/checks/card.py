"""`./vssid check card`: the reference verifier at the desk of who reads the text or a picture of the code.

With a file of keys it needs neither network nor database.
"""

from __future__ import annotations

import io
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from vssid.cli import boot

if TYPE_CHECKING:
    from vssid.domain.cards.credential import Facts
    from vssid.domain.cards.key_list import KeyList
    from vssid.domain.cards.verifier import Verdict

console = Console(markup=False, highlight=False)
SAID = {
    "valid": "MÃ HỢP LỆ: chữ ký đúng, còn hạn. Mã chỉ cho biết thẻ lúc ký; thẻ có bị thu hồi "
    "sau đó không thì phải tra cứu.",
    "expired": "HẾT HẠN: người có thẻ cần kết nối mạng một lần để lấy mã mới.",
    "not_yet": "CHƯA ĐẾN NGÀY DÙNG.",
    "wrong_signature": "SAI CHỮ KÝ: mã đã bị sửa hoặc làm giả.",
    "unknown_key": "KHÔNG RÕ KHOÁ: hãy tải lại danh sách khoá; nếu vẫn vậy thì không nhận mã.",
    "key_out_of_time": "KHOÁ KHÔNG CÒN HIỆU LỰC cho thời gian của mã này: không nhận.",
    "other_issuer": "NƠI KÝ KHÁC với danh sách khoá: không nhận.",
    "not_a_card": "CHỮ KÝ ĐÚNG nhưng nội dung không phải thẻ BHYT.",
    "not_base45": "HỎNG: không phải mã xác thực của thẻ (không đọc được Base45).",
    "not_zlib": "HỎNG: không giải nén được.",
    "not_cbor": "HỎNG: không đọc được CBOR.",
    "not_signed": "HỎNG: không có chữ ký COSE ES256.",
}
GENDERS = {1: "Nam", 2: "Nữ"}


def run(keys: Path | None) -> int:
    """Read standard input, print the finding and what the card says; 0 only when it is valid, 2: no input."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.cards import verifier
    from vssid.domain.cards.key_list import NotAKeyList

    now = timezone.now()
    text = _text(sys.stdin.buffer.read())
    if not text:
        console.print("Không thấy mã QR nào: hãy đưa chữ của mã hoặc ảnh chụp vào đầu vào chuẩn.")
        return 2
    try:
        known = _keys(keys, now)
    except (OSError, NotAKeyList):
        console.print(f"Không đọc được danh sách khoá {keys}.")
        return 2
    verdict = verifier.verify(text, known, now=now)
    _print(verdict)
    return 0 if verdict.finding == verifier.Finding.VALID else 1


def _keys(path: Path | None, now: datetime) -> KeyList:
    from vssid.domain.cards import key_list, signing

    return key_list.from_jwks(path.read_bytes()) if path else signing.published(now=now)


def _text(given: bytes) -> str:
    """The text itself, or that of the signed code in a picture; the official code beside it has a `|`."""
    from PIL import Image, UnidentifiedImageError

    from vssid.infra.documents.qr import read_qr
    from vssid.kernel.text import visible

    try:
        texts = read_qr(Image.open(io.BytesIO(given)))
    except UnidentifiedImageError:
        return visible(given.decode("utf-8", "replace")).strip()
    return min(texts, key=lambda text: "|" in text, default="")


def _print(verdict: Verdict) -> None:
    console.print(SAID[verdict.finding.value])
    if verdict.facts is None or verdict.times is None:
        return
    for label, value in _rows(verdict.facts):
        console.print(f"  {label}: {value}")
    console.print(f"  Mã ký lúc: {verdict.times.issued_at:%H:%M %d/%m/%Y}, nơi ký {verdict.times.issuer}")
    console.print(f"  Mã dùng đến: {verdict.times.expires_at:%H:%M %d/%m/%Y}")


def _rows(facts: Facts) -> list[tuple[str, str]]:
    code = "Mã số BHXH" if len(facts.code) == 10 else "4 số cuối của mã số"
    ends = f"{facts.valid_to:%d/%m/%Y}" if facts.valid_to else "khi còn đóng"
    rows = [
        ("Họ và tên", facts.full_name),
        (code, facts.code),
        ("Ngày sinh", "/".join(filter(None, (facts.birth[6:], facts.birth[4:6], facts.birth[:4])))),
        ("Giới tính", GENDERS.get(facts.gender or 0, "")),
        ("Đối tượng, mức hưởng", f"{facts.object_code}{facts.level}"),
        ("Mã nơi sinh sống", facts.living_area),
        ("Nơi đăng ký KCB ban đầu", facts.facility),
        ("Giá trị sử dụng", f"{facts.valid_from:%d/%m/%Y} đến {ends}"),
        ("Đủ 5 năm liên tục", f"{facts.five_years_from:%d/%m/%Y}" if facts.five_years_from else ""),
    ]
    return [(label, value) for label, value in rows if value]
