"""The faces of cards: the one way in which a card is shown, with what it is worth on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from vssid.domain.cards import standing
from vssid.domain.cards.standing import Standing, Worth
from vssid.domain.record.card import Card
from vssid.domain.record.decode import Record

from ..record import words
from ..record.record_owner import address_of
from . import words as card_words


@dataclass(frozen=True, slots=True)
class Face:
    """What `ui/wcard.html` shows. `worth` colours it; `stamp` is across a card once it has ended.

    `mark` is true until the end of the day `ends`: a stored copy then turns itself (ui/js/age.js).
    """

    name: str
    code: str
    facility: str
    share: str
    worth: str
    mark: str
    stamp: str
    late: str
    ends: date | None
    portrait: str
    initial: str
    card_address: str
    use_address: str
    heading: str

    @property
    def is_ended(self) -> bool:
        """Is it over today already?"""
        return self.worth == Worth.ENDED

    @property
    def has_card(self) -> bool:
        """Is there a card at all?"""
        return self.worth != Worth.NONE


def standing_of(record: Record, today: date) -> Standing:
    """The standing of the card of a record."""
    history = record.participation
    return standing.of(record.card, history.of("bhxh"), today, judged_on=history.judged_on(today))


def face(record: Record, today: date, *, name: str, link_id: UUID | None = None) -> Face:
    """The face of the card in a record; `link_id` says of which child it is."""
    card, worth = record.card, standing_of(record, today)
    name = card.full_name if card else name
    return Face(
        name=name.upper(),
        code=card.bhxh_code.reveal() if card else "",
        facility=_facility(card) if card else "",
        share=card_words.share(card) if card else "",
        worth=worth.worth.value,
        mark=card_words.mark(worth),
        stamp=card_words.ended(worth.ends) if worth.ends else "",
        late=card_words.late(worth),
        ends=worth.ends,
        portrait=address_of("portrait", link_id),
        initial=words.initial(name),
        card_address=address_of("card", link_id),
        use_address=address_of("card_use", link_id),
        heading=_("Thẻ của con") if link_id else _("Thẻ của bạn"),
    )


def sample() -> Face:
    """A card of nobody, for those who have not signed in: without a name and a number."""
    return Face(
        name=_("Họ và tên").upper(),
        code="0000000000",
        facility=_("Cơ sở bạn đã chọn"),
        share=_("Hưởng %(percent)s %%") % {"percent": 80},
        worth=Worth.VALID.value,
        mark=_("Mở không cần mạng"),
        stamp="",
        late="",
        ends=None,
        portrait="",
        initial="",
        card_address="",
        use_address="",
        heading=_("Thẻ mẫu"),
    )


def _facility(card: Card) -> str:
    return card.facility_name or card.facility_code or "–"
