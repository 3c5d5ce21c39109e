"""Who gets what at every address that names an object: one table, walked by test_matrix.py.

`can` says which answer each asker gets, by rule; `TABLE` gives the rule of each route. An asker is named by
what it is to the object's owner.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.journeys.test_authority import FILLINGS

# Answers.
OPENS, NOT_THERE, NO_RIGHT, SIGN_IN, SIGN_IN_AS_STAFF, SIGN_IN_AS_HR, FORGOTTEN = (
    "opens",
    "404",
    "no right",
    "sign-in",
    "sign-in as staff",
    "sign-in as HR",
    "nothing",
)
PEOPLE = ("owner", "kin", "other parent", "unrelated")
STAFF = ("desk", "desk with files", "elsewhere", "elsewhere with files")
UNKNOWN = ("nobody", "applicant")
ASKERS = (*PEOPLE, *STAFF, *UNKNOWN)


def can(*, people: str, staff: str, unknown: str, **named: str) -> dict[str, str]:
    """What each asker gets: by its kind, unless named (a space in the name is written _)."""
    kinds = {PEOPLE: people, STAFF: staff, UNKNOWN: unknown}
    answers = {asker: answer for kind, answer in kinds.items() for asker in kind}
    return answers | {asker.replace("_", " "): answer for asker, answer in named.items()}


# The owner alone. `kin` is the child of a guardian, or the guardian of a child: neither acts for the other.
OWN = can(people=NOT_THERE, staff=SIGN_IN, unknown=SIGN_IN, owner=OPENS)
# The same, but what is not one's own leads to the own list, and nothing happens.
OWN_LIST = OWN | {asker: FORGOTTEN for asker in PEOPLE if asker != "owner"}
# Words for whatever the one who asks owns: nothing in the address says whose. Rows of a record by number are
# under OWN: only the owner has any.
SELF = can(people=OPENS, staff=SIGN_IN, unknown=SIGN_IN)
# Messages to an office are written without an account too; the address leads nobody to a sign-in.
WRITER = can(people=NOT_THERE, staff=NOT_THERE, unknown=NOT_THERE, owner=OPENS)
HOLDER = can(people=NOT_THERE, staff=NOT_THERE, unknown=NOT_THERE, applicant=OPENS)
# Which role may what is the table of rights; here whose file it is.
BY_DESKS = can(people=SIGN_IN_AS_STAFF, staff=NO_RIGHT, unknown=SIGN_IN_AS_STAFF)
DESK = BY_DESKS | {"desk": OPENS, "elsewhere": NOT_THERE}
# The next file of the own office, whichever office that is; who loads files works on no person's.
ANY_DESK = DESK | {"elsewhere": OPENS}
FILES = BY_DESKS | {"desk with files": OPENS, "elsewhere with files": NOT_THERE}
# Files loaded by command belong to no office; their pages hold counts and no persons.
ANY_FILES = FILES | {"elsewhere with files": OPENS}
# A change at the desk is looked at when it is done; the one of the tests is not yet.
DONE_ONES = BY_DESKS | {"desk with files": NOT_THERE, "elsewhere with files": NOT_THERE}
# The days and devices of other officers.
NO_DAY = BY_DESKS | {"desk": NOT_THERE, "elsewhere": NOT_THERE}
NO_DESKS = can(people=SIGN_IN_AS_STAFF, staff=NOT_THERE, unknown=SIGN_IN_AS_STAFF)
ALL = can(people=OPENS, staff=OPENS, unknown=OPENS)
GATEWAY = can(people=NOT_THERE, staff=NOT_THERE, unknown=NOT_THERE)


@dataclass(frozen=True)
class Group:
    """Pages below one address under one rule: `pages` has the rest of the address and its methods.

    `names` says which object stands for which part of the address; other parts are as in FILLINGS.
    """

    rule: Mapping[str, str]
    base: str
    pages: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    def address(self, rest: str, objects: Mapping[str, object]) -> str:
        """A real address of the object."""

        def fill(part: re.Match[str]) -> str:
            name = part.group(1)
            return str(objects[self.names[name]]) if name in self.names else FILLINGS[part.group(0)]

        return re.sub(r"<\w+:(\w+)>", fill, self.base + rest)


# A factor of one's own: another member's is not there, and nothing happens.
OWN_FACTOR = can(people=SIGN_IN_AS_STAFF, staff=FORGOTTEN, unknown=SIGN_IN_AS_STAFF)
# Of employers: HR of one and what is another's is in web/employer/tests/test_matrix.py.
EMPLOYERS = can(people=SIGN_IN_AS_HR, staff=SIGN_IN_AS_HR, unknown=SIGN_IN_AS_HR)
TABLE = (
    Group(EMPLOYERS, "/don-vi/xac-thuc/bo/<uuid:factor_id>", {"": "POST"}),
    Group(EMPLOYERS, "/don-vi/nguoi/<int:seat_id>", {"/ket-thuc": "POST", "/doi-vai-tro": "POST"}),
    Group(EMPLOYERS, "/don-vi/nguoi/<int:person_id>/cap-lai", {"": "POST"}),
    Group(EMPLOYERS, "/don-vi/phan-mem/<uuid:client_id>", {"/khoa": "POST", "/ket-thuc": "POST"}),
    Group(EMPLOYERS, "/don-vi/tep/<int:file_id>", {"": "", "/dong-loi": ""}),
    Group(EMPLOYERS, "/don-vi/tep/<int:file_id>", {"/cot": "POST", "/dung": "POST", "/bo": "POST"}),
    Group(EMPLOYERS, "/don-vi/to-khai/<int:run_id>", {"": "", "/tien-do": "", "/to-khai.pdf": ""}),
    Group(EMPLOYERS, "/don-vi/to-khai/<int:run_id>", {"/bo": "POST"}),
    Group(EMPLOYERS, "/don-vi/bang-ke/<int:list_id>", {"": "", "/bang-ke.pdf": "", "/bien-nhan.pdf": ""}),
    Group(EMPLOYERS, "/don-vi/bang-ke/<int:list_id>", {"/huy": "POST"}),
    Group(EMPLOYERS, "/don-vi/moi/<int:round_id>", {"": "", "/phieu.pdf": ""}),
    Group(EMPLOYERS, "/don-vi/doi-chieu/<int:difference_id>", {"": "POST"}),
    Group(EMPLOYERS, "/don-vi/ngay-dang-ky/<uuid:day_id>", {"": "GET POST", "/rut": "POST"}),
    Group(EMPLOYERS, "/don-vi/hoi/<int:ticket_id>", {"": "GET POST", "/dong": "POST"}),
    Group(EMPLOYERS, "/don-vi/doi-chieu/de-nghi/<int:correction_id>/rut", {"": "POST"}),
    Group(
        BY_DESKS,
        "/can-bo/nhan-su/xac-thuc/<int:person_id>/<uuid:request_id>",
        {"": "POST"},
    ),
    Group(OWN_FACTOR, "/can-bo/xac-thuc/bo/<uuid:factor_id>", {"": "POST"}),
    Group(
        SELF,
        "/qua-trinh",
        {"/<slug:tab>": "GET"},
    ),
    Group(OWN, "/qua-trinh", {"/<slug:tab>/<int:number>": "GET"}),
    Group(SELF, "/thong-tin-huong", {"/<slug:tab>": "GET"}, {"tab": "benefit_tab"}),
    Group(OWN, "/thong-tin-huong", {"/<slug:tab>/<int:number>": "GET"}, {"tab": "benefit_tab"}),
    Group(OWN, "/so-kham-chua-benh", {"/<int:number>": "GET", "/giay/<int:number>": "GET"}),
    Group(SELF, "/tai-khoan/lien-he/<slug:word>", {"": "GET POST", "/ma": "GET POST"}),
    Group(
        SELF,
        "/dich-vu-cong/<slug:procedure>",
        {"": "GET POST", "/xem-lai": "GET POST", "/bo": "POST", "/<slug:step>": "GET POST"},
        {"procedure": "procedure", "step": "step"},
    ),
    Group(
        OWN,
        "/dich-vu-cong/ho-so/<int:request_id>",
        {"": "GET POST", "/rut": "GET POST", "/anh/<slug:name>": "GET"},
        {"request_id": "request"},
    ),
    Group(OWN, "/gia-dinh/dang-ky/giay-to/<slug:kind>", {"": "GET"}, {"kind": "paper"}),
    Group(
        OWN,
        "/gia-dinh/ho-so/<int:request_id>",
        {"": "GET", "/rut": "POST"},
        {"request_id": "child_request"},
    ),
    Group(OWN, "/gia-dinh/con/<uuid:link_id>/ket-thuc", {"": "GET POST"}, {"link_id": "link"}),
    Group(
        OWN,
        "/con/<uuid:link_id>",
        {
            "": "GET",
            "/chan-dung": "GET",
            "/the": "GET",
            "/the/ma": "GET",
            "/the/chung-thuc": "GET",
            "/the/hinh-anh": "GET",
            "/qua-trinh": "GET",
            "/qua-trinh/<slug:tab>": "GET",
            "/qua-trinh/<slug:tab>/<int:number>": "GET",
        },
        {"link_id": "link", "tab": "child_tab"},
    ),
    Group(OWN, "/qua-trinh/c14-ts/<uuid:statement_id>", {"": "GET"}, {"statement_id": "statement"}),
    Group(OWN, "/thong-bao/<uuid:notice_id>", {"": "GET", "/da-doc": "POST"}, {"notice_id": "notice"}),
    Group(OWN_LIST, "/tai-khoan/khoa-truy-cap/<uuid:passkey_id>", {"": "POST"}, {"passkey_id": "passkey"}),
    Group(
        OWN,
        "/tai-khoan/lien-he/tai-co-quan/<uuid:request_id>",
        {"": "GET POST"},
        {"request_id": "counter_request"},
    ),
    Group(
        OWN_LIST,
        "/tai-khoan/lien-he/tai-co-quan/<uuid:request_id>",
        {"/rut": "POST"},
        {"request_id": "counter_request"},
    ),
    Group(
        WRITER,
        "/tro-giup/tin-nhan/<int:ticket_id>",
        {"": "GET POST", "/dong": "POST", "/anh/<int:seq>": "GET"},
        {"ticket_id": "ticket"},
    ),
    Group(HOLDER, "/dang-ky/anh/<slug:slug>", {"": "GET"}, {"slug": "photo"}),
    Group(
        DESK,
        "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>",
        {
            "": "GET",
            "/xem-ban-chinh": "POST",
            "/so-moi": "POST",
            "/ma": "POST",
            "/thuc-hien": "POST",
            "/gui-lai": "POST",
            "/tu-choi": "POST",
        },
        {"person_id": "owner", "request_id": "counter_request"},
    ),
    Group(
        DONE_ONES,
        "/can-bo/tai-khoan/can-xem/<uuid:request_id>",
        {"": "POST"},
        {"request_id": "counter_request"},
    ),
    # The log is for directors, administrators and auditors (web/officer/audit/tests).
    Group(BY_DESKS, "/can-bo/nhat-ky/canh-bao/<int:alert_id>", {"": "GET"}),
    # Accuracy is for directors, the result of a file with a known answer for who decided it; of what a
    # person sent there is none (web/officer/quality/tests).
    Group(BY_DESKS, "/can-bo/chat-luong/<int:officer_id>/<slug:office>", {"": "GET"}),
    Group(
        BY_DESKS | {"desk": NOT_THERE, "elsewhere": NOT_THERE},
        "/can-bo/ho-so-co-dap-an/<int:application_id>",
        {"": "GET"},
        {"application_id": "application"},
    ),
    # Of who minds the messages; another's notice is put away by nobody (web/officer/delivery/tests).
    Group(BY_DESKS, "/can-bo/thong-bao/<uuid:notice_id>/da-xem", {"": "POST"}),
    Group(
        DESK,
        "/can-bo/ho-so/<int:application_id>",
        {
            "": "GET",
            "/ghi-chu": "POST",
            "/giao": "POST",
            "/nhan-to-khai": "POST",
            "/xem-ban-chinh": "POST",
            "/tra-to-khai": "POST",
            "/bo-ban-chinh": "POST",
            "/duyet": "POST",
            "/duyet-lan-hai": "POST",
            "/tra-lai": "POST",
            "/tu-choi": "POST",
            "/gui-lai": "POST",
            "/to-khai.pdf": "GET",
            "/to-khai-ky": "POST",
            "/to-khai-ky/<int:version>/<int:number>": "GET",
            "/anh/<slug:kind>": "GET",
        },
        {"application_id": "application"},
    ),
    Group(
        DESK,
        "/can-bo/quay/<int:application_id>",
        {"": "GET POST", "/anh/<slug:kind>": "GET POST", "/bo": "POST"},
        {"application_id": "walk_in"},
    ),
    Group(
        DESK,
        "/can-bo/tin-nhan/<int:ticket_id>",
        {
            "": "GET",
            "/ghi-chu": "POST",
            "/giao": "POST",
            "/nhan": "POST",
            "/tra-loi": "POST",
            "/dong": "POST",
            "/chuyen": "POST",
            "/anh/<int:seq>": "GET",
        },
        {"ticket_id": "ticket"},
    ),
    Group(
        DESK,
        "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>",
        {
            "": "GET",
            "/ghi-chu": "POST",
            "/giao": "POST",
            "/so-giay": "POST",
            "/bo-so-giay": "POST",
            "/duyet": "POST",
            "/tu-choi": "POST",
            "/ket-thuc": "POST",
            "/anh/<slug:kind>": "GET",
        },
        {"guardian_id": "owner", "request_id": "child_request", "kind": "paper"},
    ),
    Group(
        DESK,
        "/can-bo/dich-vu/<int:person_id>/<int:request_id>",
        {
            "": "GET",
            "/ghi-chu": "POST",
            "/giao": "POST",
            "/tiep-nhan": "POST",
            "/bo-sung": "POST",
            "/dong-y": "POST",
            "/tu-choi": "POST",
            "/anh/<slug:name>": "GET",
        },
        {"person_id": "owner", "request_id": "request"},
    ),
    # There is no such list; the lists of an office: registration/handover.
    Group(
        DESK | {"desk": NOT_THERE},
        "/can-bo/bang-ke/<int:list_id>",
        {"": "GET POST", "/quet": "POST", "/xong": "POST", "/bien-nhan.pdf": "GET"},
    ),
    Group(ANY_DESK, "/can-bo/tiep/<slug:queue>", {"": "POST"}),
    Group(DESK, "/can-bo/nhan-ve/<slug:queue>/<int:file_id>", {"": "POST"}, {"file_id": "application"}),
    Group(DESK, "/can-bo/giu/<slug:queue>/<int:file_id>", {"": "POST"}, {"file_id": "application"}),
    Group(
        FILES,
        "/can-bo/nhap-lieu/<int:upload_id>",
        {"": "GET", "/tien-do": "GET", "/huy": "POST", "/xac-nhan": "POST", "/quen-tieu-de": "POST"},
        {"upload_id": "upload"},
    ),
    # Nothing of this upload was refused or loaded, so there are no refused rows, and nothing to take back.
    Group(
        FILES | {"desk with files": NOT_THERE},
        "/can-bo/nhap-lieu/<int:upload_id>",
        {"/loi": "GET", "/loi.xlsx": "GET", "/hoan-tac": "POST"},
        {"upload_id": "upload"},
    ),
    Group(ANY_FILES, "/can-bo/nhap-lieu/lenh/<int:run_id>", {"": "GET"}, {"run_id": "run"}),
    Group(
        ANY_FILES,
        "/can-bo/nhap-lieu/mau/<slug:kind>.<slug:form>",
        {"": "GET"},
        {"kind": "import_kind", "form": "import_form"},
    ),
    # Who manages staff is none of these.
    Group(
        BY_DESKS,
        "/can-bo/nhan-su/<int:person_id>",
        {
            "": "GET",
            "/vi-tri": "GET POST",
            "/vi-tri/<int:post_id>/ket-thuc": "GET POST",
            "/vi-tri/<int:post_id>/lam-thay": "GET POST",
            "/vi-tri/<int:post_id>/dien-thoai": "GET POST",
            "/vang-mat": "GET POST",
            "/vang-mat/<int:absence_id>/ket-thuc": "POST",
            "/ket-thuc": "GET POST",
            "/ma-so": "GET POST",
        },
        {"person_id": "owner"},
    ),
    # Who manages employers is none of these.
    Group(BY_DESKS, "/can-bo/don-vi/sua-doi/<int:correction_id>", {"": "GET"}),
    Group(BY_DESKS, "/can-bo/ngay-dang-ky/<uuid:day_id>", {"": "GET", "/tra-loi": "POST"}),
    # Who holds no sent file is led to the look-up, or to the own draft.
    Group(
        can(people=FORGOTTEN, staff=FORGOTTEN, unknown=FORGOTTEN),
        "/dang-ky/ho-so/ngay-dang-ky/<uuid:day_id>",
        {"": "POST"},
    ),
    Group(OWN | {"owner": NOT_THERE}, "/tai-khoan/don-vi/ngay-dang-ky/<uuid:day_id>", {"": "POST"}),
    Group(
        BY_DESKS,
        "/can-bo/don-vi/<slug:code>",
        {
            "": "GET",
            "/moi": "POST",
            "/thu": "POST",
            "/thu-moi/<int:entry_id>/huy": "POST",
            "/giay-uy-quyen": "POST",
            "/giay-uy-quyen/<int:paper_id>/<int:number>": "GET",
            "/nguoi/<int:seat_id>/ket-thuc": "GET POST",
            "/phan-mem/<uuid:client_id>/ket-thuc": "GET POST",
            "/ket-thuc": "GET POST",
            "/tinh-trang": "GET POST",
            "/tinh-trang/<int:standing_id>/bo": "POST",
            "/hoi": "POST",
            "/hoi/<int:ticket_id>": "GET",
            "/hoi/<int:ticket_id>/tra-loi": "POST",
            "/hoi/<int:ticket_id>/dong": "POST",
            "/so": "POST",
            "/so/<int:entry_id>/xong": "POST",
        },
    ),
    # Who runs campaigns is none of these.
    Group(
        BY_DESKS,
        "/can-bo/chien-dich/<int:campaign_id>",
        {
            "": "GET",
            "/cac-don-vi": "GET",
            "/sua": "GET POST",
            "/chay": "POST",
            "/dung": "POST",
            "/chay-tiep": "POST",
            "/ket-thuc": "POST",
            "/chep": "POST",
            "/dot": "GET POST",
            "/dot/<int:wave_id>": "GET",
            "/dot/<int:wave_id>/bo": "POST",
            "/dot/<int:wave_id>/danh-sach": "POST",
            "/phan/<int:part_id>/thu": "POST",
            "/phan/<int:part_id>/da-gui": "POST",
        },
    ),
    # Whose day and whose device it is (named there) is none of these; decisions name what they are of inside.
    Group(NO_DAY, "/can-bo/luu-dong/<uuid:day_id>", {"/nhan": "POST", "/xoa": "POST"}),
    Group(NO_DESKS, "/can-bo/luu-dong/may/<int:device_id>", {"/thu-hoi": "POST"}),
    # The directory belongs to no office.
    Group(
        ANY_FILES,
        "/can-bo/danh-ba/<slug:listing>",
        {
            "/moi": "GET POST",
            "/<slug:place>": "GET",
            "/<slug:place>/sua": "GET POST",
            "/<slug:place>/dong": "GET POST",
        },
    ),
    Group(ANY_FILES, "/can-bo/danh-ba/thay-doi/<int:change_id>/rut", {"": "POST"}, {"change_id": "change"}),
    # A code that nobody was given; what a good one opens is in web/public/invitations/tests.
    Group(GATEWAY, "/moi/<slug:code>", {"": "GET POST"}),
    Group(ALL, "/tro-giup/huong-dan/<slug:slug>", {"": "GET"}, {"slug": "guide"}),
    *(
        Group(ALL, f"/tra-cuu/{kind}/<slug:code>", {"": "GET", ".vcf": "GET"}, {"code": code})
        for kind, code in (
            ("co-quan-bhxh", "office"),
            ("co-so-kham-chua-benh", "facility"),
            ("diem-thu", "point"),
        )
    ),
    Group(ALL, "/tra-cuu/don-vi/<slug:code>", {"": "GET"}, {"code": "employer"}),
    Group(ALL, "/api/v1/directory/employers/<str:code>", {"": "GET"}, {"code": "employer"}),
    Group(
        ALL,
        "/api/v1/directory",
        {
            "/<slug:kinds>": "GET",
            "/<slug:kinds>/<str:code>": "GET",
            "/open/<slug:kinds>.csv": "GET",
            "/open/<slug:kinds>.json": "GET",
        },
        {"kinds": "kinds", "code": "facility"},
    ),
    Group(ALL, "/sitemap/<slug:name>.xml", {"": "GET"}, {"name": "sitemap"}),
    Group(ALL, "/demo/giao-dien/<slug:frame>", {"": "GET"}, {"frame": "frame"}),
    # The desks of the tests administrate nothing; whose message it is, test_delivery asks.
    Group(
        BY_DESKS,
        "/can-bo/tin-gui-di/<int:subject_id>/<uuid:message_id>",
        {"": "GET", "/gui-lai": "POST"},
        {"subject_id": "owner", "message_id": "message"},
    ),
    # Who sees reports and who manages the plan: web/officer/reports/tests.
    Group(
        BY_DESKS,
        "/can-bo/bao-cao/ke-hoach/<int:plan_id>",
        {
            "": "GET",
            "/sua": "GET POST",
            "/ket-thuc": "POST",
            "/chi-tieu": "GET POST",
            "/chi-tieu/<int:target_id>/bo": "POST",
        },
    ),
    Group(BY_DESKS, "/can-bo/bao-cao/tep/<slug:report>", {"": "POST"}),
    Group(BY_DESKS, "/can-bo/bao-cao/da-lap/<int:made_id>", {"": "POST"}),
    Group(BY_DESKS, "/can-bo/bao-cao/da-lap/lich/<int:schedule_id>/thoi", {"": "POST"}),
    Group(BY_DESKS, "/can-bo/bao-cao/chuyen-quan/<int:assignment_id>/ket-thuc", {"": "GET POST"}),
    Group(BY_DESKS, "/can-bo/tin-gui-di/mau/<slug:kind>", {"": "GET POST"}, {"kind": "paper"}),
    Group(BY_DESKS, "/can-bo/tin-gui-di/cong/<slug:name>", {"": "POST"}, {"name": "gateway"}),
    Group(
        GATEWAY,
        "/api/sms/bien-nhan/<int:subject_id>/<uuid:message_id>/<int:attempt>/<str:token>",
        {"": "GET"},
        {"subject_id": "owner", "message_id": "message", "attempt": "attempt", "token": "token"},
    ),
)
# Objects of the owner named in a form instead of the address: the page and the object, in the field `id`.
IN_FORMS = (("/thiet-bi", "session"), ("/thong-bao/may/bo", "subscription"))
