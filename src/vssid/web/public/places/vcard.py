"""A place as a vCard (RFC 6350), which shares its lines with iCalendar: icalendar escapes and folds them."""

from __future__ import annotations

from icalendar import Component, vAdr, vOrg, vText, vUri

from vssid.domain.directory.search import Place


class _Card(Component):
    name = "VCARD"


def of(place: Place, *, url: str) -> str:
    """The card of a place."""
    card = _Card()
    card.add("version", "4.0")
    card.add("kind", "org")
    card.add("fn", vText(place.name))
    card.add("org", vOrg((place.name,)))
    if place.phone:
        digits = "".join(ch for ch in place.phone if ch in "+0123456789")
        card.add("tel", vUri(f"tel:{digits}"), parameters={"VALUE": "uri", "TYPE": "work"})
    if place.address:
        card.add("adr", vAdr(("", "", place.address, "", "", "", "")), parameters={"TYPE": "work"})
    if place.latitude is not None and place.longitude is not None:
        card.add("geo", vUri(f"geo:{place.latitude:.6f},{place.longitude:.6f}"))
    card.add("url", vUri(url))
    text: bytes = card.to_ical(sorted=False)
    return text.decode()
