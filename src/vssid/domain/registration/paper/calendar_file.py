"""The last day as a calendar file (RFC 5545), with reminders four days and one day before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from ..queries import Status

REMINDERS = (4, 1)  # days before, at eight in the morning


def due_day(status: Status, *, title: str, description: str, now: datetime) -> bytes:
    """An all-day event on the last day to hand in the form."""
    event = Event()
    event.add("uid", f"{status.id}@vssid")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", status.due_on)
    event.add("dtend", status.due_on + timedelta(days=1))
    event.add("summary", title)
    event.add("location", f"{status.office.name}, {status.office.address}")
    event.add("description", description)
    for days in REMINDERS:
        event.add_component(_reminder(title, timedelta(hours=8 - days * 24)))
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//vssid//registration//VI")
    calendar.add_component(event)
    content: bytes = calendar.to_ical(sorted=False)
    return content


def _reminder(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", before)
    return alarm
