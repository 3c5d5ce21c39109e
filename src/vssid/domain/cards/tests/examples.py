"""A card, keys and times that never change: for tests and the example in docs/card-credential.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vssid.domain.cards import credential
from vssid.domain.cards.credential import Facts, Life
from vssid.domain.cards.envelope import PublicPoint, Signer
from vssid.domain.cards.key_list import KeyList, PublishedKey
from vssid.domain.record.card import Card, Validity
from vssid.kernel.ids import BhxhCode

NOW = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
ISSUER = "bhxh.example"
WEEK = timedelta(days=7)


def make_card(**more: Any) -> Card:
    """Lan's card of the year 2026, working and with an address that must stay at home."""
    facts: dict[str, Any] = {
        "bhxh_code": BhxhCode("0100000001"),
        "full_name": "Nguyễn Thị Lan",
        "birth_date": date(1990, 1, 2),
        "birth_precision": "day",
        "sex": 2,
        "address": "Số 12, ngõ 45, Hồng Bàng",
        "object_code": "DN",
        "object_name": "Người lao động trong doanh nghiệp",
        "benefit_level": "4",
        "told_level": "4",
        "benefit_percent": 80,
        "benefit_text": "",
        "card_province": "31",
        "facility_code": "31901",
        "facility_name": "Phòng khám Mẫu",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
        "five_years_from": date(2025, 1, 1),
        "living_area": "K1",
        "old_card_number": "",
        "issued_on": None,
        "office_code": "03101",
        "issued_by": "BHXH quận Hồng Bàng",
        "auto_renews": True,
        "validity": Validity.VALID,
        "as_of": NOW,
    }
    return Card(**facts | more)


def make_signer(secret: int = 0x1234, kid: bytes | None = None) -> Signer:
    """A key that is known to everybody and must sign nothing real."""
    public = ec.derive_private_key(secret, ec.SECP256R1()).public_key().public_numbers()
    x, y = public.x.to_bytes(32, "big"), public.y.to_bytes(32, "big")
    return Signer(PublicPoint(kid or x[:4], x, y), secret.to_bytes(32, "big"))


SIGNER = make_signer()


def sec1(point: PublicPoint) -> bytes:
    """The public key as other libraries take it."""
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(point.x, "big"), int.from_bytes(point.y, "big"), ec.SECP256R1()
    )
    return numbers.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def key_list(*signers: Signer, **more: Any) -> KeyList:
    """A published list with these keys, signing since a month."""
    facts: dict[str, Any] = {
        "status": "signing",
        "valid_from": NOW - timedelta(days=30),
        "valid_to": None,
    } | more
    return KeyList(ISSUER, tuple(PublishedKey(signer.point, **facts) for signer in signers or (SIGNER,)))


def life(card: Card | None = None, now: datetime = NOW) -> Life:
    """The time of a credential issued at NOW."""
    times = credential.life(card or make_card(), issuer=ISSUER, days=WEEK, now=now)
    assert times is not None
    return times


def make_facts(**more: Any) -> Facts:
    """What Lan's credential says."""
    return replace(Facts.of(make_card(), "c3ViamVj"), **more)


def make_text(facts: Facts | None = None, times: Life | None = None, signer: Signer = SIGNER) -> str:
    """A credential as scanned."""
    return credential.write(facts or make_facts(), times or life(), signer).text


# Written once with SIGNER, as signatures differ each time; docs/card-credential.md prints it too.
VECTOR = (
    "NCFOXN TSMAHN-H80T8CF$QUXA2IUPLREHF6*J6KHA/E25K1+JAVH6L-H*E6PSEQOM. K-X0ML1AI9HWMMT9FK0GD245J$+C"
    "523.68I940HIHLF42T41SQDFD84:.1.2FTGV/5TJTC0JBLG0HQ1:671YL423*43:K6/MNVC6Z66ND32HBD-MSSVNQCON1ZKC"
    "+-UTUC-RU.XH+594WAK6UMUMP A/IV49GLTJ.KD5XJ6$4RPUHFIGGQP+VPJ5D-FVLDE H.:D7QAD:DB6269NMLJN9W6DW4JJ"
    "S3OS8HI OZOTHLF9NCQZJ9+8"
)
