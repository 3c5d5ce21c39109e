"""The texts about an account's safety; facts as in `templates`, and as `words` writes them `at`
(`14:03, 22/11/2026`), `close` (a date) and `masked` (7 characters).
"""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "reset_code": (
        "BHXH: ma {code} de DAT LAI MAT KHAU, han {minutes} phut. "
        "Khong yeu cau thi bo qua, khong dua ma cho ai. BHXH khong gui duong dan."
    ),
    "freeze_code": (
        "BHXH: ma {code} de KHOA tai khoan, han {minutes} phut. "
        "Khong yeu cau thi bo qua, khong dua ma cho ai. BHXH khong gui duong dan."
    ),
    "thaw_code": (
        "BHXH: ma {code} de MO KHOA tai khoan, han {minutes} phut. "
        "Khong yeu cau thi bo qua, khong dua ma cho ai. BHXH khong gui duong dan."
    ),
    "contact_old_code": (
        "BHXH: ma {code} de DOI so dien thoai hoac e-mail cua tai khoan, han {minutes} phut. "
        "Khong dua ma cho ai. BHXH khong gui duong dan."
    ),
    "contact_new_code": (
        "BHXH: ma {code} de xac nhan so nay cho tai khoan BHXH, han {minutes} phut. "
        "Khong dua ma cho ai. BHXH khong gui duong dan."
    ),
    "password_reset": (
        "BHXH: mat khau cua quy vi da dat lai luc {at}, cac may khac da dang xuat. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "password_reissued": (
        "BHXH: can bo da cap mat khau kich hoat moi luc {at} sau khi doi chieu ban chinh. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "passkey_added": (
        "BHXH: tai khoan vua them mot khoa truy cap luc {at}. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "passkey_removed": (
        "BHXH: mot khoa truy cap cua tai khoan vua bi xoa luc {at}. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "passkey_suspect": (
        "BHXH: mot khoa truy cap can duoc xac nhan, luc {at}. Xem muc Khoa truy cap. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "contact_asked": (
        "BHXH: co yeu cau doi so dien thoai cua tai khoan tai co quan BHXH luc {at}. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "phone_changed": (
        "BHXH: so dien thoai cua tai khoan da doi sang so {masked} luc {at}. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "phone_set": (
        "BHXH: can bo da doi so dien thoai cua tai khoan sang so {masked} luc {at}. "
        "Khong phai quy vi: goi 1900 9068 trong {hours} gio. BHXH khong gui duong dan."
    ),
    "reset_later": (
        "BHXH: so nay moi doi, dat lai mat khau duoc tu {until}. "
        "Can ngay: den co quan BHXH, can bo khac doi chieu ban chinh. BHXH khong gui duong dan."
    ),
    "email_changed": (
        "BHXH: e-mail cua tai khoan da doi luc {at}. "
        "Neu khong phai quy vi, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "account_frozen": (
        "BHXH: tai khoan da KHOA luc {at}, moi may da dang xuat. "
        "Mo lai tai co quan BHXH hoac trong muc Mo khoa. BHXH khong gui duong dan."
    ),
    "account_thawed": (
        "BHXH: tai khoan da MO KHOA luc {at}. "
        "Neu khong phai quy vi, khoa lai ngay hoac goi 1900 9068. BHXH khong gui duong dan."
    ),
    "closing_asked": (
        "BHXH: tai khoan se dong ngay {close} theo yeu cau. "
        "Doi y: dang nhap va chon Giu tai khoan truoc ngay do. BHXH khong gui duong dan."
    ),
    "closing_undone": "BHXH: yeu cau dong tai khoan da huy luc {at}. BHXH khong gui duong dan.",
    "account_closed": (
        "BHXH: tai khoan da dong. Du lieu BHXH, BHYT cua quy vi van con, gia tri the khong doi. "
        "BHXH khong gui duong dan."
    ),
    "request_refused": (
        "BHXH: yeu cau ve tai khoan tai co quan BHXH bi tu choi. "
        "Goi 1900 9068 de biet ly do. BHXH khong gui duong dan."
    ),
}
