"""Campaigns that are planned and printed, for whoever tests what becomes of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.making import roll_out
from tests.making.roll_out import PROVINCE
from vssid.domain.employers.campaigns import planning, printing, running, waves, writing
from vssid.domain.employers.campaigns.rules import WaveWritten, Written
from vssid.domain.employers.models import Part, Wave
from vssid.domain.participants.models.people import EmployerStanding
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

NOW = roll_out.NOW
DAY = local_day(NOW)


def letter(**other: Any) -> Written:
    """A campaign of the province to every employer there, as it is written."""
    told: dict[str, Any] = {
        "office_code": PROVINCE,
        "letter_number": "224/BHXH-MẪU",
        "letter_on": DAY,
        "title": "Mời đơn vị vào hệ thống (mẫu)",
        "until_on": DAY + timedelta(days=60),
    }
    return Written(**told | other)


def make_employer(code: str, office: str, people: int = 10, **other: Any) -> None:
    """An employer where so many people take part."""
    address = other.pop("address", "")
    row = roll_out.make_employer(code, office, **other)
    if address:
        row.address = address
        row.save()
    EmployerStanding.objects.create(
        employer_id=code, people=people, last_month=date(2026, 10, 1), owed_months=0
    )


def make_campaign(*kinds: str, most: int | None = None, way: str = "post", **other: Any) -> int:
    """A draft with waves of these kinds, the first today, each a week after the one before; its number."""
    campaign = writing.write(letter(**other), by=SYSTEM, now=NOW)
    for at, kind in enumerate(kinds):
        wave = WaveWritten(kind, DAY + timedelta(days=7 * at), most, way)
        writing.add_wave(campaign, wave, by=SYSTEM, now=NOW)
    return campaign


def run_campaign(campaign: int, now: datetime = NOW) -> None:
    """Start it, plan it and begin what is due."""
    running.start(campaign, by=SYSTEM, now=now)
    planning.plan(campaign, now)
    waves.begin_due(campaign, now)


def print_all(campaign: int, now: datetime = NOW) -> int:
    """Print what waits; how many parts."""
    waiting = Part.objects.filter(wave__campaign_id=campaign, made_at=None).order_by("id")
    return sum(printing.print_or_ask(part.id, now=now) for part in list(waiting))


def make_one_of_each(now: datetime) -> dict[str, int]:
    """A campaign that runs and whose letters are printed, one of its waves, and a draft."""
    today = local_day(now)
    numbers = []
    for number in ("1/BHXH", "2/BHXH"):
        told = letter(letter_number=number, letter_on=today, until_on=today + timedelta(days=60))
        numbers.append(writing.write(told, by=SYSTEM, now=now))
        writing.add_wave(numbers[-1], WaveWritten("letter", today, way="both"), by=SYSTEM, now=now)
    campaign, draft = numbers
    run_campaign(campaign, now)
    print_all(campaign, now)
    return {"campaign": campaign, "draft": draft, "wave": Wave.objects.get(campaign_id=campaign).id}


def codes_of(campaign: int) -> dict[str, str]:
    """Employer → the code in its newest printed letter, read out of the PDFs."""
    import re

    import pypdfium2 as pdfium

    from vssid.domain.imports.uploads import sealed_files

    told: dict[str, str] = {}
    for part in Part.objects.filter(wave__campaign_id=campaign).exclude(blob_key="").order_by("id"):
        document = pdfium.PdfDocument(b"".join(sealed_files.read(printing.sealed_of(part))))
        for page in document:
            text = " ".join(page.get_textpage().get_text_bounded().split())
            code = re.search(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", text)
            employer = re.search(r"Mã đơn vị: ?([A-Z]{2}[0-9A-Z]{4}[A-Z])", text)
            assert code, text
            assert employer, text
            told[employer.group(1)] = code.group()
    return told
