"""Write a campaign and its waves. Each change is one transaction with its event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.participants.employers import search_terms
from vssid.domain.rollout import plans
from vssid.domain.rollout.models import Plan
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy

from ..models.campaigns import LONGEST_AREA, LONGEST_NUMBER, LONGEST_TITLE, Campaign, Wave
from .errors import NotNow, WaveBegun
from .moves import CAMPAIGN
from .states import State

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
    officer_id: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class WaveWritten:
    """A wave as it is written; `most` of letters, None for all."""

    kind: str
    on_day: date
    most: int | None = None


def write(written: Written, *, by: Actor, now: datetime, is_synthetic: bool = False) -> int:
    """A draft; its number. Raises NotAllowed or Invalid (office, letter_number, title, until_on, head,
    size_from, size_to, area, officer, plan).
    """
    _may(by, written.office_code)
    columns = _checked(written, now)
    with transaction.atomic():
        row = _kept(
            Campaign(
                office_id=written.office_code,
                state=State.DRAFT,
                made_at=now,
                made_by_name=by.name,
                is_synthetic=is_synthetic,
                **columns,
            )
        )
        _record("written", row, by, now)
    return row.id


def change(campaign_id: int, written: Written, *, seen: int, by: Actor, now: datetime) -> None:
    """Write it anew; the office stays, and once it was started all that says for whom and by which letter.

    Raises NotYours, NotAllowed, NotNow, or Invalid (as `write`; version=changed when somebody wrote it since
    version `seen`).
    """
    with transaction.atomic():
        row = _open(campaign_id, by)
        if row.version != seen:
            raise Invalid(version="changed")
        columns = _checked(replace(written, office_code=row.office_id), now)
        if row.state != State.DRAFT:
            columns = {name: columns[name] for name in ("title", "until_on", "plan_id")}
            if Wave.objects.filter(campaign=row, begun_at=None, on_day__gt=written.until_on).exists():
                raise Invalid(until_on="waves_later")
        for name, value in columns.items():
            setattr(row, name, value)
        row.version += 1
        _kept(row)
        _record("changed", row, by, now)


def copy(campaign_id: int, *, by: Actor, now: datetime) -> int:
    """A new draft like it, without a number, its waves as far apart and none before tomorrow; its number.

    Raises NotYours or NotAllowed.
    """
    with transaction.atomic():
        row = desk.lock(CAMPAIGN, campaign_id, by=by)
        waves = list(Wave.objects.filter(campaign=row).order_by("on_day"))
        later = _shift([wave.on_day for wave in waves], local_day(now))
        copied = Campaign(
            copied_from=row.id,
            state=State.DRAFT,
            made_at=now,
            made_by_name=by.name,
            letter_on=local_day(now),
            **{name: getattr(row, name) for name in _COPIED},
        )
        copied.until_on = row.until_on + later
        copied.save(force_insert=True)
        Wave.objects.bulk_create(
            Wave(campaign=copied, kind=wave.kind, on_day=wave.on_day + later, most=wave.most)
            for wave in waves
        )
        _record("written", copied, by, now, like=row.id)
    return copied.id


def add_wave(campaign_id: int, written: WaveWritten, *, by: Actor, now: datetime) -> int:
    """One more wave; its number. Raises NotYours, NotAllowed, NotNow, or Invalid (kind=bad_choice | first,
    on_day=past | after_end | too_soon | already, most=out_of_range).
    """
    with transaction.atomic():
        row = _open(campaign_id, by)
        _check_wave(row, written, local_day(now))
        wave = Wave.objects.create(campaign=row, kind=written.kind, on_day=written.on_day, most=written.most)
        facts = {"wave": wave.id, "on": written.on_day.isoformat(), "kind_of": written.kind}
        _record("wave_added", row, by, now, **facts)
    return wave.id


def remove_wave(campaign_id: int, wave_id: int, *, by: Actor, now: datetime) -> None:
    """The wave is not sent. Raises NotYours, NotAllowed, NotNow, WaveBegun, or Invalid (kind=first) when
    reminders would be left without letters before them.
    """
    with transaction.atomic():
        row = _open(campaign_id, by)
        waves = list(Wave.objects.select_for_update().filter(campaign=row).order_by("on_day"))
        gone = next((wave for wave in waves if wave.id == wave_id), None)
        if gone is None:
            raise NotYours
        if gone.begun_at is not None:
            raise WaveBegun
        left = [wave for wave in waves if wave is not gone]
        if left and left[0].kind != Wave.LETTER:
            raise Invalid(kind="first")
        gone.delete()
        _record("wave_removed", row, by, now, wave=wave_id)


_COPIED = (
    *("office_id", "plan_id", "title", "until_on", "head_id", "size_from", "size_to", "area"),
    *("officer_id", "officer_name", "is_synthetic"),
)


def _may(by: Actor, office: str) -> None:
    if by.kind.value != "system":
        policy.require(by, Right.RUN_CAMPAIGNS, office)


def _open(campaign_id: int, by: Actor) -> Campaign:
    """The campaign, locked, that has not ended. Raises NotYours, NotAllowed or NotNow."""
    row = locked(campaign_id, by)
    if row.state == State.ENDED:
        raise NotNow(state=row.state)
    return row


def locked(campaign_id: int, by: Actor) -> Campaign:
    """The campaign, locked, for who may run it; the machine room (SYSTEM) may. Raises NotYours or
    NotAllowed.
    """
    if by.kind.value != "system":
        return desk.lock(CAMPAIGN, campaign_id, by=by)
    row = Campaign.objects.select_for_update().filter(id=campaign_id).first()
    if row is None:
        raise NotYours
    return row


def _kept(row: Campaign) -> Campaign:
    try:
        with transaction.atomic():
            row.save()
    except Exception as error:
        if constraint_of(error) != "employers_campaign_letter":
            raise
        raise Invalid(letter_number="already") from None
    return row


def _checked(written: Written, now: datetime) -> dict[str, Any]:
    """The columns of what was written. Raises Invalid."""
    number, title, area = tidy(written.letter_number), tidy(written.title), tidy(written.area)
    below = offices.at_or_below(written.office_code)
    head = written.head or written.office_code
    wrong = {
        "letter_number": "required" if not number else _long(number, LONGEST_NUMBER),
        "title": "required" if not title else _long(title, LONGEST_TITLE),
        "area": _long(area, LONGEST_AREA) or ("no_word" if area and not search_terms.query(area) else ""),
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
        "officer_id": written.officer_id,
        "officer_name": named.first() or "",
        "plan_id": written.plan_id,
    }


def _long(text: str, most: int) -> str:
    return "too_long" if len(text) > most else ""


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


def _check_wave(row: Campaign, written: WaveWritten, today: date) -> None:
    others = list(Wave.objects.filter(campaign=row).order_by("on_day"))
    before = [wave.on_day for wave in others if wave.on_day < written.on_day]
    letters = [wave.on_day for wave in others if wave.on_day < written.on_day and wave.kind != Wave.ASK_HR]
    begun = [wave.on_day for wave in others if wave.begun_at is not None]
    wrong = {}
    if written.kind not in (Wave.LETTER, Wave.REMINDER, Wave.ASK_HR):
        wrong["kind"] = "bad_choice"
    elif written.kind != Wave.LETTER and not before:
        wrong["kind"] = "first"
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


def _shift(days: list[date], today: date) -> timedelta:
    """By how much the days move so that the first of them is tomorrow or later."""
    if not days:
        return timedelta(days=7)
    return max(today + timedelta(days=1) - days[0], timedelta())


def _record(what: str, row: Campaign, by: Actor, now: datetime, **facts: Any) -> None:
    told = {"campaign": row.id, **facts}
    audit.record(f"campaign.{what}", subject=by.id or 0, by=by, now=now, facts=told, office=row.office_id)
