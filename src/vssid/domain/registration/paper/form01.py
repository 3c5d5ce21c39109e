"""Tờ khai mẫu số 01 as a PDF, made anew from the application each time it is asked for.

Fields: registration.md section 6 [S]. The layout is ours: the official typeset form was not seen [?].
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation

from vssid.infra.documents import pdf, qr
from vssid.kernel import laws
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.kernel.ids import IdKind, grouped

from ..draft.form import FormData
from ..queries import Status
from . import printing, rules

TEMPLATE = Path(__file__).with_name("form01.typ")
HOTLINE = "1900 9068"
# The form is an official Vietnamese document: its words are not translated.
ID_KINDS = {IdKind.CCCD: "Số CCCD/Căn cước", IdKind.CMND: "Số CMND", IdKind.PASSPORT: "Số hộ chiếu"}
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def due_text(day: date) -> str:
    """`thứ Hai, 30/11/2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def _decree(day: date) -> str:
    text = laws.read(rules.legal_base(day))
    assert text is not None  # tests read every row
    return text.in_vietnamese()


def render(status: Status, form: FormData) -> bytes:
    """The form of one application, one A4 page, with a Code 128 barcode of its number.

    Raises Unprintable when a field holds letters that the fonts of our PDFs lack; none is printed as a box.
    """
    return render_many([(status, form)])


def render_many(several: Sequence[tuple[Status, FormData]]) -> bytes:
    """The forms of several applications in this order, a page each. Raises Unprintable for any of them."""
    forms, codes = [], {}
    for at, (status, form) in enumerate(several):
        printing.refuse(form)
        barcode = f"{at}.svg"
        forms.append(_values(status, form) | {"barcode": barcode})
        codes[barcode] = qr.code128_svg(status.number).encode()
    return pdf.render(TEMPLATE, {"forms": forms}, codes)


def _values(status: Status, form: FormData) -> dict[str, Any]:
    with translation.override("vi"):
        hours = "; ".join(status.office.hours)
    return {
        "number": status.number,
        "bhxh_code": grouped(form.bhxh_code.reveal()),
        "full_name": form.full_name,
        "birth_date": f"{form.birth_date:%d/%m/%Y}",
        "sex": "Nam" if form.sex == 1 else "Nữ",
        "id_kind": ID_KINDS[form.id_kind],
        "id_number": form.id_number.reveal(),
        "issued_on": f"{form.issued_on:%d/%m/%Y}",
        "phone": form.phone.national(),
        "email": form.email or "–",
        "address": form.address,
        "submitted_at": f"{status.submitted_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
        "due_on": due_text(status.due_on),
        "hotline": HOTLINE,
        "law": _decree(local_day(status.submitted_at)),
        "office": {"name": status.office.name, "address": status.office.address, "hours": hours},
    }
