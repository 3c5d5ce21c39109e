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


def render(everything: Everything) -> bytes:
    """A PDF; a section that holds nothing says so."""
    data: dict[str, Any] = {
        "lang": get_language() or "vi",
        "title": _("Dữ liệu của tôi"),
        "lead": _("Mọi dữ liệu hệ thống giữ về người này, lập lúc %(at)s.")
        % {"at": ngay_gio(everything.made_at)},
        "nothing": _("Không có."),
        "sections": [{"title": title, "groups": groups} for title, groups in _sections(everything)],
    }
    data, letters = pdf_letters.marked(data)
    codes = ", ".join(map(pdf_letters.number, letters))
    words = _("Chữ mà tệp này không in được thì ghi bằng mã Unicode: %(codes)s. Bản JSON giữ nguyên chữ.")
    data["unprinted"] = words % {"codes": codes} if codes else ""
    return pdf.render(TEMPLATE, data)


def _sections(everything: Everything) -> list[tuple[str, list[Rows]]]:
    codes = {cover.facility_code for cover in everything.participation.coverage}
    codes |= {visit.facility_code for visit in everything.visits} | {
        certificate.facility_code for certificate in everything.certificates
    }
    names = {code: directory.facility_name(code) for code in codes}
    every = [period for scheme in everything.participation.schemes for period in scheme.periods]
    funds = {name: short for name, (short, _long) in participation.TABS.items()}
    return [
        (_("Thông tin cá nhân"), [_person(everything)]),
        (_("Tài khoản"), [_account(everything)]),
        (
            _("Quá trình tham gia"),
            [
                [(_("Quỹ"), funds[period.scheme]), *participation.rows(period, everything.made_at)]
                for period in every
            ],
        ),
        (
            _("Thẻ BHYT"),
            [
                coverage.rows(cover, local_day(everything.made_at), names)
                for cover in everything.participation.coverage
            ],
        ),
        (_("Thông tin hưởng"), [benefits.rows(benefit) for benefit in everything.benefits]),
        (
            _("Lần khám chữa bệnh"),
            [
                [
                    *visit_words.visit_rows(visit, names[visit.facility_code]),
                    (_("Tên bệnh"), visit_words.illness(visit)),
                    *visit_words.money_rows(visit),
                ]
                for visit in everything.visits
            ],
        ),
        (
            _("Giấy được cấp"),
            [
                [
                    *visit_words.paper_rows(certificate, names[certificate.facility_code]),
                    (_("Tên bệnh"), visit_words.illness(certificate)),
                ]
                for certificate in everything.certificates
            ],
        ),
        (
            _("Dữ liệu trước khi sửa (chi tiết trong bản JSON)"),
            [_corrected(everything)] if everything.versions else [],
        ),
        (
            _("Mã số đã gộp"),
            [[(grouped(merge.merged_code.reveal()), ngay(merge.decided_on))] for merge in everything.merges],
        ),
        (_("Hồ sơ đăng ký"), [_application(application) for application in everything.applications]),
        (
            _("Tin nhắn đã gửi"),
            [[(ngay_gio(message.created_at), message.to_masked)] for message in everything.messages],
        ),
        (
            _("Bản xác nhận C14-TS đã cấp"),
            [[(str(statement.year), ngay_gio(statement.issued_at))] for statement in everything.statements],
        ),
        *more(everything),
        (_("Ai đã xem, đã làm gì"), [_seen(everything)] if everything.seen else []),
    ]


def _person(everything: Everything) -> Rows:
    person = everything.person
    if person is None:
        return []
    rows = [
        (_("Họ và tên"), person.full_name),
        (_("Mã số BHXH"), grouped(person.bhxh_code.reveal())),
        (_("Ngày sinh"), words.birth(person.birth_date, person.birth_precision)),
        (_("Giới tính"), words.sex(person.sex)),
        (_("Số giấy tờ"), person.id_number.reveal() if person.id_number else ""),
        (_("Ngày cấp"), ngay(person.id_issued_on) if person.id_issued_on else ""),
        (_("Số giấy tờ cũ"), person.old_id_number.reveal() if person.old_id_number else ""),
        (_("Số điện thoại"), person.phone.national() if person.phone else ""),
        (_("E-mail"), person.email),
        (_("Địa chỉ"), person.address),
        (_("Mã hộ gia đình"), person.household_code),
    ]
    return [(label, value) for label, value in rows if value]


def _account(everything: Everything) -> Rows:
    if everything.account is None:
        return []
    phone = everything.account_phone
    rows = [
        (_("Mở lúc"), ngay_gio(everything.account.created_at)),
        (_("Đăng nhập gần nhất"), ngay_gio(everything.account.last_sign_in_at)),
        (_("Số điện thoại"), phone.national() if phone else "–"),
    ]
    return rows + [
        (_("Máy đang đăng nhập"), f"{device.device or '–'}, {ngay_gio(device.created_at)}")
        for device in everything.devices
    ]


def _application(person_application: PersonApplication) -> Rows:
    rows = [
        (_("Số hồ sơ"), person_application.status.number),
        (_("Gửi lúc"), ngay_gio(person_application.status.submitted_at)),
        (_("Cơ quan tiếp nhận"), person_application.status.office.name),
        (_("Xong lúc"), ngay_gio(person_application.status.closed_at)),
    ]
    for version in person_application.signed:
        said = _("%(at)s, số trang: %(n)s") % {"at": ngay_gio(version.filed_at), "n": len(version.pages)}
        rows.append((_("Bản quét tờ khai đã ký"), said))
    return rows + (_form(person_application.form) if person_application.form else [])


def _form(form: FormData) -> Rows:
    return [
        (_("Họ và tên"), form.full_name),
        (_("Số giấy tờ"), form.id_number.reveal()),
        (_("Số điện thoại"), form.phone.national()),
        (_("E-mail"), form.email or "–"),
        (_("Địa chỉ"), form.address),
    ]


def _corrected(everything: Everything) -> Rows:
    return [
        (ngay_gio(version.said_until), f"{version.record} {version.record_id}")
        for version in everything.versions
    ]


def _seen(everything: Everything) -> Rows:
    return [
        (ngay_gio(event.at), f"{event_words.what(event)} · {event_words.who(event)}")
        for event in everything.seen
    ]
