"""What the own copy holds of requests, messages, family and safety, as rows that people can read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vssid.domain.accounts.counter.owner_requests import RequestView as CounterRequestView
from vssid.domain.accounts.counter.reasons import REASONS
from vssid.domain.casework.reasons import labels
from vssid.domain.employers.invitations.queries import Invited, Wishes
from vssid.domain.employers.own_file.given import GivenView
from vssid.domain.notifications.inbox import words as notices
from vssid.domain.privacy.views import Everything, OwnRequest
from vssid.domain.procedures.definition.catalogue import PROCEDURES
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.states import State
from vssid.domain.support.queries import Thread
from vssid.web.ui.templatetags.ui import ngay, ngay_gio
from vssid.web.ui.words import procedure_words, ticket_words

from ..family import words

Rows = list[tuple[str, str]]


def more(everything: Everything) -> list[tuple[str, list[Rows]]]:
    """Title and groups of rows of each section."""
    noted = [(ngay_gio(note.at), note.text) for note in everything.file_notes]
    inbox = [(ngay_gio(notice.created_at), notices.title(notice.kind)) for notice in everything.notices]
    return [
        (_("Hồ sơ dịch vụ công"), [_request(request) for request in everything.requests]),
        (_("Phản ánh, kiến nghị"), [_thread(thread) for thread in everything.threads]),
        (_("Ghi chú của cán bộ trên hồ sơ đã đóng"), [noted] if noted else []),
        (
            _("Gia đình"),
            [rows for rows in (_children(everything), _asked(everything), _guardians(everything)) if rows],
        ),
        (_("Người tin cậy"), [_trusted(everything)] if everything.trusted else []),
        (
            _("Khóa truy cập"),
            [[(passkey.name, ngay_gio(passkey.created_at))] for passkey in everything.passkeys],
        ),
        (
            _("Yêu cầu tại quầy"),
            [
                [(ngay_gio(counter_request.asked_at), _refusal(counter_request))]
                for counter_request in everything.counter_requests
            ],
        ),
        (_("Đơn vị đang làm việc đã cung cấp"), [_given(given) for given in everything.given_by_employers]),
        (_("Lời mời đăng ký của đơn vị"), [_invited(invited) for invited in everything.invitations]),
        (_("Đơn vị được xem, được gửi gì"), [_said(said) for said in everything.said_to_employers]),
        (_("Thông báo"), [inbox] if inbox else []),
    ]


def _given(given: GivenView) -> Rows:
    phone = given.phone.national() if given.phone else ""
    told = (
        (_("Phòng ban"), given.department),
        (_("Điện thoại"), phone),
        (_("E-mail"), given.email),
    )
    rows = [(_("Mã đơn vị"), given.employer_code), (_("Cung cấp lúc"), ngay_gio(given.given_at))]
    return [*rows, *((name, text) for name, text in told if text)]


def _invited(invited: Invited) -> Rows:
    rows = [(_("Mã đơn vị"), invited.employer_code), (_("Mời lúc"), ngay_gio(invited.made_at))]
    told = (
        (_("Mở lúc"), invited.opened_at),
        (_("Dùng lúc"), invited.used_at),
        (_("Dừng lúc"), invited.ended_at),
    )
    return [*rows, *((name, ngay_gio(at)) for name, at in told if at)]


def _said(said: Wishes) -> Rows:
    stopped = _("Không nhận nữa") if said.stopped else _("Được nhận")
    seen = _("Chỉ xem bước") if said.hides else _("Xem bước và phần còn thiếu")
    return [(said.employer_name, said.employer_code), (_("Lời mời"), stopped), (_("Đơn vị"), seen)]


def _refusal(counter_request: CounterRequestView) -> str:
    why = "; ".join(map(str, labels(counter_request.reasons, REASONS)))
    return "\n".join(words for words in (why, counter_request.reason) if words)


def _request(own_request: OwnRequest) -> Rows:
    procedure = PROCEDURES[Kind(own_request.kind)]
    rows = [
        (_("Số hồ sơ"), own_request.number),
        (_("Việc"), str(procedure.title)),
        (_("Tình trạng"), str(procedure_words.STATES[State(own_request.state)][0])),
        (_("Gửi lúc"), ngay_gio(own_request.submitted_at)),
    ]
    rows += [(str(label), value) for label, value in procedure_words.rows(procedure, own_request.answers)]
    return rows + [(ngay_gio(move.at), move.text) for move in own_request.moves if move.text]


def _thread(thread: Thread) -> Rows:
    rows = [
        (_("Số phản ánh"), thread.row.number),
        (_("Việc"), str(ticket_words.TOPICS[thread.row.topic])),
        (_("Tình trạng"), str(ticket_words.STATES[thread.row.state][0])),
    ]
    return rows + [(ngay_gio(note.at), note.text) for note in thread.notes if note.text]


def _children(everything: Everything) -> Rows:
    until = _("xem đến trước ngày %(day)s")
    return [(child.name, until % {"day": ngay(child.until_on)}) for child in everything.children]


def _asked(everything: Everything) -> Rows:
    return [
        (f"{child_request.number} · {child_request.child_name}", str(words.STATES[child_request.state][0]))
        for child_request in everything.child_requests
    ]


def _guardians(everything: Everything) -> Rows:
    return [
        (str(words.RELATIONS[guardian.relation]), f"{ngay(guardian.from_on)} – {ngay(guardian.until_on)}")
        for guardian in everything.guardians
    ]


def _trusted(everything: Everything) -> Rows:
    trusted = everything.trusted
    if trusted is None:
        return []
    agreed = ngay_gio(trusted.agreed_at) if trusted.agreed_at else _("Chờ đồng ý")
    return [(trusted.name, trusted.phone.national()), (_("Đã đồng ý"), agreed)]
