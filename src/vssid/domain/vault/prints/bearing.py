"""Which key a stored fingerprint bears, told by its end; as a condition of the database."""

from __future__ import annotations

from typing import Any

from django.db.models import BinaryField, F, Func, Q, Value
from django.db.models.lookups import Exact, In

from vssid.infra import keys

from . import known

HEX = 2 * keys.MARK_BYTES


class _End(Func):
    """The last bytes of a fingerprint."""

    function = "substr"
    template = f"%(function)s(%(expressions)s, {32 - keys.MARK_BYTES + 1})"
    output_field = BinaryField()


def _value(mark: bytes) -> Value:
    return Value(mark, output_field=BinaryField())


def of_another(column: str) -> Q:
    """Rows whose fingerprint is not of the first key; those without one do not count."""
    first, *others = known.given()
    there = Q(**{f"{column}__isnull": False}) & ~Q(Exact(F(column), _value(b"")))
    if first.is_marked:
        return there & ~Q(Exact(_End(F(column)), _value(keys.mark_of(first))))
    marks = [_value(keys.mark_of(key)) for key in others if key.is_marked]
    return there & Q(In(_End(F(column)), marks)) if marks else Q(pk__in=[])


def ends(column: str, key: keys.Key) -> Q:
    """As `text_bears`, as a filter."""
    marked = [keys.mark_of(given_key).hex() for given_key in known.given() if given_key.is_marked]
    if key.is_marked:
        return Q(**{f"{column}__endswith": keys.mark_of(key).hex()})
    condition = Q()
    for mark in marked:
        condition &= ~Q(**{f"{column}__endswith": mark})
    return condition


def text_bears(column: str, key: keys.Key) -> tuple[str, list[Any]]:
    """An SQL condition with its values: does the hex text end as the key's do?"""
    end = f"right({column}, {HEX})"
    if key.is_marked:
        return f"{end} = %s", [keys.mark_of(key).hex()]
    return f"{end} <> ALL(%s)", [
        [keys.mark_of(given_key).hex() for given_key in known.given() if given_key.is_marked]
    ]


def text_bears_none(column: str) -> tuple[str, list[Any]]:
    """An SQL condition with its values: is the hex text of none of the given keys, as far as can be told?"""
    end, listed = f"right({column}, {HEX})", known.given()
    if all(key.is_marked for key in listed):
        return f"{end} <> ALL(%s)", [[keys.mark_of(key).hex() for key in listed]]
    return f"{end} = ANY(%s)", [[bytes(row.mark).hex() for row in known.gone() if row.is_marked]]
