"""The texts about families and about whom a person trusts; facts as in `templates`."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "family_approved": (
        "BHXH: ho so {number} da duyet. Mo muc Gia dinh de xem the cua con. "
        "Neu quy vi khong gui ho so, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_refused": (
        "BHXH: ho so {number} khong duoc duyet. Mo muc Gia dinh de xem ly do va cach sua. "
        "BHXH khong gui duong dan."
    ),
    "family_second": (
        "BHXH: them mot nguoi giam ho vua duoc duyet xem the cua con quy vi. "
        "Neu khong dung, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_ended": (
        "BHXH: quy vi khong con xem duoc ho so cua con. "
        "Neu quy vi khong yeu cau, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_of_age": (
        "BHXH: con quy vi da du 18 tuoi nen quy vi khong con xem duoc ho so cua con. "
        "Con co the tu dang ky tai khoan. BHXH khong gui duong dan."
    ),
    "family_own": (
        "BHXH: quy vi da du 18 tuoi, nguoi giam ho khong con xem duoc ho so. "
        "Quy vi co the tu dang ky tai khoan. BHXH khong gui duong dan."
    ),
    "trusted_ask": (
        "BHXH: mot nguoi quen muon so nay nhan giup ma cua ho. Neu dong y, doc ma {code} cho ho, "
        "han {minutes} phut. BHXH khong gui duong dan."
    ),
    "trusted_code": (
        "BHXH: ma xac nhan {code} cua nguoi quen nho quy vi nhan giup, han {minutes} phut. "
        "Chi dua cho chinh nguoi do. BHXH khong gui duong dan."
    ),
    "trusted_activation": (
        "BHXH: nhan giup nguoi quen: tai khoan {account}, mat khau {password}, han {hours} gio. "
        "Chi dua cho nguoi do. BHXH khong gui duong dan."
    ),
    "trusted_used": (
        "BHXH: ma cua quy vi vua duoc gui ca den dien thoai nguoi tin cay. "
        "Neu quy vi khong yeu cau, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "trusted_named": (
        "BHXH: quy vi vua them nguoi tin cay nhan giup ma. "
        "Neu quy vi khong lam, goi 1900 9068. BHXH khong gui duong dan."
    ),
}
