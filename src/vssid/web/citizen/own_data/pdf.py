"""The own copy of one's data as a PDF that people can read, in the language of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.domain.directory import queries as directory
from vssid.domain.privacy.views import Everything
from vssid.domain.registration.draft.form import FormData
from vssid.domain.registration.of_person import PersonApplication
from vssid.infra.documents import pdf, pdf_letters
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import grouped
from vssid.web.ui.templatetags.ui import ngay, ngay_gio

from ..record import benefits, coverage, participation, visit_words, words
from . import event_words
from .pdf_rows import more

TEMPLATE = Path(__file__).with_name("own_data.typ")
Rows = list[tuple[str, str]]


def render(held: Everything) -> bytes:
    """A PDF; a section that holds nothing says so."""
    data: dict[str, Any] = {
        "lang": get_language() or "vi",
        "title": _("Dữ liệu của tôi"),
        "lead": _("Mọi dữ liệu hệ thống giữ về người này, lập lúc %(at)s.") % {"at": ngay_gio(held.made_at)},
        "nothing": _("Không có."),
        "sections": [{"title": title, "groups": groups} for title, groups in _sections(held)],
    }
    data, letters = pdf_letters.marked(data)
    codes = ", ".join(map(pdf_letters.number, letters))
    words = _("Chữ mà tệp này không in được thì ghi bằng mã Unicode: %(codes)s. Bản JSON giữ nguyên chữ.")
    data["unprinted"] = words % {"codes": codes} if codes else ""
    return pdf.render(TEMPLATE, data)


def _sections(held: Everything) -> list[tuple[str, list[Rows]]]:
    codes = {one.facility_code for one in held.participation.coverage}
    codes |= {visit.facility_code for visit in held.visits} | {
        certificate.facility_code for certificate in held.certificates
    }
    names = {code: directory.facility_name(code) for code in codes}
    every = [period for scheme in held.participation.schemes for period in scheme.periods]
    funds = {name: short for name, (short, _long) in participation.TABS.items()}
    return [
        (_("Thông tin cá nhân"), [_person(held)]),
        (_("Tài khoản"), [_account(held)]),
        (
            _("Quá trình tham gia"),
            [[(_("Quỹ"), funds[one.scheme]), *participation.rows(one, held.made_at)] for one in every],
        ),
        (
            _("Thẻ BHYT"),
            [coverage.rows(one, local_day(held.made_at), names) for one in held.participation.coverage],
        ),
        (_("Thông tin hưởng"), [benefits.rows(benefit) for benefit in held.benefits]),
        (
            _("Lần khám chữa bệnh"),
            [
                [
                    *visit_words.visit_rows(visit, names[visit.facility_code]),
                    (_("Tên bệnh"), visit_words.illness(visit)),
                    *visit_words.money_rows(visit),
                ]
                for visit in held.visits
            ],
        ),
        (
            _("Giấy được cấp"),
            [
                [
                    *visit_words.paper_rows(certificate, names[certificate.facility_code]),
                    (_("Tên bệnh"), visit_words.illness(certificate)),
                ]
                for certificate in held.certificates
            ],
        ),
        (_("Dữ liệu trước khi sửa (chi tiết trong bản JSON)"), [_corrected(held)] if held.versions else []),
        (
            _("Mã số đã gộp"),
            [[(grouped(merge.merged_code.reveal()), ngay(merge.decided_on))] for merge in held.merges],
        ),
        (_("Hồ sơ đăng ký"), [_application(application) for application in held.applications]),
        (
            _("Tin nhắn đã gửi"),
            [[(ngay_gio(message.created_at), message.to_masked)] for message in held.messages],
        ),
        (
            _("Bản xác nhận C14-TS đã cấp"),
            [[(str(statement.year), ngay_gio(statement.issued_at))] for statement in held.statements],
        ),
        *more(held),
        (_("Ai đã xem, đã làm gì"), [_seen(held)] if held.seen else []),
    ]


def _person(held: Everything) -> Rows:
    one = held.person
    if one is None:
        return []
    found = [
        (_("Họ và tên"), one.full_name),
        (_("Mã số BHXH"), grouped(one.bhxh_code.reveal())),
        (_("Ngày sinh"), words.birth(one.birth_date, one.birth_precision)),
        (_("Giới tính"), words.sex(one.sex)),
        (_("Số giấy tờ"), one.id_number.reveal() if one.id_number else ""),
        (_("Ngày cấp"), ngay(one.id_issued_on) if one.id_issued_on else ""),
        (_("Số giấy tờ cũ"), one.old_id_number.reveal() if one.old_id_number else ""),
        (_("Số điện thoại"), one.phone.national() if one.phone else ""),
        (_("E-mail"), one.email),
        (_("Địa chỉ"), one.address),
        (_("Mã hộ gia đình"), one.household_code),
    ]
    return [(label, value) for label, value in found if value]


def _account(held: Everything) -> Rows:
    if held.account is None:
        return []
    phone = held.account_phone
    rows = [
        (_("Mở lúc"), ngay_gio(held.account.created_at)),
        (_("Đăng nhập gần nhất"), ngay_gio(held.account.last_sign_in_at)),
        (_("Số điện thoại"), phone.national() if phone else "–"),
    ]
    return rows + [
        (_("Máy đang đăng nhập"), f"{device.device or '–'}, {ngay_gio(device.created_at)}")
        for device in held.devices
    ]


def _application(person_application: PersonApplication) -> Rows:
    rows = [
        (_("Số hồ sơ"), person_application.status.number),
        (_("Gửi lúc"), ngay_gio(person_application.status.submitted_at)),
        (_("Cơ quan tiếp nhận"), person_application.status.office.name),
        (_("Xong lúc"), ngay_gio(person_application.status.closed_at)),
    ]
    return rows + (_form(person_application.form) if person_application.form else [])


def _form(form: FormData) -> Rows:
    return [
        (_("Họ và tên"), form.full_name),
        (_("Số giấy tờ"), form.id_number.reveal()),
        (_("Số điện thoại"), form.phone.national()),
        (_("E-mail"), form.email or "–"),
        (_("Địa chỉ"), form.address),
    ]


def _corrected(held: Everything) -> Rows:
    return [
        (ngay_gio(version.said_until), f"{version.record} {version.record_id}") for version in held.versions
    ]


def _seen(held: Everything) -> Rows:
    return [(ngay_gio(one.at), f"{event_words.what(one)} · {event_words.who(one)}") for one in held.seen]
