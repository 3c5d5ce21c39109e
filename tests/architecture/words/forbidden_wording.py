"""What no message, template, SMS or printed form may say, and what is said instead.

A row is a pattern over Vietnamese source texts (messages, and what is printed without being one), and the
reason or the better words. `(?<!…)` and `(?!…)` keep what is right.
"""

from __future__ import annotations

FORBIDDEN: tuple[tuple[str, str], ...] = (
    # --- the law of today ---
    (r"(?<!hoặc )(?<!hộ gồm )(?<!thuế gồm )\b10 (chữ )?số\b(?! cuối)", "a BHXH code has 10 or 12 digits"),
    (r"(mang|xuất trình|cầm|đem|theo|bằng|chính)[^.;:]*\bCMND", "void since 2025: never a document to show"),
    (r"\bẢnh mặt (trước|sau) CMND", "void since 2025: never a document to show"),
    (r"1 chữ( cái)? và 7 (chữ )?số", "passports have any layout of ICAO 9303"),
    (r"góc phải mặt trước", "the QR of cards since 2024-07-01 is on the back"),
    (r"trước 24 giờ", "an office is open in its hours: chậm nhất trong giờ làm việc …"),
    (r"trong 1 ngày làm việc", "no term without a source"),
    (r"sau vài ngày", "no term without a source"),
    (r"146/2018|166/2016|43/2021", "no longer in force; the decree of the day is in dated data"),
    # --- better words ---
    (r"\bBa chặng\b", "Ba bước"),
    (r"Cần có trong tay", "Cần chuẩn bị"),
    (r"trước hết ngày|truoc het ngay|den het \{due\}", "chậm nhất ngày"),
    (r"chưa được (duyệt|đồng ý|chấp nhận)|chua duoc (duyet|dong y|chap nhan)", "không được duyệt"),
    (r"giấy tờ gốc|giay to goc", "bản chính giấy tờ"),
    (r"thiết bị không rõ", "Không xác định thiết bị"),
    (r"\bBHXH: de nghi\b", "ho so"),
    (r"^Khi có chuyện$", "Trường hợp khẩn cấp"),
    (r"Đã xảy ra với tài khoản", "Lịch sử hoạt động"),
    (r"“lần nhập số”|^Lần nhập số", "mã lần cập nhật"),
    (r"^Giữ gì$", "Dữ liệu được lưu trữ"),
    (r"^Bạn làm được gì$", "Quyền của bạn"),
    (r"Nhận ra ứng dụng thật", "Nhận biết ứng dụng chính thức"),
    (r"Chi phí và người trả", "Chi phí khám chữa bệnh"),
    (r"^Quỹ BHYT trả$|^Bạn (cùng chi|tự) trả", "Quỹ BHYT thanh toán; Người bệnh cùng chi trả"),
    (r"Thời gian chưa hưởng trợ cấp thất nghiệp", "Thời gian đóng BHTN được bảo lưu"),
    (r"Chưa có lần hưởng", "Chưa có thông tin hưởng"),
    (r"\bthôi xem hồ sơ", "ngừng theo dõi"),
    (r"Mỗi lúc chỉ", "Mỗi thời điểm chỉ có một hồ sơ cùng loại"),
    (r"Muốn nói thêm", "Ghi chú"),
    (r"Phần của sổ|Ghi vào sổ", "Nội dung sổ; Cập nhật dữ liệu"),
    (r"lau kính", "lau màn hình"),
    (r"Mã chính thức|Mã ký số", "Mã thẻ; Mã xác thực"),
    (r"thư điện tử", "e-mail"),
    (r"đường link", "đường dẫn"),
    (r"Đăng ký xem thẻ của", "Đăng ký tài khoản cho con"),
    (r"\bso giấy (tờ|khai sinh)", "đối chiếu"),
    (r"điểm cần xem", "nội dung cần kiểm tra"),
    (r"^Đóng ngày$", "Ngày kết thúc"),
    (r"%\(n\)s trường khác", "n thông tin không khớp"),
    (r"hàng đợi", "Hồ sơ chờ xử lý"),
    (r"xem bản chính", "đối chiếu bản chính"),
    (r"^Nơi gửi", "Nguồn"),
    (r"^Đồng ý$|(được|không|chưa) đồng ý", "Phê duyệt; từ chối"),
    (r"(gửi|rút|mở|tiếp nhận|số|lịch sử) đề nghị", "hồ sơ"),
    (r"gửi tin nhắn (cho|mới)|tin nhắn của (tôi|người dân)|số tin nhắn", "phản ánh, kiến nghị"),
)
