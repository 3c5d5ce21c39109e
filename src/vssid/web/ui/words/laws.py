"""Names of legal texts as a page says them, made of the short form that dated data holds.

`NĐ 188/2025/NĐ-CP Đ21` is "Nghị định 188/2025/NĐ-CP, Điều 21", in English "Decree 188/2025/ND-CP, article
21": the number has no Vietnamese letters there, as in English translations of the texts.
"""

from __future__ import annotations

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vssid.kernel import laws

KINDS = {
    "Law": gettext_lazy("Luật %(number)s"),
    "NĐ": gettext_lazy("Nghị định %(number)s"),
    "NQ": gettext_lazy("Nghị quyết %(number)s"),
    "TT": gettext_lazy("Thông tư %(number)s"),
    "QĐ": gettext_lazy("Quyết định %(number)s"),
    "CV": gettext_lazy("Công văn %(number)s"),
}


def named(legal_base: str) -> str:
    """A legal text in words of the page's language; one of another form stays as it is."""
    text = laws.read(legal_base)
    if text is None:
        return _letters(legal_base)
    name = KINDS[text.kind] % {"number": _letters(text.number)}
    facts = {"law": name, "article": text.article, "clause": text.clause}
    if text.clause:
        return _("%(law)s, khoản %(clause)s Điều %(article)s") % facts
    return _("%(law)s, Điều %(article)s") % facts if text.article else name


def _letters(number: str) -> str:
    return number if get_language() == "vi" else number.replace("Đ", "D")
