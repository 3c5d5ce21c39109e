"""Signs of doubles in the words of the console, with the files that bear them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.registration.doubles import files
from vssid.domain.registration.doubles.files import OtherFile
from vssid.domain.registration.doubles.signs import Double
from vssid.kernel.actor import Actor

from ..casework.words import Words
from .words import STATES, double

# What the officer does about it.
ADVICE: dict[str, Words] = {
    "same_phone": gettext_lazy(
        "Người trong gia đình thường dùng chung một số. Hãy hỏi số này của ai và gọi thử tại quầy."
    ),
    "same_id_number": gettext_lazy("Hãy đối chiếu bản chính giấy tờ: mỗi số giấy tờ chỉ của một người."),
    "same_image": gettext_lazy(
        "Cùng một tệp ảnh. Hãy xem ảnh ở cả hai hồ sơ và đối chiếu bản chính giấy tờ."
    ),
    "alike_image": gettext_lazy("Máy thấy hai ảnh giống nhau, có thể nhầm. Hãy tự so sánh hai ảnh."),
    "same_device": gettext_lazy(
        "Người thân, điểm thu hoặc quầy có thể khai giúp nhiều người. Hãy hỏi ai đã khai hồ sơ này."
    ),
    "two_codes": gettext_lazy(
        "Nếu là một người, hãy từ chối với lý do “Có hai mã số BHXH chưa gộp” và hướng dẫn gộp mã số."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sign: what it is, what to do, the files in reach with their state, how many lie elsewhere."""

    title: str
    advice: Words
    files: tuple[tuple[OtherFile, Words, str], ...]
    elsewhere: int


def told(doubles: Iterable[Double], *, by: Actor) -> list[Told]:
    """The signs of a file as this officer may see them."""
    return [
        Told(
            double(seen.double.field, seen.double.code),
            ADVICE.get(seen.double.code, _("Hãy đối chiếu bản chính giấy tờ.")),
            tuple((other, *STATES[other.state]) for other in seen.files),
            seen.elsewhere,
        )
        for seen in files.seen(doubles, by=by)
    ]
