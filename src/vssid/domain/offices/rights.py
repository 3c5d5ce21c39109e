"""What a role may do, and how far: one table, as data. Nobody's right is decided anywhere else.

A role is of a post (accounts), a reach counts from the post's office. Doors ask the table for a page
(`web.ui.access.may`), rooms for an act (`policy`), and the console shows it to all staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What somebody is at an office."""

    RECEPTION = "reception"
    REVIEWER = "reviewer"
    COLLECTION = "collection_officer"
    SUPPORT = "support_agent"
    DATA = "data_officer"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Reach(StrEnum):
    """How far a right goes: the own office, that and all below it, or the whole country."""

    OWN = "own"
    BELOW = "below"
    COUNTRY = "country"


class Right(StrEnum):
    """One act of the office; its sentence is in `SENTENCES`."""

    OWN_SESSION = "own_session"
    SEE_FILES = "see_files"
    TAKE_FILES = "take_files"
    NOTE_FILES = "note_files"
    ASSIGN_FILES = "assign_files"
    CHECK_PAPERS = "check_papers"
    DECIDE_REGISTRATIONS = "decide_registrations"
    CONFIRM_REGISTRATIONS = "confirm_registrations"
    DECIDE_REQUESTS = "decide_requests"
    DECIDE_FAMILIES = "decide_families"
    SEE_MESSAGES = "see_messages"
    ANSWER_MESSAGES = "answer_messages"
    SEE_COUNTER = "see_counter"
    SERVE_COUNTER = "serve_counter"
    WATCH_COUNTER = "watch_counter"
    REVIEW_COUNTER = "review_counter"
    SEE_LOADS = "see_loads"
    LOAD_FILES = "load_files"
    CONFIRM_LOADS = "confirm_loads"
    SEE_DIRECTORY = "see_directory"
    EDIT_DIRECTORY = "edit_directory"
    SEE_STAFF = "see_staff"
    MANAGE_STAFF = "manage_staff"
    SEE_DELIVERY = "see_delivery"
    MANAGE_DELIVERY = "manage_delivery"
    SEE_REPORTS = "see_reports"
    MANAGE_PLAN = "manage_plan"
    SEE_EMPLOYERS = "see_employers"
    MANAGE_EMPLOYERS = "manage_employers"
    FOLLOW_EMPLOYERS = "follow_employers"
    RUN_CAMPAIGNS = "run_campaigns"
    OVERSEE_DECISIONS = "oversee_decisions"
    OWN_RESULTS = "own_results"
    SEE_AUDIT = "see_audit"
    EXPORT_AUDIT = "export_audit"
    REVIEW_ALERTS = "review_alerts"


ROLES: Mapping[Role, Any] = {
    Role.RECEPTION: _("Cán bộ tiếp nhận"),
    Role.REVIEWER: _("Cán bộ xét duyệt"),
    Role.COLLECTION: _("Chuyên quản thu"),
    Role.SUPPORT: _("Cán bộ hỗ trợ"),
    Role.DATA: _("Cán bộ dữ liệu"),
    Role.DIRECTOR: _("Lãnh đạo cơ quan"),
    Role.ADMINISTRATOR: _("Quản trị nhân sự"),
    Role.AUDITOR: _("Cán bộ kiểm tra"),
}
REACHES: Mapping[Reach, Any] = {
    Reach.OWN: _("cơ quan mình"),
    Reach.BELOW: _("cơ quan mình và cấp dưới"),
    Reach.COUNTRY: _("cả nước"),
}
SENTENCES: Mapping[Right, Any] = {
    Right.OWN_SESSION: _("Đăng nhập, chuyển vị trí, xem bảng quyền hạn"),
    Right.SEE_FILES: _("Xem danh sách, tìm và mở hồ sơ của người dân"),
    Right.TAKE_FILES: _("Nhận hồ sơ về xử lý, nhận từ đồng nghiệp"),
    Right.NOTE_FILES: _("Ghi chú nội bộ trên hồ sơ, bàn giao cho đồng nghiệp"),
    Right.ASSIGN_FILES: _("Giao hồ sơ cho cán bộ, chia việc"),
    Right.CHECK_PAPERS: _("Nhận tờ khai, ghi nhận đã đối chiếu bản chính giấy tờ"),
    Right.DECIDE_REGISTRATIONS: _("Duyệt, từ chối hồ sơ đăng ký; gửi lại mật khẩu kích hoạt"),
    Right.CONFIRM_REGISTRATIONS: _("Duyệt lần hai hoặc trả lại hồ sơ mà cán bộ khác đã duyệt lần một"),
    Right.DECIDE_REQUESTS: _("Tiếp nhận, yêu cầu bổ sung, phê duyệt, từ chối hồ sơ dịch vụ công"),
    Right.DECIDE_FAMILIES: _("Duyệt, từ chối, kết thúc liên kết của con"),
    Right.SEE_MESSAGES: _("Xem phản ánh, câu hỏi gửi đến cơ quan"),
    Right.ANSWER_MESSAGES: _("Trả lời, chuyển, đóng phản ánh"),
    Right.SEE_COUNTER: _("Xem yêu cầu về tài khoản tại quầy"),
    Right.SERVE_COUNTER: _("Cấp lại mật khẩu, đổi số điện thoại, mở khóa tài khoản tại quầy"),
    Right.WATCH_COUNTER: _("Xem những việc về tài khoản đã làm tại quầy"),
    Right.REVIEW_COUNTER: _("Ghi nhận đã xem lại việc làm tại quầy"),
    Right.SEE_LOADS: _("Xem các tệp dữ liệu đã nạp và kết quả"),
    Right.LOAD_FILES: _("Nạp, hủy, hoàn tác tệp dữ liệu"),
    Right.CONFIRM_LOADS: _("Xác nhận tệp dữ liệu, cả của đồng nghiệp"),
    Right.SEE_DIRECTORY: _("Xem danh bạ và lịch sử sửa"),
    Right.EDIT_DIRECTORY: _("Thêm, sửa, ngừng mục trong danh bạ"),
    Right.SEE_STAFF: _("Xem nhân sự và vị trí công tác"),
    Right.MANAGE_STAFF: _("Thêm nhân sự, giao và kết thúc vị trí, ghi vắng mặt, cử người làm thay"),
    Right.SEE_DELIVERY: _("Xem tình trạng gửi tin nhắn"),
    Right.MANAGE_DELIVERY: _("Gửi lại tin, đổi đường gửi tin, sửa mẫu tin"),
    Right.SEE_REPORTS: _("Xem báo cáo"),
    Right.MANAGE_PLAN: _("Đặt kế hoạch, chỉ tiêu, giao đơn vị cho chuyên quản thu"),
    Right.SEE_EMPLOYERS: _("Xem đơn vị, thư mời và người làm nhân sự của đơn vị"),
    Right.MANAGE_EMPLOYERS: _("Mời đơn vị, kết thúc quyền của đơn vị, ghi ngừng, sáp nhập, chuyển cơ quan"),
    Right.FOLLOW_EMPLOYERS: _(
        "Trả lời đề nghị sửa dữ liệu của đơn vị; ghi lần gặp, ghi chú, việc cần làm với đơn vị"
    ),
    Right.RUN_CAMPAIGNS: _("Lập, chạy, dừng chiến dịch gửi thư mời hàng loạt đến đơn vị"),
    Right.OVERSEE_DECISIONS: _("Xem tỷ lệ duyệt và độ chính xác của từng cán bộ"),
    Right.OWN_RESULTS: _("Xem kết quả của chính mình với hồ sơ có sẵn đáp án"),
    Right.SEE_AUDIT: _("Tra cứu nhật ký, xem cảnh báo"),
    Right.EXPORT_AUDIT: _("Tải sự kiện của nhật ký thành tệp"),
    Right.REVIEW_ALERTS: _("Ghi nhận đã xem lại một cảnh báo của nhật ký"),
}

_OWN, _BELOW, _COUNTRY = Reach.OWN, Reach.BELOW, Reach.COUNTRY
_TABLE: Mapping[Right, Mapping[Role, Reach]] = {
    Right.OWN_SESSION: dict.fromkeys(Role, _OWN),
    # Who decides at a province sees what lies at its offices, and decides at the own one.
    Right.SEE_FILES: {
        Role.RECEPTION: _OWN,
        Role.REVIEWER: _BELOW,
        Role.DIRECTOR: _BELOW,
        Role.AUDITOR: _BELOW,
    },
    Right.TAKE_FILES: {Role.RECEPTION: _OWN, Role.REVIEWER: _OWN, Role.SUPPORT: _OWN},
    Right.NOTE_FILES: {
        Role.RECEPTION: _OWN,
        Role.REVIEWER: _OWN,
        Role.SUPPORT: _OWN,
        Role.DIRECTOR: _OWN,
    },
    Right.ASSIGN_FILES: {Role.REVIEWER: _OWN, Role.DIRECTOR: _OWN},
    Right.CHECK_PAPERS: {Role.RECEPTION: _OWN, Role.REVIEWER: _OWN},
    Right.DECIDE_REGISTRATIONS: {Role.REVIEWER: _OWN},
    # Also for an office with one reviewer: who reviews above it is the second.
    Right.CONFIRM_REGISTRATIONS: {Role.REVIEWER: _BELOW},
    Right.DECIDE_REQUESTS: {Role.REVIEWER: _OWN},
    Right.DECIDE_FAMILIES: {Role.REVIEWER: _OWN},
    Right.SEE_MESSAGES: {
        Role.RECEPTION: _OWN,
        Role.REVIEWER: _BELOW,
        Role.SUPPORT: _BELOW,
        Role.DIRECTOR: _BELOW,
        Role.AUDITOR: _BELOW,
    },
    Right.ANSWER_MESSAGES: {Role.RECEPTION: _OWN, Role.REVIEWER: _OWN, Role.SUPPORT: _OWN},
    Right.SEE_COUNTER: {
        Role.RECEPTION: _OWN,
        Role.REVIEWER: _OWN,
        Role.DIRECTOR: _BELOW,
        Role.AUDITOR: _BELOW,
    },
    Right.SERVE_COUNTER: {Role.RECEPTION: _OWN, Role.REVIEWER: _OWN},
    Right.WATCH_COUNTER: {Role.DATA: _BELOW, Role.DIRECTOR: _BELOW, Role.AUDITOR: _BELOW},
    Right.REVIEW_COUNTER: {Role.DATA: _BELOW, Role.DIRECTOR: _BELOW},
    Right.SEE_LOADS: {Role.DATA: _OWN, Role.DIRECTOR: _OWN, Role.AUDITOR: _OWN},
    # What a file changes lies at the own office or below; the file itself is of the own one.
    Right.LOAD_FILES: {Role.DATA: _BELOW},
    Right.CONFIRM_LOADS: {Role.DATA: _OWN},
    # The directory belongs to no office.
    Right.SEE_DIRECTORY: {
        Role.COLLECTION: _COUNTRY,
        Role.SUPPORT: _COUNTRY,
        Role.DATA: _COUNTRY,
        Role.DIRECTOR: _COUNTRY,
        Role.ADMINISTRATOR: _COUNTRY,
        Role.AUDITOR: _COUNTRY,
    },
    Right.EDIT_DIRECTORY: {Role.DATA: _BELOW},
    Right.SEE_STAFF: {Role.DIRECTOR: _BELOW, Role.ADMINISTRATOR: _BELOW, Role.AUDITOR: _BELOW},
    Right.MANAGE_STAFF: {Role.ADMINISTRATOR: _BELOW},
    Right.SEE_DELIVERY: {Role.DIRECTOR: _BELOW, Role.ADMINISTRATOR: _BELOW, Role.AUDITOR: _BELOW},
    Right.MANAGE_DELIVERY: {Role.ADMINISTRATOR: _BELOW},
    Right.SEE_REPORTS: {Role.COLLECTION: _OWN, Role.DIRECTOR: _BELOW, Role.AUDITOR: _BELOW},
    Right.MANAGE_PLAN: {Role.DIRECTOR: _BELOW},
    Right.SEE_EMPLOYERS: {
        Role.COLLECTION: _OWN,
        Role.DIRECTOR: _BELOW,
        Role.ADMINISTRATOR: _BELOW,
        Role.AUDITOR: _BELOW,
    },
    Right.MANAGE_EMPLOYERS: {
        Role.COLLECTION: _OWN,
        Role.DIRECTOR: _BELOW,
        Role.ADMINISTRATOR: _BELOW,
    },
    Right.FOLLOW_EMPLOYERS: {Role.COLLECTION: _OWN, Role.DIRECTOR: _OWN},
    # Hundreds of letters in the office's name: for who signs them.
    Right.RUN_CAMPAIGNS: {Role.DIRECTOR: _BELOW},
    # Of named officers: for who is answerable for them, and nobody else.
    Right.OVERSEE_DECISIONS: {Role.DIRECTOR: _BELOW},
    Right.OWN_RESULTS: {Role.REVIEWER: _OWN},
    Right.SEE_AUDIT: {Role.DIRECTOR: _BELOW, Role.ADMINISTRATOR: _BELOW, Role.AUDITOR: _BELOW},
    # A file leaves the house: who checks takes it, who is answerable looks into what the nights found.
    Right.EXPORT_AUDIT: {Role.AUDITOR: _BELOW},
    Right.REVIEW_ALERTS: {Role.DIRECTOR: _BELOW},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    role: Role
    right: Right
    reach: Reach


RIGHTS = tuple(Row(role, right, reach) for right, held in _TABLE.items() for role, reach in held.items())
# What the version before called them; commands and files of then still say so.
_BEFORE = {"officer": Role.REVIEWER, "data": Role.DATA}


def role_of(text: str) -> Role | None:
    """The role of this name, also of the name it had before; None for none."""
    if text in _BEFORE:
        return _BEFORE[text]
    return Role(text) if text in set(Role) else None


def reach_of(role: str, right: Right) -> Reach | None:
    """How far a role has a right; None when it has not. No role has none."""
    return _TABLE[right].get(Role(role)) if role in set(Role) else None


def rights_of(role: str) -> frozenset[Right]:
    """All rights of a role, however far."""
    return frozenset(row.right for row in RIGHTS if row.role == role)
