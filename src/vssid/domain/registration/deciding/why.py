"""Why a file is approved in spite of what speaks against it: a reason code for each class of doubts.

The codes are [M]: no official list is published. They say what the officer did, not what the person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.errors import Unconfirmed

from ..desk.findings import CARD, DOUBLE, FORM, IMAGE, REGISTER

_AGREED = {"superior_asked": _("Đã xin ý kiến lãnh đạo cơ quan")}
# Class of doubts → code → words.
REASONS: Mapping[str, Mapping[str, object]] = {
    CARD: {
        "card_misread": _("Máy đọc thẻ sai; bản chính đúng như tờ khai"),
        "slip_of_pen": _("Người dân khai nhầm; bản chính đúng như dữ liệu BHXH"),
        **_AGREED,
    },
    REGISTER: {
        "register_old": _("Dữ liệu BHXH chưa cập nhật; bản chính đúng như tờ khai"),
        "phone_changed": _("Người dân đã đổi số điện thoại; đã gọi thử tại quầy"),
        "slip_of_pen": _("Người dân khai nhầm; bản chính đúng như dữ liệu BHXH"),
        **_AGREED,
    },
    FORM: {
        "issued_so": _("Số giấy tờ được cấp đúng như vậy; đã đối chiếu bản chính"),
        **_AGREED,
    },
    IMAGE: {
        "original_clear": _("Ảnh chưa rõ nhưng đã đối chiếu bản chính, đúng người"),
        "renewed_id": _("Giấy tờ trong ảnh hết hạn; đã đối chiếu bản chính giấy tờ mới"),
        **_AGREED,
    },
    DOUBLE: {
        "one_family": _("Người trong một gia đình dùng chung số điện thoại hoặc thiết bị"),
        "helped": _("Có người khai giúp; đã hỏi và đối chiếu bản chính"),
        "not_alike": _("Đã so sánh: hai ảnh của hai người khác nhau"),
        "sent_wrongly": _("Hồ sơ kia khai nhầm mã số hoặc đã bị từ chối"),
        "merge_asked": _("Cùng một người; đã chuyển đề nghị gộp mã số"),
        **_AGREED,
    },
}


class Unexplained(Unconfirmed):
    """Approving in spite of doubts takes a reason for each class; `classes` have none yet."""

    code = "unexplained"

    def __init__(self, *, mark: str, classes: tuple[str, ...]) -> None:
        super().__init__(mark=mark)
        self.classes = classes


def classes_of(doubts: Iterable[str]) -> tuple[str, ...]:
    """The classes of doubts, given by their keys, each once."""
    return tuple(dict.fromkeys(doubt.partition(".")[0] for doubt in doubts))


def read(doubts: Iterable[str], given: Mapping[str, str], *, mark: str) -> dict[str, str]:
    """The reason of each class. Raises Unexplained where one is missing or is none of its class's."""
    classes = classes_of(doubts)
    lacking = tuple(name for name in classes if given.get(name) not in REASONS[name])
    if lacking:
        raise Unexplained(mark=mark, classes=lacking)
    return {name: given[name] for name in classes}


def words(despite: Mapping[str, str]) -> list[object]:
    """The reasons in words; a code that is not known any more is shown as it is."""
    return [REASONS.get(name, {}).get(code, code) for name, code in despite.items()]
