"""The texts about an account's safety, its children and whom its owner trusts.

SMS are without diacritics, one GSM part, no link; letters as people write.
Facts: `notifications.outbox.templates`.
"""

from __future__ import annotations

from .english_texts import LETTERS_ENGLISH, SMS_ENGLISH

__all__ = ["LETTERS", "LETTERS_ENGLISH", "SMS", "SMS_ENGLISH"]

SMS: dict[str, str] = {
    "account_activation": (
        "BHXH: tai khoan {account}, mat khau kich hoat {password}, dung 1 lan, han {hours} gio. "
        "Khong dua cho bat ky ai. BHXH khong gui duong dan."
    ),
    "password_changed": (
        "BHXH: mat khau tai khoan cua quy vi vua duoc doi. "
        "Neu khong phai quy vi, goi ngay 1900 9068. BHXH khong gui duong dan."
    ),
    "new_device": (
        "BHXH: tai khoan cua quy vi vua dang nhap tren thiet bi moi. "
        "Neu khong phai quy vi, khoa tai khoan va goi 1900 9068. BHXH khong gui duong dan."
    ),
    "arrears": (
        "BHXH: co thang chua ghi nhan don vi dong bao hiem cho quy vi. "
        "Mo ung dung, muc Thong bao, de xem chi tiet. BHXH khong gui duong dan."
    ),
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

_ASK = "Không đưa mã cho bất kỳ ai, kể cả người xưng là cán bộ BHXH."
_CODE = "{code}\nMã dùng được trong {minutes} phút."
# Subject and text.
LETTERS: dict[str, tuple[str, str]] = {
    "reset_code": (
        "Mã đặt lại mật khẩu",
        f"Mã để đặt lại mật khẩu: {_CODE} Nếu bạn không yêu cầu, hãy bỏ qua. {_ASK}",
    ),
    "contact_old_code": (
        "Mã đổi số điện thoại hoặc e-mail",
        f"Mã để đổi số điện thoại hoặc e-mail của tài khoản: {_CODE} {_ASK}",
    ),
    "contact_new_code": (
        "Mã xác nhận e-mail",
        f"Mã để xác nhận e-mail này cho tài khoản BHXH: {_CODE} {_ASK}",
    ),
}
