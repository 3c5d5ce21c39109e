"""What `./vssid check` proves by doing it: keys open, stores take, programs answer, the clock is right."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from vssid.cli.keys import refingerprinting

from . import providers

SKEW = 5.0  # seconds that our clock may be away from the database's


def faults() -> list[str]:
    """What does not work, a sentence each; nothing when all does. Django is set up, the database is there."""
    proofs: tuple[Callable[[], str], ...] = (
        _installation,
        _keys,
        _prints,
        _plain,
        _log,
        _blobs,
        _folder,
        _clock,
        _static_files,
    )
    return [said for proof in proofs if (said := proof())] + providers.faults()


def _installation() -> str:
    from vssid.cli import adopting
    from vssid.domain.installation import standing

    return adopting.sentence(standing.now())


def _keys() -> str:
    from vssid.domain.vault import sealing as vault

    lacking = vault.unopened()
    if not lacking:
        return ""
    return (
        f"VSSID_MASTER_KEYS không mở được dữ liệu đã niêm phong (khóa {', '.join(lacking)}): thiếu khóa đó, "
        "hoặc khóa mang tên đó không phải khóa đã dùng."
    )


def _prints() -> str:
    from vssid.domain.participants import fingerprints

    if said := refingerprinting.refused(noting=False):
        return said
    if fingerprints.are_current():
        return ""
    return (
        "VSSID_FINGERPRINT_KEYS: khóa đầu danh sách không phải khóa mà số giấy tờ trong cơ sở dữ liệu mang;"
        " nạp dữ liệu theo số giấy tờ sẽ không nhận ra người đã có. Xem docs/operations/keys.md."
    )


def _plain() -> str:
    from vssid.domain.accounts import login_names
    from vssid.domain.participants import unsealed
    from vssid.domain.registration import code_keys

    if not (unsealed.is_any() or login_names.is_any_plain() or code_keys.is_any_plain()):
        return ""
    return (
        "Một số địa chỉ, chẩn đoán hoặc mã số 12 chữ số do phiên bản trước ghi còn để rõ trong cơ sở dữ liệu;"
        " khi không còn tiến trình nào của phiên bản trước, hãy chạy `./vssid vault seal`, hoặc chờ đêm nay."
    )


def _log() -> str:
    from django.conf import settings

    from vssid.domain.audit import verify
    from vssid.infra.database import rights

    if not verify.has_known_marks():
        return (
            "VSSID_AUDIT_KEYS không khớp với nhật ký kiểm toán: thiếu khóa đã dùng, hoặc nhật ký bị sửa; hãy"
            " chạy `./vssid check audit`."
        )
    if rights.user() == settings.APP_ROLE and rights.could_change_the_log():
        return (
            f"Người dùng {settings.APP_ROLE} (VSSID_APP_ROLE) sửa được nhật ký kiểm toán; hãy chạy migrate"
            " với người sở hữu, xem docs/operations/database.md."
        )
    return ""


def _blobs() -> str:
    from vssid.infra import blobs

    key, canary = f"check/{secrets.token_hex(8)}", secrets.token_bytes(64)
    try:
        blobs.put(key, canary)
        same = blobs.get(key) == canary
        blobs.delete(key)
    except Exception as error:  # of whichever store it is
        return f"Kho tệp (VSSID_BLOBS_URL) không ghi, đọc được: {type(error).__name__}."
    return "" if same else "Kho tệp (VSSID_BLOBS_URL) trả lại khác với đã ghi."


def _folder() -> str:
    from django.conf import settings

    folder = Path(settings.DATA)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return f"VSSID_DATA ({folder}) không ghi được: {error.strerror}."
    return ""


def _clock() -> str:
    from vssid.infra.database import clock

    away = clock.away()
    if away <= SKEW:
        return ""
    return f"Đồng hồ máy này lệch {away:.0f} giây so với cơ sở dữ liệu; hãy chỉnh (chrony, NTP) rồi chạy lại."


def _static_files() -> str:
    from django.conf import settings

    from vssid.infra.static_files import collecting

    if settings.DEBUG or collecting.is_collected():
        return ""
    return "Chưa có tệp tĩnh của phiên bản này; hãy chạy `./vssid migrate`."
