"""Template tags of the design: builtins in every template (settings.TEMPLATES).

Values: `ngay`, `ngay_gio`, `luc`, `thang`, `tien`, `so`, `bhxh`, `van_ban`. Parts: `icon`, `abbr`, `field`,
`error_summary`, `ring`, `fixed`, `work`; blocks: `panel`, `note`, `pill`, `backlink`. Vietnamese time,
dd/MM/yyyy, money with dots. Addresses are in `links`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from vssid.domain.verification import proofs
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.ids import grouped
from vssid.kernel.redacted import Redacted

from ..forms import drawing as fields
from ..pages.icons import ICONS
from ..words import laws

register = template.Library()

SPOKEN = {
    "BHXH": gettext_lazy("bảo hiểm xã hội"),
    "BHYT": gettext_lazy("bảo hiểm y tế"),
    "BHTN": gettext_lazy("bảo hiểm thất nghiệp"),
    "BHTNLĐ-BNN": gettext_lazy("bảo hiểm tai nạn lao động, bệnh nghề nghiệp"),
    "TNLĐ-BNN": gettext_lazy("tai nạn lao động, bệnh nghề nghiệp"),
    "CCCD": gettext_lazy("căn cước công dân"),
    "CMND": gettext_lazy("chứng minh nhân dân"),
    "ĐDCN": gettext_lazy("định danh cá nhân"),
    "KCB": gettext_lazy("khám chữa bệnh"),
    "CSKCB": gettext_lazy("cơ sở khám chữa bệnh"),
    "ĐKKCB BĐ": gettext_lazy("đăng ký khám chữa bệnh ban đầu"),
    "C14-TS": gettext_lazy("mẫu C 14 tê ét, xác nhận quá trình đóng"),
    "OTP": gettext_lazy("mã xác thực một lần"),
    "SMS": gettext_lazy("tin nhắn"),
}


# --- values --------------------------------------------------------------------------------


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(VIETNAM)
    return value


@register.filter
def ngay(value: date | datetime | None) -> str:
    """The day in Việt Nam, dd/MM/yyyy; a dash when there is none."""
    return _local(value).strftime("%d/%m/%Y") if value else "–"


@register.filter
def ngay_gio(value: datetime | None) -> str:
    """Time and day in Việt Nam: `20:14, 18/11/2026`."""
    return _local(value).strftime("%H:%M, %d/%m/%Y") if value else "–"


@register.filter
def gio(value: datetime | None) -> str:
    """Time of day in Việt Nam: `20:14`."""
    return _local(value).strftime("%H:%M") if value else "–"


@register.filter
def luc(value: date | datetime | None) -> str:
    """The moment in Việt Nam as machines read it: `2026-11-18T20:14:00+07:00`."""
    return _local(value).isoformat() if value else ""


@register.filter
def thang(value: date | None) -> str:
    """A month, MM/yyyy."""
    return _local(value).strftime("%m/%Y") if value else "–"


@register.filter
def thu(value: date | datetime | None) -> str:
    """The day of the week: `thứ Hai`."""
    if not value:
        return ""
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[_local(value).weekday()]


@register.filter
def tien(value: int | Decimal | None) -> str:
    """Money in đồng, dots between thousands: `12.345.678 đ`."""
    return f"{int(value):,} đ".replace(",", ".") if value is not None else "–"


@register.filter
def so(value: object) -> str:
    """A number, dots between thousands: `1.234.567`; a dash when there is none."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else "–"


@register.filter
def bhxh(value: str | None) -> str:
    """A BHXH code in groups for reading."""
    return grouped(reveal(value)) if value else "–"


@register.filter
def reveal(value: str) -> str:
    """The plain text of a redacted value, for the person's own eyes."""
    return value.reveal() if isinstance(value, Redacted) else str(value)


@register.filter
def van_ban(legal_base: str) -> str:
    """A legal text in words: `Nghị định 188/2025/NĐ-CP`."""
    return laws.named(legal_base)


# --- small parts ---------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An inline icon; silent for screen readers unless `label` is given."""
    if not label:
        return _silent_icon(name, css)
    return _icon(name, css, format_html('role="img" aria-label="{}"', label))


def _icon(name: str, css: str, who: str) -> SafeString:
    drawing = mark_safe(ICONS[name])  # noqa: S308 - our own constant
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" focusable="false" {}>{}</svg>',
        f" {css}" if css else "",
        who,
        drawing,
    )


@lru_cache(maxsize=256)
def _silent_icon(name: str, css: str) -> SafeString:
    return _icon(name, css, mark_safe('aria-hidden="true"'))


@register.simple_tag
def fixed(part: str, **choices: str) -> SafeString:
    """A part that says the same to everybody, rendered once for each language and choice, then kept.

    It knows nothing of the page but `choices`, which must come from a short list and from no person.
    """
    return _fixed(part, get_language() or "vi", tuple(choices.items()))


@lru_cache(maxsize=128)
def _fixed(part: str, _language: str, choices: tuple[tuple[str, str], ...]) -> SafeString:
    return mark_safe(render_to_string(part, dict(choices)).strip())  # noqa: S308 - made of our templates


@register.simple_tag
def abbr(short: str) -> SafeString:
    """An abbreviation as people write it, spoken in full by screen readers."""
    full = SPOKEN[short]
    return format_html(
        '<abbr title="{}"><span aria-hidden="true">{}</span><span class="sr">{}</span></abbr>',
        full,
        short,
        full,
    )


@register.inclusion_tag("ui/ring.html")
def ring(left: int, total: int, unit: str = "", kind: str = "") -> dict[str, Any]:
    """A ring with the days left of a term; `kind` is warn or bad when time is short."""
    part = max(0.0, min(1.0, left / total if total else 0.0))
    return {
        "left": left,
        "total": total,
        "unit": unit or ngettext("ngày còn lại", "ngày còn lại", left),
        "kind": kind,
        "part": f"{part * 100:.1f}",
    }


# --- forms ---------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """A whole form field: label, help, example, error, control. Options: ui/fields.py."""
    return fields.render(bound, options)


@register.simple_tag
def error_summary(form: BaseForm | None) -> SafeString:
    """The list of what to correct, each a link to its field; nothing when the form is fine."""
    if form is None or not form.is_bound or not form.errors:
        return mark_safe("")
    return render_to_string("ui/error_summary.html", {"problems": fields.problems(form)})


# --- blocks with content -------------------------------------------------------------------


@register.simple_block_tag
def panel(content: str, title: str = "", css: str = "") -> SafeString:
    """A white box: `{% panel title="…" %}…{% endpanel %}`; css "flush" for lists."""
    head = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<section class="panel{}">{}{}</section>', f" {css}" if css else "", head, content)


NOTE_ICONS: Mapping[str, str] = {"info": "info", "warn": "warn", "bad": "warn", "good": "ok"}


@register.simple_block_tag
def note(
    content: str, kind: str = "info", title: str = "", live: bool = False, icon_name: str = ""
) -> SafeString:
    """A banner: `{% note "warn" title="…" %}<p>…</p>{% endnote %}`; `live` has it read aloud."""
    role = format_html(' role="{}"', "alert" if kind == "bad" else "status") if live else ""
    head = format_html('<p class="title">{}</p>', title) if title else ""
    return format_html(
        '<div class="note {}"{}>{}<div>{}{}</div></div>',
        kind,
        role,
        icon(icon_name or NOTE_ICONS[kind]),
        head,
        content,
    )


@register.simple_block_tag
def pill(content: str, kind: str = "plain") -> SafeString:
    """A short state: plain, good, warn, bad."""
    return format_html('<span class="pill {}">{}</span>', kind, content)


@register.simple_block_tag
def backlink(content: str) -> SafeString:
    """The back arrow of a top bar; nothing when the address is empty."""
    address = content.strip()
    if not address:
        return mark_safe("")
    return format_html(
        '<a class="tool" href="{}" aria-label="{}">{}</a>', address, _("Quay lại"), icon("back")
    )


@register.simple_tag(takes_context=True)
def work(context: template.Context) -> str:
    """In a form after which a text goes to a phone: the work it costs a stranger, done while they type."""
    request = context.get("request")
    if not settings.TEXT_WORK_BITS or getattr(request, "session_view", None) is not None:
        return ""
    return render_to_string("ui/work.html", {"challenge": proofs.make(for_text=True)})
