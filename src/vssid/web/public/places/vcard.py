"""A place as a vCard (RFC 6350): one line a property, folded at 75 octets, CRLF."""

from __future__ import annotations

from vssid.domain.directory.search import Place

_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def of(place: Place, *, url: str) -> str:
    """The card of a place."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"FN:{_text(place.name)}", f"ORG:{_text(place.name)}"]
    if place.phone:
        lines.append(
            f"TEL;VALUE=uri;TYPE=work:tel:{''.join(ch for ch in place.phone if ch in '+0123456789')}"
        )
    if place.address:
        lines.append(f"ADR;TYPE=work:;;{_text(place.address)};;;;")
    if place.latitude is not None and place.longitude is not None:
        lines.append(f"GEO:geo:{place.latitude:.6f},{place.longitude:.6f}")
    lines += [f"URL:{url}", "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


def _folded(line: str) -> str:
    """Continued lines begin with a space; no letter is cut in two."""
    parts, size = [""], 0
    for ch in line:
        width = len(ch.encode())
        if size + width > 75:
            parts.append(" ")
            size = 1
        parts[-1] += ch
        size += width
    return "\r\n".join(parts)
