"""Read campaigns: those of the offices in reach, and of those above, which write to the same employers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from vssid.domain.offices import policy
from vssid.domain.offices.models import Office
from vssid.domain.offices.rights import Right
from vssid.domain.participants.models.participation import Employer
from vssid.domain.rollout import queries as rollout
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from .. import listing
from ..models.campaigns import Campaign, Mailing, Part, Target, Wave
from .errors import TooMany

MOST_IN_FILE = 20_000


@dataclass(frozen=True, slots=True)
class Emails:
    """Letters of a wave by e-mail: under way, taken by the mail server, not taken."""

    waiting: int = 0
    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave and its letters: `letters` are meant, `printed` so many (by e-mail, too) and `posted` or sent so
    many; `parts`, of which `made` are printed, `papers` have letters for the post and `sent` are posted.
    """

    id: int
    kind: str
    on_day: date
    most: int | None
    way: str
    begun_at: datetime | None
    parts: int
    made: int
    papers: int
    sent: int
    letters: int
    printed: int
    posted: int
    emails: Emails

    @property
    def asks_hr(self) -> bool:
        """Does it ask HR, by notices, and print nothing?"""
        return self.kind == Wave.ASK_HR

    @property
    def is_printed(self) -> bool:
        """Is nothing left to print?"""
        return self.begun_at is not None and self.made == self.parts


@dataclass(frozen=True, slots=True)
class PostLine:
    """A letter in the list for the post."""

    part: int
    code: str
    name: str
    address: str
    office_name: str
    officer: str


def reach(by: Actor) -> frozenset[str]:
    """The offices whose employers the post sees."""
    rows = Office.objects.filter(policy.within(by, Right.SEE_EMPLOYERS, "code"))
    return frozenset(rows.values_list("code", flat=True))


def campaigns(by: Actor) -> QuerySet[Campaign]:
    """Those that the post sees, the newest first, those that are over last."""
    rows = Campaign.objects.filter(office_id__in=rollout.seen_by(by, Right.SEE_EMPLOYERS))
    return rows.select_related("office", "head", "plan").order_by(
        F("closed_at").desc(nulls_first=True), "-id"
    )


def campaign(campaign_id: int, by: Actor) -> Campaign:
    """One of them. Raises NotYours."""
    row = campaigns(by).filter(id=campaign_id).first()
    if row is None:
        raise NotYours
    return row


def in_days(by: Actor, since: datetime, before: datetime) -> QuerySet[Campaign]:
    """Those that ran at some time between two moments."""
    rows = campaigns(by).filter(started_at__lt=before)
    return rows.filter(Q(closed_at=None) | Q(closed_at__gte=since))


def waves(campaign_id: int) -> list[WaveLine]:
    """The waves of a campaign by day."""
    rows = Wave.objects.filter(campaign_id=campaign_id).order_by("on_day", "id")
    counted = {row["wave"]: row for row in _parts(campaign_id)}
    mailed = _emails(campaign_id)
    return [_wave(row, counted.get(row.id, {}), mailed.get(row.id, {})) for row in rows]


def wave(wave_id: int, campaign_id: int) -> WaveLine:
    """One of them. Raises NotYours."""
    line = next((line for line in waves(campaign_id) if line.id == wave_id), None)
    if line is None:
        raise NotYours
    return line


def parts(wave_id: int) -> QuerySet[Part]:
    """The parts of a wave in their order."""
    return Part.objects.filter(wave_id=wave_id).order_by("number")


def post_list(wave_id: int, campaign_id: int, *, part: int | None, now: datetime) -> list[PostLine]:
    """The letters of a wave, or of a part, that are on paper, in their order. Raises TooMany."""
    sent = Mailing.objects.filter(
        wave_id=wave_id, wave__campaign_id=campaign_id, entry__isnull=False, by_post=True
    )
    if part is not None:
        sent = sent.filter(part=part)
    placed = dict(sent.order_by().values_list("employer_code", "part")[: MOST_IN_FILE + 1])
    if len(placed) > MOST_IN_FILE:
        raise TooMany(most=MOST_IN_FILE)
    at = dict(
        Target.objects.filter(campaign_id=campaign_id, employer_id__in=placed).values_list(
            "employer_id", "office_code"
        )
    )
    names = dict(Office.objects.filter(code__in=set(at.values())).values_list("code", "name"))
    officers = listing.officers_of(list(placed), now)
    rows = Employer.objects.filter(code__in=placed)
    lines = [
        PostLine(
            placed[row.code], row.code, row.name, row.address, names[at[row.code]], officers.get(row.code, "")
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.part, at[line.code], line.code))


def _parts(campaign_id: int) -> list[Any]:
    made, sent = Q(made_at__isnull=False), Q(posted_at__isnull=False)
    # A letter that takes the place of an e-mail is counted where it first stood.
    first = Q(is_instead=False)
    papers = Coalesce("on_paper", "printed")
    rows = Part.objects.filter(wave__campaign_id=campaign_id).order_by().values("wave")
    return list(
        rows.annotate(
            parts=Count("id"),
            made=Count("id", filter=made),
            to_post=Count("id", filter=Q(on_paper__gt=0) | Q(on_paper=None, printed__gt=0)),
            sent=Count("id", filter=sent),
            meant=Sum("letters", filter=first),
            printed_letters=Sum("printed", filter=made & first),
            posted_letters=Sum(papers, filter=sent),
        )
    )


def _emails(campaign_id: int) -> dict[int, dict[str, int]]:
    """Wave → how many mailings are at each state of their e-mail; `unposted`: sent, and on no paper."""
    rows = Mailing.objects.filter(wave__campaign_id=campaign_id).exclude(email="").order_by()
    told: dict[int, dict[str, int]] = {}
    for wave_id, email, by_post, many in rows.values_list("wave", "email", "by_post").annotate(
        Count("employer_code")
    ):
        counts = told.setdefault(wave_id, {})
        counts[email] = counts.get(email, 0) + many
        if email == "sent" and not by_post:
            counts["unposted"] = many
    return told


def _counted(counts: Mapping[str, int]) -> Emails:
    return Emails(*(counts.get(name, 0) for name in ("waiting", "sent", "failed")))


def _wave(row: Wave, counted: Mapping[str, int | None], mailed: Mapping[str, int]) -> WaveLine:
    def of(name: str) -> int:
        return counted.get(name) or 0

    return WaveLine(
        row.id,
        row.kind,
        row.on_day,
        row.most,
        row.way,
        row.begun_at,
        of("parts"),
        of("made"),
        of("to_post"),
        of("sent"),
        of("meant"),
        of("printed_letters"),
        of("posted_letters") + mailed.get("unposted", 0),
        _counted(mailed),
    )
