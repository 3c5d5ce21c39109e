"""What the files of this room share: sentences for refusals, and rules against the register."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vssid.domain.imports.importer import Check, Digits
from vssid.domain.offices import reach

MESSAGES: Mapping[str, str | Promise] = {
    **reach.MESSAGES,
    "bad_bhxh_code": gettext_lazy(
        "Mã số BHXH có 10 hoặc 12 chữ số (số định danh cá nhân). "
        "Trong Excel, định dạng cột là Văn bản để giữ số 0 ở đầu."
    ),
    "bad_office": gettext_lazy("Mã cơ quan BHXH gồm 5 chữ số, bắt đầu bằng 0."),
    "unknown_office": gettext_lazy("Không có cơ quan BHXH với mã này; hãy nhập danh sách cơ quan trước."),
    "bad_name": gettext_lazy("Họ tên trống, quá dài hoặc có chữ số."),
    "born_later": gettext_lazy("Ngày sinh ở tương lai."),
    "born_before": gettext_lazy("Ngày sinh trước năm 1900."),
    "bad_id_number": gettext_lazy(
        "Số giấy tờ phải là CCCD, Căn cước 12 chữ số, CMND 9 chữ số, hoặc hộ chiếu 1 đến 9 chữ cái và chữ số."
        " Chỉ có chữ số mà không đủ 9 hay 12 thì có thể đã mất số 0 ở đầu: trong Excel, hãy định dạng cột là "
        "văn bản."
    ),
    "code_disagrees": gettext_lazy("Số định danh ở cột bhxh_code khác số ở cột id_number."),
    "id_taken": gettext_lazy("Số giấy tờ này đã thuộc về một người khác."),
    "sealed_refused": gettext_lazy(
        "Dữ liệu đã lưu của người này không đọc được, nên dòng này không được nạp;"
        " hãy báo người quản trị hệ thống."
    ),
    "id_twice": gettext_lazy("Số giấy tờ này có ở nhiều dòng trong tệp."),
    "bad_phone": gettext_lazy("Số điện thoại không hợp lệ."),
    "bad_email": gettext_lazy("Địa chỉ e-mail không hợp lệ."),
    "bad_household": gettext_lazy("Mã hộ gồm 10 chữ số, quan hệ với chủ hộ gồm 2 chữ số."),
    "unknown_province": gettext_lazy("Không có mã tỉnh này trong danh mục hiện hành."),
    "unknown_commune": gettext_lazy("Không có mã xã này trong danh mục hiện hành."),
    "bad_employer": gettext_lazy("Mã đơn vị gồm 2 chữ, 4 chữ hoặc số và 1 chữ, viết hoa, như TZ0001L."),
    "bad_tax_code": gettext_lazy("Mã số thuế gồm 10 chữ số, hoặc 13 chữ số như 0123456789-001."),
    "unknown_employer": gettext_lazy("Không có đơn vị với mã này; hãy nhập danh sách đơn vị trước."),
    "unknown_person": gettext_lazy("Không có người với mã số BHXH này; hãy nhập danh sách người trước."),
    "ends_before": gettext_lazy("Thời điểm kết thúc trước thời điểm bắt đầu."),
    "unpaid_outside": gettext_lazy("Tháng chưa đóng nằm ngoài giai đoạn."),
    "unit_unclear": gettext_lazy(
        "Sổ đang ghi mức này là hệ số, nhưng số trong tệp quá lớn cho một hệ số; hãy ghi cột wage_kind."
    ),
    "odd_wage": gettext_lazy(
        "Mức lương vượt xa khoảng có thể của tháng đó (từ lương cơ sở đến mức trần đóng); hãy xem lại số 0 "
        "và dấu chấm, hoặc ghi cột wage_kind là coefficient nếu là hệ số."
    ),
    "odd_rate": gettext_lazy("Tỷ lệ đóng viết bằng số phần trăm, như 8 hoặc 17,5, không phải 0,08."),
    "bad_wage": gettext_lazy("Mức lương là số không âm, tối đa 2 chữ số thập phân sau dấu chấm."),
    "bad_facility": gettext_lazy("Mã cơ sở KCB gồm 5 ký tự: 2 số của tỉnh, 1 số hoặc chữ in hoa, 2 số."),
    "bad_object": gettext_lazy("Mã đối tượng gồm 2 chữ in hoa."),
    "bad_card": gettext_lazy("Số thẻ cũ gồm 2 chữ, mức hưởng 1–5, mã tỉnh 2 số và 10 ký tự."),
    "bad_amount": gettext_lazy("Số tiền là số không âm, tối đa 2 chữ số thập phân sau dấu chấm."),
    "bad_percent": gettext_lazy("Tỷ lệ là số từ 0 đến 100, tối đa 2 chữ số thập phân sau dấu chấm."),
    "bad_count": gettext_lazy("Số ngày, số tháng là số nguyên không âm."),
    "bad_visit_kind": gettext_lazy("Mã loại KCB gồm 2 ký tự, giữ số 0 ở đầu: 01, 02 … 16."),
    "bad_icd": gettext_lazy("Mã bệnh ICD-10 gồm 1 chữ và 2 số, có thể thêm dấu chấm và số, như J06.9."),
    "no_birth_paper": gettext_lazy("Chỉ giấy chứng sinh mới có ngày sinh của con."),
    "code_merged": gettext_lazy("Mã số BHXH này đã được gộp vào mã khác; hãy dùng mã được giữ lại."),
    "same_code": gettext_lazy("Mã được giữ và mã bị gộp là một."),
    "merged_otherwise": gettext_lazy("Mã này đã được gộp vào mã của một người khác."),
    "merged_twice": gettext_lazy("Tệp gộp mã này vào nhiều mã khác nhau."),
    "merge_turned": gettext_lazy("Hai mã này được gộp theo chiều ngược lại, trong sổ hoặc trong tệp."),
    "merge_chain": gettext_lazy(
        "Mã này vừa được giữ vừa bị gộp trong cùng một tệp; hãy tách thành nhiều tệp và nhập lần lượt."
    ),
    "paid_too_much": gettext_lazy("Tổng các khoản chi trả vượt quá tổng chi phí."),
    "fund_disagrees": gettext_lazy("T_BHTT phải bằng T_TONGCHI_BH trừ T_BNCCT."),
    "unknown_patient": gettext_lazy("Không tìm thấy người theo mã thẻ BHYT hoặc số giấy tờ."),
}
OFFICE_KNOWN = Check(
    "office_code",
    "unknown_office",
    "s.office_code IS NULL OR EXISTS (SELECT 1 FROM offices_office o WHERE o.code = s.office_code)",
)
_LED = "i.kind = s.person_kind AND i.key = s.person_key"
PERSON_KNOWN = Check(
    "bhxh_code",
    "unknown_person",
    f"EXISTS (SELECT 1 FROM participants_identifier i WHERE {_LED})",  # noqa: S608
)
# Tells people apart within a file: the code of the person that a merged code or a personal number leads to.
PERSON_KEY = f"""CASE
  WHEN s.person_kind <> 'bhxh' THEN (SELECT coalesce(nullif(p.bhxh_code, ''), s.person_key)
    FROM participants_identifier i JOIN participants_person p ON p.person_id = i.person_id WHERE {_LED})
  WHEN s.person_key IN (SELECT m.merged_code FROM participants_merge m)
  THEN (SELECT m.current_code FROM participants_merge m WHERE m.merged_code = s.person_key)
  ELSE s.person_key END"""  # noqa: S608
PERSON_JOIN = f"JOIN participants_identifier i ON {_LED}"
COUNT = r"^\d{1,5}$"
ICD = r"^[A-Z]\d{2}(\.\d{1,3})?[*†]?$"
FACILITY = r"^\d{2}[0-9A-Z]\d{2}$"
# Five digits that end in 000 may be a code like 31E03, which a spreadsheet reads as a number.
FACILITY_DIGITS = Digits(frozenset({5}), lambda digits: digits.endswith("000"))
EMPLOYER = r"^[A-Z]{2}[0-9A-Z]{4}[A-Z]$"
NAMES_NO_OTHER_OFFICE = reach.refused("office_code", reach.names_no_other("s.office_code"))


def person_in_reach(led: str = _LED) -> str:
    """Does the person whom an identifier `i` leads to lie in reach?"""
    return (
        "EXISTS (SELECT 1 FROM participants_identifier i JOIN participants_person p "  # noqa: S608
        f"ON p.person_id = i.person_id WHERE {led} AND {reach.of_row('p')})"
    )


def of_person_or_facility(field: str, facility: str, led: str = _LED) -> Check:
    """Papers of a facility: for who has the person, or the head of the facility's province."""
    of_facility = reach.of_province(f"left({facility}, 2)")
    return reach.refused(field, f"{person_in_reach(led)} OR {of_facility}")


# A record that names its office lies there; its person must lie in reach too.
RECORD_IN_REACH = (
    reach.refused("bhxh_code", person_in_reach()),
    NAMES_NO_OTHER_OFFICE,
    reach.refused("office_code", reach.names_no_other("{held.office_code}")),
)
