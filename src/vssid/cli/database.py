"""The database before a command starts: used, or refused in one sentence for each cause."""

from __future__ import annotations

from vssid.infra.database.start import Unfit, look

SEE = " Xem docs/operations/database.md."
WORDS = {
    "password": "PostgreSQL tại {host} không nhận mật khẩu của người dùng {user}; hãy sửa mật khẩu trong"
    " VSSID_DATABASE_URL (ký tự đặc biệt viết ở dạng %, ví dụ # là %23).",
    "database": "PostgreSQL tại {host} không có cơ sở dữ liệu {database}; hãy sửa tên trong"
    " VSSID_DATABASE_URL hoặc tạo nó bằng `createdb {database}`.",
    "user": "PostgreSQL tại {host} không có người dùng {user}; hãy sửa tên trong VSSID_DATABASE_URL.",
    "not_admitted": "PostgreSQL tại {host} không cho người dùng {user} vào {database} từ máy này;"
    " hãy xem pg_hba.conf và quyền của người dùng.",
    "read_only": "Máy chủ PostgreSQL tại {host} chỉ đọc (máy dự phòng?); VSSID_DATABASE_URL phải dẫn tới,"
    " hoặc kể thêm, máy chủ chính.",
    "starting": "PostgreSQL tại {host} đang khởi động hoặc đang dừng; hãy đợi rồi chạy lại.",
    "full": "PostgreSQL tại {host} đã hết chỗ cho kết nối; hãy tăng max_connections hoặc bớt tiến trình.",
    "refused": "Không có PostgreSQL nào nhận kết nối tại {host}; hãy kiểm tra máy và cổng trong"
    " VSSID_DATABASE_URL và máy chủ có đang chạy, hoặc chạy `./vssid demo` trước.",
    "name": "Không tìm được máy {host}; hãy kiểm tra tên máy trong VSSID_DATABASE_URL và DNS.",
    "silent": "PostgreSQL tại {host} không trả lời trong thời hạn; hãy kiểm tra mạng, tường lửa và cổng.",
    "pooled": "Tại {host} là máy trung gian (PgBouncer) cho mượn kết nối theo từng giao dịch; hãy đặt"
    " pool_mode = session ở đó, hoặc nối thẳng tới PostgreSQL.",
    "pooler_options": "Máy trung gian (PgBouncer) tại {host} không nhận giới hạn của kết nối;"
    " ở đó hãy đặt ignore_startup_parameters = options và pool_mode = session,"
    " và đặt giới hạn bằng ALTER ROLE trên máy chủ.",
    "too_old": "PostgreSQL phải từ phiên bản {oldest}; máy chủ đang dùng phiên bản {found}."
    " Hãy nâng cấp máy chủ.",
    "limit": "Giới hạn {name} của kết nối là {found}, phải lớn hơn 0 và nhiều nhất {most}. Thường là"
    " `?options=` trong VSSID_DATABASE_URL đặt lại, hoặc máy trung gian (PgBouncer) bỏ nó: hãy đặt trên"
    " máy chủ bằng `ALTER ROLE … SET {name} = '{usual}'`.",
    "other": "Không dùng được PostgreSQL tại {host}: {said}",
}


def sentence(unfit: Unfit) -> str:
    """What is wrong and what to do."""
    return WORDS[unfit.code].format(**unfit.facts) + SEE


def ready() -> None:
    """Go on only with a database that can be used; else the process ends with the sentence."""
    try:
        look()
    except Unfit as unfit:
        raise SystemExit(sentence(unfit)) from None


def right_clock() -> None:
    """Go on only where our clock is near the database's: sessions, deadlines and codes go by ours."""
    from vssid.infra.database import clock

    if not clock.agrees(away := clock.away()):
        raise SystemExit(
            f"Đồng hồ máy này lệch {away:.0f} giây so với cơ sở dữ liệu; hãy chỉnh (chrony, NTP) rồi chạy"
            " lại. Xem VSSID_CLOCK_SECONDS trong docs/operations/settings.md."
        )
