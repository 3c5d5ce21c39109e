"""Small drawings for the install guide on a 120 × 90 grid. Classes: install.css; colours follow the theme."""

# ruff: noqa: E501 - a drawing is one line

from __future__ import annotations

_PHONE = '<rect class="d-body" x="30" y="4" width="60" height="96" rx="9"/><rect class="d-paper" x="34" y="9" width="52" height="91" rx="5"/>'
_LOW_PHONE = '<rect class="d-body" x="30" y="-10" width="60" height="94" rx="9"/><rect class="d-paper" x="34" y="-10" width="52" height="89" rx="5"/>'
_LINES = '<path class="d-line" d="M40 34h40M40 44h30M40 54h36M40 64h24M40 74h34"/>'
_LOW_LINES = '<path class="d-line" d="M40 10h40M40 20h30M40 30h36M40 40h24"/>'
_SHIELD = '<path class="d-mark" d="M0-9l8 3v6c0 5-3.500 8-8 10-4.500-2-8-5-8-10v-6z"/><path class="d-tick" d="M-4 0l3 3 5-6"/>'

DRAWINGS: dict[str, str] = {
    "dots": f'{_PHONE}<rect class="d-soft" x="38" y="13" width="34" height="9" rx="4.500"/>{_LINES}<circle class="d-ring" cx="79" cy="17.500" r="9"/><path class="d-dots" d="M79 13.500v.01M79 17.500v.01M79 21.500v.01"/>',
    "list": f'{_PHONE}{_LINES}<rect class="d-sheet" x="48" y="16" width="60" height="62" rx="6"/><path class="d-line" d="M56 27h34M56 67h30"/><rect class="d-soft" x="51" y="36" width="54" height="20" rx="4"/><path class="d-ink" d="M57 46h8M61 42v8M70 46h28"/>',
    "confirm": f'{_PHONE}{_LINES}<rect class="d-sheet" x="22" y="30" width="76" height="48" rx="7"/><g transform="translate(36 46)">{_SHIELD}</g><path class="d-line" d="M50 42h38M50 50h26"/><rect class="d-button" x="62" y="60" width="30" height="12" rx="6"/>',
    "home": f'{_PHONE}<rect class="d-soft" x="40" y="18" width="16" height="16" rx="4"/><rect class="d-soft" x="64" y="18" width="16" height="16" rx="4"/><rect class="d-soft" x="40" y="44" width="16" height="16" rx="4"/><rect class="d-soft" x="40" y="70" width="16" height="16" rx="4"/><rect class="d-soft" x="64" y="70" width="16" height="16" rx="4"/><circle class="d-ring" cx="72" cy="52" r="17"/><g transform="translate(72 51.500)">{_SHIELD}</g>',
    "bottom-menu": f'{_LOW_PHONE}{_LOW_LINES}<path class="d-line" d="M34 58h52"/><path class="d-ink thin" d="M44 64l-4 4 4 4M54 64l4 4-4 4"/><circle class="d-ring" cx="78" cy="68" r="10"/><path class="d-ink" d="M73.500 64.500h9M73.500 68h9M73.500 71.500h9"/>',
    "share": f'{_LOW_PHONE}{_LOW_LINES}<path class="d-line" d="M34 54h52"/><path class="d-ink thin" d="M43 63l-4 4 4 4M77 63l4 4-4 4"/><circle class="d-ring" cx="60" cy="66" r="12"/><path class="d-ink" d="M57 65h-3v8h12v-8h-3M60 69V58M56.500 61.500L60 58l3.500 3.500"/>',
    "sheet": f'{_LOW_PHONE}<rect class="d-sheet" x="34" y="14" width="72" height="66" rx="7"/><path class="d-line" d="M44 26h36M44 68h30M92 68h6"/><rect class="d-soft" x="38" y="37" width="64" height="20" rx="4"/><path class="d-ink" d="M44 47h34"/><rect class="d-ink" x="87" y="41" width="12" height="12" rx="3"/><path class="d-ink" d="M93 44v6M90 47h6"/>',
    "add": f'{_PHONE}<path class="d-ink thin" d="M39 18h10"/><circle class="d-ring" cx="74" cy="18" r="14"/><rect class="d-button" x="64" y="12" width="20" height="12" rx="6"/><g transform="translate(47 44)">{_SHIELD}</g><path class="d-line" d="M60 41h20M60 49h14M40 64h40"/>',
    "address": '<rect class="d-body" x="4" y="14" width="112" height="80" rx="8"/><rect class="d-paper" x="8" y="32" width="104" height="62" rx="3"/><rect class="d-soft" x="22" y="18" width="76" height="11" rx="5.500"/><path class="d-line" d="M28 23.500h30M18 46h60M18 58h44M18 70h52"/><circle class="d-ring" cx="89" cy="23.500" r="11"/><path class="d-ink" d="M89 18.500v6M86.500 22l2.500 2.500 2.500-2.500M84 28h10"/>',
    "window": f'<rect class="d-body" x="14" y="12" width="92" height="70" rx="8"/><rect class="d-paper" x="18" y="24" width="84" height="54" rx="3"/><path class="d-dots" d="M22 18v.01M28 18v.01"/><g transform="translate(40 46) scale(1.300)">{_SHIELD}</g><path class="d-line" d="M60 40h32M60 50h24M30 68h60"/>',
}
