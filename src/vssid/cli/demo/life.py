"""What has happened in a demo before one looks: a child's card, requests, a message, each with its answer.

Done through the same actions as by hand, so notices and texts are there too. Repeating it adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from vssid.cli.demo.cast import DemoPerson

from .pictures import papers, photos

ADDRESS = "127.0.0.1"
QUESTION = "Thẻ của tôi ghi nơi khám cũ. Tôi đã chuyển nhà sang phường khác, cần làm gì để đổi nơi khám?"
ANSWER = (
    "Chào chị, chị đổi nơi khám ban đầu trong mục Dịch vụ công, Đổi nơi khám chữa bệnh ban đầu. "
    "Không cần đến cơ quan BHXH."
)
WAITING = "Tôi nghỉ việc ở công ty từ tháng trước nhưng quá trình đóng chưa có tháng 9. Xin kiểm tra giúp."


@dataclass(frozen=True, slots=True)
class Papers:
    """The two papers of a child, being drawn."""

    birth: Future[None]
    portrait: Future[None]
    folder: Path

    def read(self) -> dict[str, bytes]:
        """Wait for both; kind → JPEG."""
        self.birth.result()
        self.portrait.result()
        return {name: (self.folder / f"{name}.jpg").read_bytes() for name in ("birth", "portrait")}


def draw(
    pool: ProcessPoolExecutor, children: Sequence[DemoPerson], parent: DemoPerson, folder: Path
) -> list[Papers]:
    """Begin to draw the papers of each child."""
    made = []
    for seed, child in enumerate(children, 500):
        place = folder / child.bhxh_code
        place.mkdir(parents=True, exist_ok=True)
        card = photos.CardPerson(
            full_name=child.full_name,
            birth_date=child.birth_date,
            sex=child.sex,
            id_number=child.id_number,
            address=child.address,
            issued_on=child.id_issued_on,
        )
        birth = pool.submit(papers.draw_birth, child, parent, place / "birth.jpg", seed=seed)
        portrait = pool.submit(photos.draw_portrait, card, place / "portrait.jpg", seed=seed)
        made.append(Papers(birth, portrait, place))
    return made


def live(
    citizens: Sequence[DemoPerson],
    children: Sequence[tuple[DemoPerson, Papers]],
    *,
    officer: Any,
    now: datetime,
) -> None:
    """Lan has one child's card and waits for the other's; she asked for a card and got it; Bình waits."""
    lan, binh, thao = (_id(citizen) for citizen in citizens[:3])
    office = officer.office
    for (child, drawn), decided in zip(children, (True, False), strict=True):
        _child(lan, child, drawn.read(), office, officer if decided else None, now)
    _card_again(lan, officer, now)
    _card_again(binh, None, now)
    _message(lan, "card", QUESTION, office, now, answer=ANSWER, officer=officer)
    _message(thao, "participation", WAITING, office, now)


def _id(person: DemoPerson) -> int:
    from vssid.domain.participants import queries as participants
    from vssid.kernel.ids import BhxhCode

    participant = participants.by_bhxh_code(BhxhCode.parse(person.bhxh_code))
    assert participant is not None, "the people file was imported"
    return participant.person_id


def _child(
    parent: int, child: DemoPerson, drawn: dict[str, bytes], office: str, officer: Any, now: datetime
) -> None:
    from vssid.domain.accounts.guardianship.guardians import AlreadyLinked
    from vssid.domain.families import actions, deciding
    from vssid.domain.families.errors import RequestOpen
    from vssid.domain.families.form import Child
    from vssid.domain.identity.kinds import ImageKind
    from vssid.kernel.ids import BhxhCode

    typed = Child(BhxhCode.parse(child.bhxh_code), child.full_name, child.birth_date, "mother")
    try:
        request_id = actions.save(parent, typed, now=now)
    except (AlreadyLinked, RequestOpen):
        return  # an earlier first start got this far
    for kind in (ImageKind.BIRTH, ImageKind.PORTRAIT):
        actions.store_paper(parent, kind, drawn[kind.value], address=ADDRESS, now=now)
    actions.submit(parent, request_id, office_code=office, now=now)
    if officer is not None:
        deciding.see_certificate(parent, request_id, by=officer, now=now)
        deciding.approve(parent, request_id, by=officer, now=now)


def _card_again(person_id: int, officer: Any, now: datetime) -> None:
    from vssid.domain.procedures import actions, drafts, queries
    from vssid.domain.procedures.definition.shapes import Kind

    if queries.of_person(person_id, now=now):
        return
    request_id = drafts.start(person_id, Kind.CARD_REISSUE, now=now)
    draft = drafts.view(person_id, Kind.CARD_REISSUE)
    assert draft is not None
    answers = {"reason": "lost", "note": "", "way": "office"}
    drafts.accept(person_id, request_id, draft.procedure.steps[0], answers, now=now)
    draft = drafts.view(person_id, Kind.CARD_REISSUE)
    assert draft is not None
    actions.submit(person_id, request_id, version=draft.version, now=now)
    if officer is not None:
        actions.accept(person_id, request_id, by=officer, now=now)
        actions.approve(person_id, request_id, text="Nhận thẻ tại bộ phận một cửa.", by=officer, now=now)


def _message(
    person_id: int,
    topic: str,
    text: str,
    office: str,
    now: datetime,
    *,
    answer: str = "",
    officer: Any = None,
) -> None:
    from vssid.domain.support import answering, notes, writing
    from vssid.domain.support.errors import NotOpenAnyMore

    what = notes.written(text, f"demo-{topic}")
    ticket_id = writing.send(person_id, what, topic=topic, office_code=office, now=now)
    if not answer:
        return
    try:
        answering.answer(ticket_id, notes.written(answer, f"demo-{topic}-answer"), by=officer, now=now)
    except NotOpenAnyMore:
        return
