"""Questions people ask and true answers about what exists today."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its answer in plain words, and where to go, if anywhere."""

    slug: str
    ask: str
    answer: str
    url: str = ""
    label: str = ""


def groups() -> list[tuple[str, list[Question]]]:
    """The questions by subject; the numbers in them come from the settings."""
    return [
        (_("Đăng ký tài khoản"), _registering()),
        (_("Nộp tờ khai và theo dõi"), _following()),
        (_("Đăng nhập và thẻ"), _using()),
        (_("An toàn"), _safety()),
    ]


def _registering() -> list[Question]:
    return [
        Question(
            "can-gi",
            _("Cần chuẩn bị gì để đăng ký?"),
            _("Mã số BHXH (in trên thẻ BHYT hoặc sổ BHXH), CCCD hoặc hộ chiếu còn giá trị, và một số"
            " điện thoại"
              " nhận được tin nhắn. Khai trên điện thoại mất khoảng 10 phút, chụp ba ảnh: mặt trước,"
              " mặt sau và chân dung."),
            "/dang-ky", _("Đăng ký tài khoản"),
        ),
        Question(
            "ma-so",
            _("Xem mã số BHXH ở đâu?"),
            _("Mã số BHXH là 10 chữ số cuối trên thẻ BHYT giấy, hoặc ở trang đầu sổ BHXH. Không tìm"
            " thấy thì gọi tổng"
              " đài hoặc hỏi cơ quan BHXH gần nhất, mang theo CCCD."),
            "/tra-cuu/co-quan", _("Tìm cơ quan BHXH"),
        ),
        Question(
            "do-dang",
            _("Đang khai dở thì mất mạng hoặc đổi máy?"),
            _("Những gì đã khai được giữ %(days)s ngày. Mở lại trang đăng ký trên máy cũ để khai tiếp,"
            " hoặc dùng số"
              " điện thoại và mã số BHXH đã khai để tiếp tục trên máy khác.")
            % {"days": settings.DRAFT_LIFE.days},
            "/dang-ky/tiep-tuc", _("Tiếp tục hồ sơ đang khai"),
        ),
        Question(
            "khac-the",
            _("Thông tin khai khác với trên thẻ thì sao?"),
            _("Trước khi gửi, hệ thống chỉ ra chỗ khác nhau giữa điều bạn nhập và mã QR trên thẻ, và"
            " sửa theo thẻ bằng"
              " một lần bấm. Nếu dữ liệu BHXH còn ghi thông tin cũ, cán bộ sẽ đối chiếu với bản chính"
              " khi bạn đến nộp."),
        ),
    ]  # fmt: skip


def _following() -> list[Question]:
    return [
        Question(
            "muoi-ngay",
            _("%(days)s ngày để nộp tờ khai được tính thế nào?") % {"days": settings.REGISTRATION_DAYS},
            _("Tính từ ngày hôm sau ngày gửi, gồm cả thứ Bảy và Chủ nhật. Nếu ngày cuối rơi vào ngày"
            " nghỉ hoặc ngày lễ"
              " thì hạn là hết ngày làm việc kế tiếp. Hạn cụ thể ghi trên trang hồ sơ; tin nhắn nhắc"
              " trước 4 ngày và 1 ngày."),
        ),
        Question(
            "mang-gi",
            _("Khi đi nộp cần mang gì? Có phải in tờ khai không?"),
            _("Mang tờ khai mẫu số 01 đã in, ký và ghi rõ họ tên, cùng bản chính CCCD hoặc hộ chiếu đã"
            " khai. Tờ khai tải"
              " ở trang hồ sơ. Nộp tại đúng cơ quan BHXH đã chọn, trong giờ làm việc."),
            "/dang-ky/ho-so", _("Mở hồ sơ của tôi"),
        ),
        Question(
            "den-dau",
            _("Hồ sơ của tôi đến đâu rồi?"),
            _("Tra cứu bằng số hồ sơ và số điện thoại đã khai: thấy ngay tình trạng, hạn nộp, việc cần"
            " làm tiếp và cơ"
              " quan tiếp nhận. Không cần tài khoản."),
            "/dang-ky/tra-cuu", _("Tra cứu hồ sơ"),
        ),
        Question(
            "het-han",
            _("Quá hạn hoặc chưa được duyệt thì phải làm lại từ đầu?"),
            _("Không. Mở hồ sơ, bấm “Sửa và gửi lại”: thông tin và ảnh còn giữ được điền sẵn, bạn chỉ"
            " sửa chỗ cần sửa rồi"
              " gửi để có số hồ sơ và hạn mới. Ảnh được xóa %(days)s ngày sau khi hồ sơ kết thúc; khi"
              " đó cần chụp lại.")
            % {"days": settings.IMAGE_RETENTION.days},
            "/dang-ky/tra-cuu", _("Mở hồ sơ"),
        ),
    ]  # fmt: skip


def _using() -> list[Question]:
    return [
        Question(
            "mat-khau",
            _("Mật khẩu gửi thế nào? Chưa nhận được thì sao?"),
            _("Khi hồ sơ được duyệt, một tin nhắn có mật khẩu kích hoạt gửi đến số điện thoại đã khai,"
            " dùng một lần trong"
              " %(hours)s giờ để đặt mật khẩu của riêng bạn. Trang hồ sơ cho biết tin đã đến máy chưa."
              " Chưa nhận được thì"
              " gọi cơ quan BHXH đã duyệt để gửi lại.")
            % {"hours": int(settings.ACTIVATION_LIFE.total_seconds() // 3600)},
        ),
        Question(
            "ngoai-mang",
            _("Không có mạng có dùng được thẻ BHYT không?"),
            _("Được. Sau khi đã đăng nhập và mở thẻ một lần, thẻ và quá trình tham gia xem lần cuối vẫn"
            " mở được trên máy"
              " đó khi mất mạng, kèm giờ xác nhận. Đăng xuất thì thông tin được xóa khỏi máy."),
        ),
    ]  # fmt: skip


def _safety() -> list[Question]:
    return [
        Question(
            "gia-mao",
            _("Làm sao biết cuộc gọi, tin nhắn là giả?"),
            _("Tin nhắn của BHXH không bao giờ có đường dẫn, không yêu cầu chuyển tiền, không bảo cài"
            " ứng dụng. Cán bộ BHXH"
              " không hỏi mã xác nhận hay mật khẩu. Gặp trường hợp như vậy, hãy dừng lại và gọi tổng"
              " đài 1900 9068."),
        ),
        Question(
            "du-lieu",
            _("Ảnh giấy tờ của tôi được giữ ra sao?"),
            _("Ảnh được mã hóa khi lưu, chỉ bạn và cán bộ của cơ quan tiếp nhận xem được, mỗi lần xem"
            " đều được ghi lại, và"
              " được xóa %(days)s ngày sau khi hồ sơ kết thúc.")
            % {"days": settings.IMAGE_RETENTION.days},
        ),
    ]  # fmt: skip
