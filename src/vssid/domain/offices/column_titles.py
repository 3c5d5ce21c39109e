"""What people call the columns of the files of offices and of the directory."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.imports.importer import Titles

TITLES: Titles = {
    "code": (gettext_lazy("Mã"),),
    "parent_code": (gettext_lazy("Mã cơ quan cấp trên"),),
    "name": (gettext_lazy("Tên"),),
    "address": (gettext_lazy("Địa chỉ"),),
    "phone": (gettext_lazy("Điện thoại"), "Số điện thoại"),
    "hours": (gettext_lazy("Giờ làm việc"),),
    "province_code": (gettext_lazy("Mã tỉnh"),),
    "communes": (gettext_lazy("Mã các xã phụ trách"), "Địa bàn"),
    "old_districts": (gettext_lazy("Huyện cũ"), "Quận huyện trước đây"),
    "receives_applications": (gettext_lazy("Nhận hồ sơ đăng ký"),),
    "services": (gettext_lazy("Dịch vụ"),),
    "commune_code": (gettext_lazy("Mã xã"),),
    "latitude": (gettext_lazy("Vĩ độ"),),
    "longitude": (gettext_lazy("Kinh độ"),),
    "valid_from": (gettext_lazy("Từ ngày"), "Hoạt động từ ngày"),
    "valid_until": (gettext_lazy("Đến hết ngày"), "Hoạt động đến ngày"),
    "closed_days": (gettext_lazy("Ngày nghỉ"),),
    "is_synthetic": (gettext_lazy("Dữ liệu mẫu"),),
    "mark": (gettext_lazy("Độ chắc chắn"),),
    "level": (gettext_lazy("Cấp chuyên môn kỹ thuật"),),
    "bhyt_from": (gettext_lazy("Hợp đồng BHYT từ ngày"),),
    "bhyt_until": (gettext_lazy("Hợp đồng BHYT đến ngày"),),
    "leave_papers": (gettext_lazy("Cấp giấy nghỉ việc hưởng BHXH"),),
    "specialties": (gettext_lazy("Chuyên khoa"),),
    "collector_code": (gettext_lazy("Mã tổ chức dịch vụ thu"),),
    "person_in_charge": (gettext_lazy("Người phụ trách"),),
    "area": (gettext_lazy("Mã các xã phục vụ"),),
}
