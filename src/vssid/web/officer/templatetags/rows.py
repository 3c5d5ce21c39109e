"""Rows that stand on a file's page by the dozen, drawn without the template engine.

Thirty cells, as many lines of history and sixteen files beside it took a third of the page's processor time
as templates (docs/performance.md). Every value is escaped by `format_html` or `escape`, as by a template.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.accounts.posts.assigning import Colleague
from vssid.web.ui.templatetags.links import current
from vssid.web.ui.templatetags.ui import icon, luc, ngay_gio, pill

from ..casework.cells import Cell
from ..casework.history import Line
from ..registration.lists import Listed

register = template.Library()
NOTHING = mark_safe("")
SELECTED = mark_safe(" selected")
NONE = '<span class="sr">{}</span><span aria-hidden="true" class="muted">–</span>'
MARK = '<mark class="diff">{}</mark>'


@register.simple_tag
def history_lines(lines: Iterable[Line]) -> SafeString:
    """The items of a file's history."""
    return _all(map(_line, lines))


def _line(line: Line) -> SafeString:
    return format_html(
        '<li><time class="num" datetime="{}">{}</time><span><strong>{}</strong> {}{}{}{}</span></li>',
        luc(line.at),
        ngay_gio(line.at),
        line.who,
        line.what,
        format_html(' <span class="muted num">×{}</span>', line.times) if line.times > 1 else NOTHING,
        format_html(": {}", ", ".join(map(str, line.said))) if line.said else NOTHING,
        format_html('<br><span class="said" lang="vi">{}</span>', line.text) if line.text else NOTHING,
    )


@register.simple_tag
def compared(cell: Cell, label: str) -> SafeString:
    """A cell of the table that compares; `label` names its column where cells stand below each other."""
    return format_html(
        '<td class="num{}" data-label="{}"><div>{}</div></td>',
        "" if cell.runs else " none",
        label,
        _value(cell) if cell.runs else format_html(NONE, _("không có")),
    )


def _value(cell: Cell) -> SafeString:
    runs = (format_html(MARK, text) if is_marked else escape(text) for text, is_marked in cell.runs)
    marked, lacks, small = cell.marked, cell.lacks, cell.small
    return format_html(
        "<span{}>{}</span>{}{}{}",
        mark_safe(' class="bad-text"') if cell.bad else NOTHING,
        _all(runs),
        format_html('<span class="sr"> ({} {})</span>', _("khác ở"), marked) if marked else NOTHING,
        format_html(' <small class="bad-text">({} “{}”)</small>', _("thiếu"), lacks) if lacks else NOTHING,
        format_html(' <small class="bad-text">({})</small>', small) if small else NOTHING,
    )


@register.simple_tag
def officer_options(officers: Iterable[Colleague], chosen: int | None) -> SafeString:
    """Whom a file may be given to, each with how many are theirs already."""
    return _all(
        format_html(
            '<option value="{}" lang="vi"{}>{} ({})</option>',
            officer.id,
            SELECTED if officer.id == chosen else NOTHING,
            officer.name,
            officer.load,
        )
        for officer in officers
    )


@register.simple_tag
def files_beside(rows: Iterable[Listed], here: int) -> SafeString:
    """The items of the list beside a file, each a link; `here` is the file that is open."""
    address = reverse("officer:file", args=[0]).removesuffix("0")
    return _all(_beside(row, f"{address}{row.id}", here) for row in rows)


def _beside(row: Listed, address: str, here: int) -> SafeString:
    return format_html(
        '<li><a class="q" href="{}"{}><div><strong>{}</strong>{}</div>'
        '<small><span class="num">{}</span> · {}{}</small></a></li>',
        address,
        current(row.id, here),
        row.full_name,
        _presses(row),
        row.number,
        _waits(row),
        holder(row),
    )


def _waits(row: Listed) -> str:
    if not row.form_in:
        return _("chờ tờ khai")
    return _("chờ %(waited)s") % {"waited": row.turn.waited if row.turn else ""}


def _presses(row: Listed) -> SafeString:
    if row.days_left <= 0 and not row.form_in:
        return pill(_("Quá hạn") if row.days_left < 0 else _("Hạn hôm nay"), "bad")
    if row.findings:
        return pill(ngettext("%(n)s nội dung", "%(n)s nội dung", row.findings) % {"n": row.findings}, "warn")
    return pill(_("Khớp"), "good")


@register.simple_tag
def holder(row: object) -> SafeString:
    """At which office a file lies (`office`), whom it is given to (`assigned`) and who has it in hand
    (`holder`); each where a row says it.
    """
    office, whom, who = (getattr(row, name, "") for name in ("office", "assigned", "holder"))
    parts = []
    if office:
        parts.append(format_html(' <small class="muted" lang="vi">{}</small>', office))
    if whom:
        to = format_html('{} <span lang="vi">{}</span>', _("giao cho"), whom)
        parts.append(format_html(' <span class="holder">{}<span>{}</span></span>', icon("user", "small"), to))
    if who:
        parts.append(format_html(' <span class="holder">{}{}</span>', icon("lock", "small"), who))
    return _all(parts)


def _all(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - of escaped parts
