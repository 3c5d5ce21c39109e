"""OAuth 2 client credentials (RFC 6749 section 4.4), by oauthlib: a secret is changed for a short token."""

from __future__ import annotations

import base64
import binascii
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from oauthlib.oauth2 import (
    BackendApplicationServer,
    InvalidRequestError,
    OAuth2Error,
    RequestValidator,
)

from vssid.kernel.actor import Actor, ActorKind

from ..models.software import SoftwareClient, SoftwareDeed, SoftwareSecret, SoftwareToken
from .clients import digest, is_good
from .scopes import Scope

LIFE = timedelta(minutes=15)
NOTED = timedelta(minutes=1)  # how exactly the last use is kept
DEEDS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Caller:
    """A program behind a token: for which employer it acts, and in whose name events are written."""

    client_id: str
    employer: str
    name: str
    scopes: frozenset[Scope]
    allowed_by: int

    @property
    def actor(self) -> Actor:
        """Who acts: the program by its name, on behalf of the person who allowed it."""
        return Actor(ActorKind.EMPLOYER, self.allowed_by, f"API: {self.name}", employer=self.employer)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the token endpoint says."""

    status: int
    headers: Mapping[str, str]
    body: str


def give(address: str, body: str, headers: Mapping[str, str], *, now: datetime) -> Answer:
    """Answer a POST to the token endpoint; `headers` are Authorization and Content-Type."""
    server = BackendApplicationServer(
        _Validator(now),
        token_generator=lambda _request: secrets.token_urlsafe(32),
        token_expires_in=int(LIFE.total_seconds()),
    )
    try:
        told, said, status = server.create_token_response(address, "POST", body, dict(headers))
    except (OAuth2Error, ValueError) as refused:  # not caught there: no form, or words in the address
        error = refused if isinstance(refused, OAuth2Error) else InvalidRequestError()
        return Answer(error.status_code, {"Cache-Control": "no-store"}, error.json)
    return Answer(status, told, said or "")


def caller(token: str, *, now: datetime) -> Caller | None:
    """The program that holds this token; None for one that is unknown, over or ended."""
    row = (
        SoftwareToken.objects.filter(digest=digest(token), expires_at__gt=now, client__ended_at=None)
        .select_related("client")
        .first()
    )
    if row is None:
        return None
    client = row.client
    if client.used_at is None or client.used_at < now - NOTED:
        SoftwareClient.objects.filter(id=client.id).update(used_at=now)
    return Caller(
        str(client.id),
        client.employer_id,
        client.name,
        frozenset(Scope(scope) for scope in row.scopes),
        client.made_by,
    )


def sweep(now: datetime) -> int:
    """Forget tokens and secrets that are over, and deeds that nobody sends again; how many rows went."""
    gone = SoftwareToken.objects.filter(expires_at__lte=now).delete()[0]
    gone += SoftwareSecret.objects.filter(ends_at__lte=now).delete()[0]
    return gone + SoftwareDeed.objects.filter(at__lte=now - DEEDS_KEPT).delete()[0]


@dataclass(frozen=True, slots=True)
class _Known:
    """A client as oauthlib needs it."""

    client_id: str
    scopes: tuple[str, ...]


class _Validator(RequestValidator):  # type: ignore[misc]
    """What oauthlib asks; everything it could ask besides stays refused."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def client_authentication_required(self, request: Any, *_more: Any, **_kept: Any) -> bool:
        return True

    def authenticate_client(self, request: Any, *_more: Any, **_kept: Any) -> bool:
        client_id, secret = _credentials(request)
        known = _known(client_id, secret, self._now)
        if known is None:
            return False
        request.client = known
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Any, *_more: Any, **_kept: Any
    ) -> bool:
        return grant_type == "client_credentials"

    def get_default_scopes(self, client_id: str, request: Any, *_more: Any, **_kept: Any) -> list[str]:
        return list(request.client.scopes)

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Any, *_more: Any, **_kept: Any
    ) -> bool:
        return bool(scopes) and set(scopes) <= set(client.scopes)

    def save_bearer_token(self, token: dict[str, Any], request: Any, *_more: Any, **_kept: Any) -> None:
        SoftwareToken.objects.create(
            digest=digest(token["access_token"]),
            client_id=uuid.UUID(request.client.client_id),
            scopes=token["scope"].split(),
            expires_at=self._now + LIFE,
        )


def _credentials(request: Any) -> tuple[str, str]:
    """Client and secret, of the Basic header (RFC 6749 section 2.3.1) or else of the form."""
    given = request.headers.get("Authorization", "")
    if not given:
        return request.client_id or "", request.client_secret or ""
    kind, _, coded = given.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        client_id, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(client_id), unquote(secret)


def _known(client_id: str, secret: str, now: datetime) -> _Known | None:
    good = SoftwareSecret.objects.filter(is_good(now), digest=digest(secret))
    row = good.filter(client__ended_at=None).select_related("client").first() if secret else None
    if row is None or str(row.client_id) != client_id.lower():
        return None
    return _Known(str(row.client_id), tuple(row.client.scopes))
