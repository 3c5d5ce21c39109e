"""Small pictures of the guides, drawn on a phone of 72 × 96; colours come from help.css."""

# ruff: noqa: E501 - a drawing is one line

from __future__ import annotations

_ROWS = '<path class="l" d="M20 34h32M20 46h32M20 58h32"/>'
PICTURES: dict[str, str] = {
    "form": '<path class="t" d="M20 26h16M20 48h22"/><rect class="s" x="18" y="31" width="36" height="11" rx="3"/><rect class="s" x="18" y="53" width="36" height="11" rx="3"/>',
    "button": '<path class="t" d="M20 30h32M20 39h24"/><rect class="f" x="18" y="60" width="36" height="14" rx="5"/><path class="w" d="M30 67h12"/>',
    "scan": '<path class="b" d="M20 38v-8h8M44 30h8v8M52 56v8h-8M28 64h-8v-8"/><rect class="f" x="29" y="40" width="6" height="6"/><rect class="f" x="38" y="40" width="6" height="6"/><rect class="f" x="29" y="49" width="6" height="6"/><path class="b" d="M18 47h36"/>',
    "photo": '<rect class="s" x="17" y="32" width="38" height="26" rx="3"/><circle class="f" cx="26" cy="43" r="4"/><path class="t" d="M34 40h16M34 46h16M22 53h28"/><circle class="f" cx="36" cy="72" r="5"/>',
    "person": '<circle class="f" cx="36" cy="38" r="9"/><path class="f" d="M20 66c1-12 8-16 16-16s15 4 16 16z"/>',
    "code": '<path class="t" d="M24 30h24"/><rect class="s" x="16" y="42" width="5.5" height="12" rx="1.5"/><rect class="s" x="23" y="42" width="5.5" height="12" rx="1.5"/><rect class="s" x="30" y="42" width="5.5" height="12" rx="1.5"/><rect class="f" x="37" y="42" width="5.5" height="12" rx="1.5"/><rect class="s" x="44" y="42" width="5.5" height="12" rx="1.5"/><rect class="s" x="51" y="42" width="5.5" height="12" rx="1.5"/>',
    "office": '<path class="s" d="M20 66V38l16-10 16 10v28z"/><path class="b" d="M20 66V38l16-10 16 10v28zM16 66h40"/><path class="f" d="M32 54h8v12h-8z"/>',
    "list": f'{_ROWS}<circle class="f" cx="18" cy="34" r="2.5"/><circle class="f" cx="18" cy="46" r="2.5"/><circle class="f" cx="18" cy="58" r="2.5"/>',
    "card": '<rect class="f" x="15" y="34" width="42" height="27" rx="4"/><path class="w" d="M20 42h14M20 49h24M20 55h18"/>',
    "qr": '<path class="b" d="M22 30h10v10H22zM40 30h10v10H40zM22 48h10v10H22z"/><path class="f" d="M40 48h4v4h-4zM46 54h4v4h-4zM46 48h4v3h-4zM40 55h3v3h-3z"/><path class="t" d="M24 68h24"/>',
    "tabs": '<path class="f" d="M14 26h15v9H14z"/><path class="s" d="M31 26h13v9H31zM46 26h12v9H46z"/><path class="l" d="M18 46h36M18 56h36M18 66h28"/>',
    "timeline": '<path class="f" d="M17 52h6v14h-6zM26 44h6v22h-6zM44 38h6v28h-6z"/><path class="r" d="M35 56h6v10h-6z"/><path class="l" d="M14 68h44"/>',
    "key": '<circle class="b" cx="28" cy="48" r="8"/><path class="b" d="M36 48h18v7M47 48v5"/>',
    "devices": '<rect class="b" x="17" y="34" width="26" height="18" rx="2"/><path class="b" d="M14 57h32"/><rect class="f" x="46" y="40" width="11" height="20" rx="2"/>',
    "search": '<rect class="s" x="15" y="28" width="42" height="13" rx="6"/><circle class="b" cx="23" cy="34" r="3"/><path class="b" d="M25.5 36.5l3 3"/><path class="l" d="M18 52h34M18 61h28"/>',
    "message": '<path class="f" d="M16 30h40v26H32l-8 8v-8h-8z"/><path class="w" d="M23 39h26M23 46h18"/>',
    "paper": '<path class="s" d="M22 26h20l8 8v36H22z"/><path class="b" d="M22 26h20l8 8v36H22z"/><path class="t" d="M28 42h16M28 49h16"/><path class="b" d="M30 62c4-6 5 4 9-2s3 2 6 0"/>',
    "call": '<path class="f" d="M25 30h7l3 9-5 4a22 22 0 0 0 9 9l4-5 9 3v7a5 5 0 0 1-5 5c-14 0-26-12-26-27a5 5 0 0 1 4-5z"/>',
    "back": '<path class="b" d="M44 34L28 48l16 14"/><path class="t" d="M24 72h24"/>',
    "offline": '<path class="b" d="M18 42a26 26 0 0 1 36 0M25 50a16 16 0 0 1 22 0M31 58a7 7 0 0 1 10 0"/><circle class="f" cx="36" cy="65" r="2.5"/><path class="r" d="M20 30l34 38-2 2-34-38z"/>',
}
FRAME = '<rect class="p" x="10" y="6" width="52" height="84" rx="8"/><path class="l" d="M30 14h12"/>'
