"""The columns of an employer's own file, by the words that HR writes above them.

All else that such a file has, as form D02-LT has wages and contracts, is passed over and never reaches the
database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vssid.domain.imports.errors import BadCell
from vssid.domain.imports.importer import Batch, Column, Counts, Importer, Seal, Titles
from vssid.domain.participants.column_titles import TITLES as OF_REGISTER
from vssid.domain.participants.file_rules import MESSAGES as OF_PEOPLE
from vssid.domain.participants.people.columns import COLUMNS as OF_REGISTER_COLUMNS
from vssid.kernel.text import tidy

LONGEST_DEPARTMENT = 80
_TAKEN = ("bhxh_code", "full_name", "birth_date", "id_number", "old_id_number", "phone", "email")
# As HR writes them; the first of each is what the page says.
_MORE: Mapping[str, tuple[str, ...]] = {
    "bhxh_code": ("Mã số sổ BHXH", "Số sổ bảo hiểm", "Mã số BHXH/Số định danh"),
    "full_name": (
        "Họ và tên người lao động",
        "Họ tên NLĐ",
        "Tên nhân viên",
        "Tên người lao động",
        "Họ và tên NLĐ",
    ),
    "birth_date": ("NTNS", "Ngày/tháng/năm sinh"),
    "id_number": (
        "Số CCCD/ĐDCN",
        "Số CMND",
        "CMND",
        "Số CCCD/CMT",
        "CMT",
        "Số CMT",
        "Số ĐDCN",
        "Số thẻ căn cước",
    ),
    "old_id_number": ("CMT cũ", "Số CMT cũ", "CMND 9 số", "Số CMND 9 số"),
    "phone": ("Số ĐT", "Số di động", "Điện thoại di động", "Số điện thoại liên hệ", "ĐTDĐ", "Mobile"),
    "email": ("Email", "Thư điện tử", "Địa chỉ thư điện tử", "Email công ty", "Email cá nhân"),
}


def _department(cell: str, _: Seal) -> tuple[object, ...]:
    name = tidy(cell)
    if len(name) > LONGEST_DEPARTMENT:
        raise BadCell("too_long")
    return (name,)


def _not_here(_batch: Batch) -> Counts:
    raise NotImplementedError("an employer's own file is taken by own_file.taking")


TITLES: Titles = {
    **{name: (*OF_REGISTER[name], *_MORE[name]) for name in _TAKEN},
    "department": (
        gettext_lazy("Phòng ban"),
        *(
            "Bộ phận",
            "Phòng",
            "Phòng/Ban",
            "Phòng ban/Bộ phận",
            "Đơn vị công tác",
            "Phân xưởng",
            "Tổ",
            "Xưởng",
        ),
        *("Chuyền", "Phòng, ban", "Bộ phận làm việc", "Department"),
    ),
}
MESSAGES: Mapping[str, str | Promise] = {
    **OF_PEOPLE,
    "nothing_to_know_by": gettext_lazy(
        "Dòng này không có mã số BHXH, số giấy tờ hay ngày sinh nên không biết là ai; "
        "hãy ghi ít nhất một trong ba."
    ),
    "twice": gettext_lazy("Người này có ở một dòng phía trên trong tệp; hãy để mỗi người một dòng."),
}
_BY_NAME = {column.name: column for column in OF_REGISTER_COLUMNS}
IMPORTER = Importer(
    kind="own_workers",
    title="an employer's workers",
    columns=(
        *(replace(_BY_NAME[name], required=name == "full_name") for name in _TAKEN),
        Column(
            "department",
            "department",
            code="too_long",
            parse=_department,
            gives={"department": "text"},
            aside=True,
        ),
    ),
    key={"bhxh_code": "s.person_key"},
    merge=_not_here,
    messages=MESSAGES,
    titles=TITLES,
    passes_over=True,
)
