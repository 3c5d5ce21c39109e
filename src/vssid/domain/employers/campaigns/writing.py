"""Write a campaign and its waves. Each change is one transaction with its event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours

from ..models.campaigns import Campaign, Wave
from . import rules
from .errors import NotNow, WaveBegun
from .moves import CAMPAIGN
from .rules import WaveWritten, Written
from .states import State


def write(written: Written, *, by: Actor, now: datetime, is_synthetic: bool = False) -> int:
    """A draft; its number. Raises NotAllowed or Invalid (office, letter_number, title, until_on, head,
    size_from, size_to, area, industry, officer, plan).
    """
    _may(by, written.office_code)
    columns = rules.columns(written, now)
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
        columns = rules.columns(replace(written, office_code=row.office_id), now)
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
            Wave(campaign=copied, kind=wave.kind, on_day=wave.on_day + later, most=wave.most, way=wave.way)
            for wave in waves
        )
        _record("written", copied, by, now, like=row.id)
    return copied.id


def add_wave(campaign_id: int, written: WaveWritten, *, by: Actor, now: datetime) -> int:
    """One more wave; its number. Raises NotYours, NotAllowed, NotNow, or Invalid (kind=bad_choice | first,
    on_day=past | after_end | too_soon | already, most=out_of_range, way=bad_choice | no_mail).
    """
    with transaction.atomic():
        row = _open(campaign_id, by)
        rules.check_wave(row, written, local_day(now))
        way = Wave.POST if written.kind == Wave.ASK_HR else written.way
        wave = Wave.objects.create(
            campaign=row, kind=written.kind, on_day=written.on_day, most=written.most, way=way
        )
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
    "industry",
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


def _shift(days: list[date], today: date) -> timedelta:
    """By how much the days move so that the first of them is tomorrow or later."""
    if not days:
        return timedelta(days=7)
    return max(today + timedelta(days=1) - days[0], timedelta())


def _record(what: str, row: Campaign, by: Actor, now: datetime, **facts: Any) -> None:
    told = {"campaign": row.id, **facts}
    audit.record(f"campaign.{what}", subject=by.id or 0, by=by, now=now, facts=told, office=row.office_id)
