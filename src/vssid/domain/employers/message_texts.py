"""The invitation of an employer to a worker, the time at its registration day, the office's letter by e-mail.

SMS are without diacritics, one GSM part, no link. Facts: `notifications.outbox.templates`. The letter has the
same facts and says that who got it by mistake may say so.
"""

from __future__ import annotations

SMS: dict[str, str] = {
    "employer_invitation": (
        "BHXH: {employer} moi dang ky tai khoan. Trang dang ky, Co ma moi: {invite}, han {due}. "
        "BHXH khong gui duong dan."
    ),
    "registration_day_soon": (
        "BHXH: quy vi hen luc {time} ngay {due} tai ngay dang ky cua don vi. Hay mang ban chinh CCCD. "
        "BHXH khong gui duong dan."
    ),
    "registration_day_off": (
        "BHXH: ngay dang ky {due} tai don vi da huy, gio hen cua quy vi cung huy. Ho so van nhu cu. "
        "BHXH khong gui duong dan."
    ),
}
SMS_ENGLISH: dict[str, str] = {
    "employer_invitation": (
        "BHXH: {employer} invites you to register. Page Register, I have a code: {invite}, until {due}. "
        "BHXH never sends links."
    ),
    "registration_day_soon": (
        "BHXH: your time at your employer's registration day is {time} on {due}. Bring your original ID "
        "card. BHXH never sends links."
    ),
    "registration_day_off": (
        "BHXH: the registration day of {due} at your employer is called off, and your time with it. "
        "Your file stays as it is. BHXH never sends links."
    ),
}
LETTERS: dict[str, tuple[str, str]] = {
    "employer_letter": (
        "thư mời đơn vị vào hệ thống giao dịch điện tử",
        (
            "Kính gửi đơn vị,\n\n"
            "{office} gửi đơn vị thư theo văn bản số {number} ngày {day}, ở tệp PDF kèm theo. Trong thư có "
            "mã dùng một lần để người được đơn vị cử làm quản trị vào hệ thống: xin chỉ trao cho "
            "người đó.\n\n"
            "Không có gì phải bấm: địa chỉ ghi trong thư, hãy tự gõ vào trình duyệt. Nếu còn ngờ, hãy hỏi cơ "
            "quan trước khi làm: {ask}."
        ),
    ),
    "employer_invitation": (
        "đơn vị của bạn mời đăng ký tài khoản",
        (
            "{employer} mời bạn đăng ký tài khoản giao dịch với cơ quan BHXH.\n\n"
            "Mở trang đăng ký tài khoản, chọn “Có mã mời”, nhập mã:\n\n    {invite}\n\n"
            "Mã dùng đến hết ngày {due}. Chỉ bạn dùng được: trang sẽ hỏi ngày sinh hoặc số CCCD. "
            "Nếu thư gửi nhầm người hoặc bạn không muốn nhận nữa, nhập mã rồi chọn “Không phải tôi” hoặc "
            "“Không nhận nữa”."
        ),
    ),
}
LETTERS_ENGLISH: dict[str, tuple[str, str]] = {
    "employer_letter": (
        "letter inviting the employer to the electronic system",
        (
            "To the employer,\n\n"
            "{office} sends you its letter no. {number} of {day} as the attached PDF (in Vietnamese). It "
            "holds a one-time code by which the person you name as administrator comes in: hand it to that "
            "person alone.\n\n"
            "There is nothing to click: the address stands in the letter, type it into the browser yourself. "
            "If in doubt, ask the office first: {ask}."
        ),
    ),
    "employer_invitation": (
        "your employer invites you to register",
        (
            "{employer} invites you to register for transactions with the social insurance office.\n\n"
            "Open the registration page, choose “I have a code” and enter:\n\n    {invite}\n\n"
            "The code holds until {due}. Only you can use it: the page asks for your birth date or "
            "ID number. "
            "If this letter reached the wrong person, or you want no more of them, enter the code and choose "
            "“Not me” or “No more invitations”."
        ),
    ),
}
