"""What may be written of a campaign and its waves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.offices import queries as offices
from vssid.domain.participants.employers import search_terms
from vssid.domain.rollout import plans
from vssid.domain.rollout.models import Plan
from vssid.infra import mail
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.text import tidy

from ..models.campaigns import (
    LONGEST_AREA,
    LONGEST_INDUSTRY,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    Campaign,
    Wave,
)

# Ours: so long a letter is on its way and read, before anybody is reminded.
REST = timedelta(days=7)
MOST_PEOPLE = 10_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """A campaign as it is written. `head`: the office whose employers are meant, with those below it."""

    office_code: str
    letter_number: str
    letter_on: date
    title: str
    until_on: date
    head: str = ""
    size_from: int | None = None
    size_to: int | None = None
    area: str = ""
    industry: str = ""
    officer_id: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class WaveWritten:
    """A wave as it is written; `most` of letters, None for all; `way`: how letters go."""

    kind: str
    on_day: date
    most: int | None = None
    way: str = Wave.POST


def columns(written: Written, now: datetime) -> dict[str, Any]:
    """The columns of what was written. Raises Invalid (as `writing.write`)."""
    number, title = tidy(written.letter_number), tidy(written.title)
    area, industry = tidy(written.area), tidy(written.industry)
    below = offices.at_or_below(written.office_code)
    head = written.head or written.office_code
    wrong = {
        "letter_number": "required" if not number else _long(number, LONGEST_NUMBER),
        "title": "required" if not title else _long(title, LONGEST_TITLE),
        "area": _wrong_words(area, LONGEST_AREA),
        "industry": _wrong_words(industry, LONGEST_INDUSTRY),
        "until_on": "past" if written.until_on < local_day(now) else "",
        "head": "" if head in below else "bad_choice",
        **_wrong_sizes(written),
        "plan": "" if _counts(written.plan_id, written.office_code) else "bad_choice",
        "officer": "" if _collects(written.officer_id, head, now) else "not_here",
    }
    if any(wrong.values()):
        raise Invalid(**{name: code for name, code in wrong.items() if code})
    named = Account.objects.filter(person_id=written.officer_id or 0).values_list("display_name", flat=True)
    return {
        "letter_number": number,
        "letter_on": written.letter_on,
        "title": title,
        "until_on": written.until_on,
        "head_id": head,
        "size_from": written.size_from,
        "size_to": written.size_to,
        "area": area,
        "industry": industry,
        "officer_id": written.officer_id,
        "officer_name": named.first() or "",
        "plan_id": written.plan_id,
    }


def _long(text: str, most: int) -> str:
    return "too_long" if len(text) > most else ""


def _wrong_words(text: str, most: int) -> str:
    """What is wrong with words to look for; none is right."""
    return _long(text, most) or ("no_word" if text and not search_terms.query(text) else "")


def _wrong_sizes(written: Written) -> dict[str, str]:
    least, most = written.size_from, written.size_to
    wrong = {
        name: "out_of_range"
        for name, size in (("size_from", least), ("size_to", most))
        if size is not None and not 0 <= size <= MOST_PEOPLE
    }
    if not wrong and least is not None and most is not None and most < least:
        wrong["size_to"] = "below_from"
    return wrong


def _counts(plan_id: int | None, office: str) -> bool:
    """Is it a plan that stands, of this office or one above it?"""
    if plan_id is None:
        return True
    plan = Plan.objects.filter(id=plan_id, ended_at=None).first()
    return plan is not None and office in offices.at_or_below(plan.office_id)


def _collects(officer_id: int | None, head: str, now: datetime) -> bool:
    at = frozenset(offices.at_or_below(head))
    return officer_id is None or plans.collects_at(officer_id, at, local_day(now))


def check_wave(row: Campaign, written: WaveWritten, today: date) -> None:
    """May the campaign have one more wave like that? Raises Invalid (as `writing.add_wave`)."""
    others = list(Wave.objects.filter(campaign=row).order_by("on_day"))
    before = [wave.on_day for wave in others if wave.on_day < written.on_day]
    letters = [wave.on_day for wave in others if wave.on_day < written.on_day and wave.kind != Wave.ASK_HR]
    begun = [wave.on_day for wave in others if wave.begun_at is not None]
    wrong = {}
    if written.kind not in (Wave.LETTER, Wave.REMINDER, Wave.ASK_HR):
        wrong["kind"] = "bad_choice"
    elif written.kind != Wave.LETTER and not before:
        wrong["kind"] = "first"
    if written.way not in (Wave.POST, Wave.EMAIL, Wave.BOTH):
        wrong["way"] = "bad_choice"
    elif written.way != Wave.POST and written.kind != Wave.ASK_HR and not mail.is_offered():
        wrong["way"] = "no_mail"
    if written.most is not None and not 1 <= written.most <= MOST_PEOPLE:
        wrong["most"] = "out_of_range"
    if written.on_day < today or any(day >= written.on_day for day in begun):
        wrong["on_day"] = "past"
    elif written.on_day > row.until_on:
        wrong["on_day"] = "after_end"
    elif any(wave.on_day == written.on_day for wave in others):
        wrong["on_day"] = "already"
    elif written.kind == Wave.REMINDER and letters and written.on_day < max(letters) + REST:
        wrong["on_day"] = "too_soon"
    if wrong:
        raise Invalid(**wrong)
