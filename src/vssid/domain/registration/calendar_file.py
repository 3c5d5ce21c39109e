"""The last day as a calendar file (RFC 5545), with reminders four days and one day before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .queries import Status


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character."""
    out, size = "", 0
    for ch in line:
        width = len(ch.encode())
        if size + width > 74:
            out, size = out + "\r\n ", 1
        out, size = out + ch, size + width
    return out


def due_day(status: Status, *, title: str, description: str, now: datetime) -> bytes:
    """An all-day event on the last day to hand in the form."""
    end = status.due_on + timedelta(days=1)
    alarms = [
        line
        for days in (4, 1)
        for line in (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_text(title)}",
            f"TRIGGER:-PT{days * 24 - 8}H",
            "END:VALARM",
        )
    ]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//vssid//registration//VI",
        "BEGIN:VEVENT",
        f"UID:{status.id}@vssid",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{status.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"SUMMARY:{_text(title)}",
        f"LOCATION:{_text(status.office.name + ', ' + status.office.address)}",
        f"DESCRIPTION:{_text(description)}",
        *alarms,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return ("\r\n".join(_fold(line) for line in lines) + "\r\n").encode()
