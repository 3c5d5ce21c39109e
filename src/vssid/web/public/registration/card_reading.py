"""What a card says, for filling in and for showing beside what was typed. Stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vssid.domain.identity import cccd_qr
from vssid.domain.identity.compare import Typed, differences
from vssid.domain.identity.errors import BadImage
from vssid.domain.identity.reading import Reading, Source
from vssid.domain.places import queries as places
from vssid.domain.verification import limits
from vssid.domain.verification.errors import Limited
from vssid.kernel.ids import IdKind, IdNumber
from vssid.kernel.redacted import Redacted
from vssid.kernel.text import differing, fold, tidy
from vssid.web.ui import client
from vssid.web.ui.access import public
from vssid.web.ui.words import photo_words

from . import words

NO_QR = _(
    "Chưa đọc được mã QR trong ảnh. Mã ở mặt trước thẻ CCCD; thẻ Căn cước cấp từ 01/07/2024 có mã ở mặt sau. "
    "Hãy chụp mặt ấy gần hơn, đủ sáng, không lóa; hoặc nhập tay bên dưới."
)
NAME_UNREAD = _("Máy đọc mã làm sai chữ có dấu, nên họ tên chưa được điền. Hãy tự nhập họ tên như trên thẻ.")
LABELS: dict[str, str | Promise] = {
    "full_name": _("Họ tên"),
    "birth_date": _("Ngày sinh"),
    "sex": _("Giới tính"),
    "id_number": _("Số giấy tờ"),
    "issued_on": _("Ngày cấp"),
}
SEXES: dict[int, str | Promise] = {1: _("Nam"), 2: _("Nữ")}


Found = TypeVar("Found")


def read_photo(request: HttpRequest, name: str, *, now: datetime) -> Reading | None:
    """The card in an uploaded photo, or None. Raises Limited or identity's BadImage."""
    from vssid.domain.identity import reader  # as in identity.actions: once a picture comes

    return look_at(request, name, reader.read_card_qr, now=now)


def look_at(request: HttpRequest, name: str, read: Callable[[bytes], Found], *, now: datetime) -> Found:
    """What `read` finds in an uploaded photo, within limits. Raises Limited or identity's BadImage."""
    address = client.address(request)
    limits.hit("scan_address", address, now=now)
    limits.check("scan_slow", address, now=now)
    try:
        return read(_photo_of(request, name))
    except BadImage as refused:
        if refused.reason == "slow":
            limits.hit("scan_slow", address, now=now)
        raise


def _photo_of(request: HttpRequest, name: str) -> bytes:
    file = request.FILES.get(name)
    if file is None:
        raise BadImage(reason="not_image")
    if (file.size or 0) > photo_words.MOST:
        raise BadImage(reason="too_big")
    file.seek(0)
    return bytes(file.read())


@public
@require_POST
def read_frame(request: HttpRequest) -> JsonResponse:
    """POST /dang-ky/doc-ma: a camera frame (`photo`) or the text of a QR read on the phone (`text`)."""
    now = timezone.now()
    try:
        if "text" in request.POST:
            reading = cccd_qr.parse(request.POST["text"][:1000])
        else:
            reading = read_photo(request, "photo", now=now)
    except (BadImage, Limited) as refused:
        return unread(refused, now)
    told = str(NAME_UNREAD) if reading and reading.name_unread else ""
    return JsonResponse({"fields": fields_of(reading) if reading else None, "hint": str(NO_QR), "told": told})


def unread(refused: BadImage | Limited, now: datetime) -> JsonResponse:
    """Why a frame was not read, as the scanner shows it."""
    if isinstance(refused, BadImage):
        told = {"error": str(words.BAD_IMAGES[refused.reason])}
        if refused.reason == "busy":
            return JsonResponse(told, status=503, headers={"Retry-After": "5"})
        return JsonResponse(told, status=422)
    return JsonResponse({"error": words.limited(refused, now)}, status=429)


def fields_of(reading: Reading) -> dict[str, str]:
    """The fields of step 1 that the card fills, as a person types them."""
    exact = reading.birth_precision == "day"
    fields = {
        "id_kind": IdKind.CCCD.value,
        "id_number": reading.id_number.reveal(),
        "full_name": reading.full_name or "",
        "birth_date": _shown(reading.birth_date) if exact else "",
        "sex": str(reading.sex or ""),
        "issued_on": _shown(reading.issued_on),
        "card_address": reading.address or "",
    }
    return {name: value for name, value in fields.items() if value}


def contact_of(address: str) -> dict[str, str]:
    """The fields of step 2 that the card's address suggests: the street always, the rest when certain."""
    province, commune = places.match_address(address) or ("", "")
    street = address.split(",")[0].strip() if "," in address else address
    return {"street": street[:200], "province_code": province, "commune_code": commune}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field where typing and card differ, both as runs (text, differs); `fixable` by the card's value.

    A card with another name and another number is `another` person's: nothing is taken over from it.
    """

    field: str
    label: str | Promise
    typed: list[tuple[str, bool]]
    read: list[tuple[str, bool]]
    fixable: bool
    another: bool = False


def differences_of(values: Mapping[str, Any], reading: Reading | None) -> list[Difference]:
    """Where the typed step 1 differs from a card."""
    if reading is None or not values.get("id_number"):
        return []
    bare = reading.source is Source.MRZ
    all_differences = differences(typed_of(values), reading)
    another = {"full_name", "id_number"} <= {difference.field for difference in all_differences}
    return [
        Difference(
            difference.field,
            LABELS[difference.field],
            _runs(
                _shown(difference.typed, difference.field), _shown(difference.read, difference.field), bare
            ),
            _runs(
                _shown(difference.read, difference.field), _shown(difference.typed, difference.field), bare
            ),
            difference.field in fix_of(reading) and not another,
            another,
        )
        for difference in all_differences
    ]


def _runs(value: str, other: str, bare: bool) -> list[tuple[str, bool]]:
    """`differing`; marks do not count when the card has none (`bare`)."""
    value = tidy(value)
    if not bare or len(fold(value)) != len(value):
        return differing(value, other)
    runs, place = [], 0
    for text, differs in differing(fold(value), fold(other)):
        runs.append((value[place : place + len(text)], differs))
        place += len(text)
    return runs


def typed_of(values: Mapping[str, Any]) -> Typed:
    """The typed values that a card also carries."""
    return Typed(
        full_name=values["full_name"],
        birth_date=date.fromisoformat(values["birth_date"]),
        sex=values["sex"],
        id_number=IdNumber(values["id_number"]),
        issued_on=date.fromisoformat(values["issued_on"]),
    )


def fix_of(reading: Reading) -> dict[str, dict[str, Any]]:
    """By field, the clean values that typing takes over from the card.

    An MRZ has no diacritics, so a name is never taken from one; a birth date only when the day is known.
    """
    fixes: dict[str, dict[str, Any]] = {
        "id_number": {
            "id_number": reading.id_number.reveal(),
            "id_kind": IdKind.CCCD.value,
        }
    }
    if reading.full_name and reading.source is Source.QR:
        fixes["full_name"] = {"full_name": reading.full_name}
    if reading.birth_date and reading.birth_precision == "day":
        fixes["birth_date"] = {"birth_date": reading.birth_date.isoformat()}
    if reading.sex:
        fixes["sex"] = {"sex": reading.sex}
    if reading.issued_on:
        fixes["issued_on"] = {"issued_on": reading.issued_on.isoformat()}
    return fixes


def _shown(value: object, field: str = "") -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Redacted):
        return value.reveal()
    if field == "sex" and isinstance(value, int):
        return str(SEXES.get(value, ""))
    return str(value or "")
