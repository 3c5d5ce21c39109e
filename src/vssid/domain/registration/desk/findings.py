"""What does not agree between the typed form, the card and the register, as codes without values.

A finding is for the officer; of those against the register the person learns only that there are some.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from vssid.domain.identity import designs
from vssid.domain.identity.compare import Typed, differences
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.participants.views import PersonView
from vssid.kernel import id_digits
from vssid.kernel.birth import same_birth
from vssid.kernel.ids import IdKind
from vssid.kernel.text import same_name

from ..draft.form import FormData

CARD, REGISTER, IMAGE, FORM, DOUBLE = "card", "register", "image", "form", "double"
# What a machine merely could not read says nothing about the person.
UNREAD = frozenset({"no_qr", "no_mrz", "no_face"})


@dataclass(frozen=True, slots=True)
class Finding:
    """`against` is card, register, image, form or double (another file); `field` of the form, or an image."""

    field: str
    against: str
    code: str

    @property
    def is_doubt(self) -> bool:
        """Must a person look at it before approving?"""
        return self.against != IMAGE or self.code not in UNREAD

    @property
    def key(self) -> str:
        """Where it lies and what it is, without a value."""
        return f"{self.against}.{self.field}.{self.code}"

    def as_json(self) -> dict[str, str]:
        """For storage in the application."""
        return asdict(self)


def against_card(form: FormData, images: Mapping[ImageKind, ImageView]) -> list[Finding]:
    """Typed values that differ from what was read on the card (QR first, then MRZ)."""
    typed = typed_for_card(form)
    by_field: dict[str, Finding] = {}
    for kind in (ImageKind.FRONT, ImageKind.BACK):
        image = images.get(kind)
        if image is None or image.reading is None:
            continue
        for difference in differences(typed, image.reading):
            by_field.setdefault(difference.field, Finding(difference.field, CARD, "differs"))
    return list(by_field.values())


def typed_for_card(form: FormData) -> Typed:
    """The typed values that a card also carries."""
    return Typed(
        full_name=form.full_name,
        birth_date=form.birth_date,
        sex=form.sex,
        id_number=form.id_number,
        issued_on=form.issued_on,
    )


def against_register(form: FormData, person: PersonView | None) -> list[Finding]:
    """Typed values that differ from the register; one finding when the code is not in it."""
    if person is None:
        return [Finding("bhxh_code", REGISTER, "unknown")]
    checks = {
        "full_name": same_name(form.full_name, person.full_name),
        "birth_date": same_birth(form.birth_date, person.birth_date, person.birth_precision),
        "sex": person.sex not in (1, 2) or form.sex == person.sex,
        "id_number": person.id_number is not None and form.id_number.reveal() == person.id_number.reveal(),
        "phone": person.phone is None or form.phone.reveal() == person.phone.reveal(),
    }
    return [Finding(field, REGISTER, "differs") for field, same in checks.items() if not same]


def of_images(form: FormData, images: Mapping[ImageKind, ImageView]) -> list[Finding]:
    """Problems the photos were judged to have; a QR is missed on its own side only."""
    side = designs.qr_side(form.id_kind, form.issued_on)
    return [
        Finding(kind.value, IMAGE, problem)
        for kind, image in images.items()
        for problem in image.verdict.problems
        if problem != "no_qr" or kind is side
    ]


def of_cards(images: Mapping[ImageKind, ImageView], on: date) -> list[Finding]:
    """Cards whose last day, read from the card, is over on a day."""
    return [
        Finding(kind.value, IMAGE, "expired")
        for kind, image in images.items()
        if image.reading is not None and image.reading.has_ended(on)
    ]


def of_form(form: FormData) -> list[Finding]:
    """A CCCD number that disagrees with the typed sex or birth year (codes.md section 5; never refused)."""
    if form.id_kind is not IdKind.CCCD:
        return []
    unlike = id_digits.unlike(form.id_number.reveal(), sex=form.sex, birth=form.birth_date)
    return [Finding(field, FORM, "id_number_says_other") for field in unlike]


def all_of(
    form: FormData, images: Mapping[ImageKind, ImageView], person: PersonView | None, *, on: date
) -> list[Finding]:
    """Every finding of an application on a day."""
    return [
        *of_cards(images, on),
        *against_card(form, images),
        *against_register(form, person),
        *of_form(form),
        *of_images(form, images),
    ]


def doubts(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that an officer must have seen before approving."""
    return tuple(finding for finding in findings if finding.is_doubt)
