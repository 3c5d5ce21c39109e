"""Raise notices and mark them read. The inbox row is the truth; channels say that there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import translation

from vssid.domain.vault import sealing as vault
from vssid.infra import mail
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.calendar import start_of
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import Phone

from .. import languages
from ..actions import Outgoing, keep, letter, sms
from ..languages import Language
from ..models.messages import Notice
from ..outbox import dead_addresses, next_channel, templates
from . import choices, subscriptions, words
from .kinds import KINDS, LINKS, Channel, Facts, Topic

SEALED_FOR = "notice"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a person can be reached outside the app; the caller knows."""

    phone: Phone | None = None
    email: EmailAddress | None = None
    before: Phone | None = None
    """The phone that `phone` has just replaced: it hears of it once more."""


def nowhere() -> Reach:
    """Only in the app."""
    return Reach()


def notify(
    person_id: int,
    kind: str,
    *,
    now: datetime,
    facts: dict[str, Any] | None = None,
    reach: Callable[[], Reach] = nowhere,
    once: str = "",
) -> UUID | None:
    """Put a notice into the inbox and queue what goes out by the person's channels, in the caller's
    transaction. Returns its id, or None when there is one of this kind with the same `once` already.

    `facts` are JSON and fill the words of the kind; a missing one is a KeyError. `reach` is asked only if a
    phone or an address is needed.
    """
    words.paragraphs(kind, facts or {})  # a gap shows here and not when the notice is read
    made = uuid4()
    notice = Notice(
        person_id=person_id,
        id=made,
        kind=kind,
        sealed=vault.seal_json(person_id, SEALED_FOR, facts, row=made) if facts else None,
        link=LINKS[kind](facts or {}),
        once=once,
        created_at=now,
    )
    with transaction.atomic():
        if not _inserted(notice):
            return None
        for outgoing in _outgoing(notice, facts or {}, reach):
            keep(outgoing, now=now, expires_in=KINDS[kind].life)
    return notice.id


def _inserted(notice: Notice) -> bool:
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError as refused:
        if constraint_of(refused) == "notice_once":
            return False
        raise
    return True


def _outgoing(notice: Notice, facts: Facts, reach: Callable[[], Reach]) -> Iterator[Outgoing]:
    """By every way that is wanted and leads somewhere; each carries what may be used instead.

    Where all that were wanted are dead, the next one is used; where no other is left, a dead one all the
    same, for it may live again.
    """
    kind = KINDS[notice.kind]
    preferred = choices.channels_for(notice.person_id, kind.topic) & kind.channels
    spare = choices.spare(notice.person_id, kind.topic) & kind.channels - preferred
    outside = preferred & {Channel.SMS, Channel.EMAIL}
    addresses = reach() if outside or spare else Reach()
    browsers = subscriptions.of(notice.person_id) if Channel.PUSH in preferred else []
    language = languages.of(notice.person_id)
    pushed = [_push(notice, browser, language) for browser in browsers]
    ways = [*_letters(notice, facts, addresses, language), *_texts(notice, facts, addresses, language)]
    chosen = [outgoing for outgoing, _ in ways if outgoing.channel in outside]
    living = pushed + [outgoing for outgoing, is_dead in ways if outgoing.channel in outside and not is_dead]
    others = [outgoing for outgoing, is_dead in ways if outgoing.channel in spare and not is_dead]
    if not living and others and (chosen or subscriptions.dead(notice.person_id)):
        living, others = others[:1], others[1:]
    for outgoing in living or chosen:
        yield replace(
            outgoing,
            body=outgoing.body | ({next_channel.FIELD: next_channel.sealed(others)} if others else {}),
        )


def _texts(notice: Notice, facts: Facts, reach: Reach, language: Language) -> Iterator[tuple[Outgoing, bool]]:
    if Channel.SMS not in KINDS[notice.kind].channels:
        return
    for phone in filter(None, (reach.phone, reach.before)):
        text = templates.render(notice.kind, language=language, **words.written(facts))
        yield sms(notice.person_id, notice.kind, phone, text, notice.id), dead_addresses.of(phone) is not None


def _letters(
    notice: Notice, facts: Facts, reach: Reach, language: Language
) -> Iterator[tuple[Outgoing, bool]]:
    kind = KINDS[notice.kind]
    if Channel.EMAIL not in kind.channels or reach.email is None or not mail.is_offered():
        return
    with translation.override(language):
        whole = kind.told_whole or kind.topic is Topic.DUTY
        said = _whole(notice.kind, facts, language) if whole else _hint(notice.kind, language)
    outgoing = letter(notice.person_id, notice.kind, reach.email, said, notice.id)
    yield outgoing, dead_addresses.of(reach.email) is not None


def by_channel(notice: Notice, channel: str, reach: Reach) -> Outgoing | None:
    """A notice that was told before, once more by the same channel; None where that leads nowhere."""
    facts = (
        vault.unseal_json(notice.person_id, SEALED_FOR, notice.sealed, row=notice.id) if notice.sealed else {}
    )
    language, once = languages.of(notice.person_id), replace(reach, before=None)
    ways = [*_letters(notice, facts, once, language), *_texts(notice, facts, once, language)]
    living = [outgoing for outgoing, is_dead in ways if outgoing.channel == channel and not is_dead]
    return living[0] if living else None


def _push(notice: Notice, to: subscriptions.SubscriptionView, language: Language) -> Outgoing:
    with translation.override(language):
        payload = {"title": str(words.NEW), "id": str(notice.id)}
    body = {"subscription": str(to.id), "payload": payload}
    return Outgoing(Channel.PUSH, notice.person_id, notice.kind, body, to.device, notice.id)


def _hint(kind: str, language: Language) -> tuple[str, str]:
    """Says that there is a notice and of what sort; what it says is read in the app."""
    title = words.title(kind)
    return f"BHXH: {title}", _HINT[language].format(title=title)


def _whole(kind: str, facts: Facts, language: Language) -> tuple[str, str]:
    """Says it all, for who cannot read it in the app."""
    said = " ".join(words.paragraphs(kind, facts))
    if KINDS[kind].topic is not Topic.DUTY:
        said = _WHOLE[language].format(said=said)
    return f"BHXH: {words.title(kind)}", said


_HINT = {
    Language.VI: """Quý vị có một thông báo mới: {title}.

Hãy mở ứng dụng BHXH của tôi và vào mục Thông báo để đọc. Vì an toàn, thư này không có đường dẫn;
BHXH không gửi đường dẫn và không hỏi mật khẩu hay mã xác nhận. Tổng đài: 1900 9068.
""",
    Language.EN: """You have a new notice: {title}.

Open the app and go to Notices to read it. For your safety this message holds no link; BHXH never sends
links and never asks for passwords or codes. Hotline: 1900 9068.
""",
}
_WHOLE = {
    Language.VI: """{said}

Nếu không phải bạn làm, hãy gọi tổng đài 1900 9068. BHXH không gửi đường dẫn và không hỏi mật khẩu hay mã
xác nhận.
""",
    Language.EN: """{said}

If this was not you, call the hotline 1900 9068. BHXH never sends links and never asks for passwords or
codes.
""",
}


def mark_read(person_id: int, notice_id: UUID, *, now: datetime) -> None:
    """The person opened it. Twice keeps the first time. Raises NotYours."""
    rows = Notice.objects.filter(person_id=person_id, id=notice_id)
    if not rows.filter(read_at__isnull=True).update(read_at=now) and not rows.exists():
        raise NotYours


def mark_topic_read(person_id: int, topic: Topic, *, before: date, now: datetime) -> int:
    """What was told of a topic before a day of Việt Nam is over. Returns how many."""
    kinds = [kind for kind, known in KINDS.items() if known.topic is topic]
    rows = Notice.objects.filter(person_id=person_id, read_at__isnull=True, kind__in=kinds)
    return rows.filter(created_at__lt=start_of(before)).update(read_at=now)


def mark_scope_read(person_id: int, scope: str, *, until: datetime, now: datetime) -> int:
    """Of those whose `once` begins so, everything that was there at `until`. Returns how many."""
    rows = Notice.objects.filter(person_id=person_id, read_at__isnull=True, created_at__lte=until)
    return rows.filter(once__startswith=scope).update(read_at=now)


def mark_all_read(person_id: int, *, until: datetime, now: datetime) -> int:
    """Everything that was there at `until`; what came later stays unread. Returns how many."""
    rows = Notice.objects.filter(person_id=person_id, read_at__isnull=True, created_at__lte=until)
    return rows.update(read_at=now)
