"""Addresses for programs."""

from __future__ import annotations

from django.urls import path

from . import card_keys, sms_receipts
from .v1 import record

urlpatterns = [
    path(f"{card_keys.PATH}.json", card_keys.as_jwks, name="card-keys"),
    path(f"{card_keys.PATH}.cbor", card_keys.as_cose, name="card-keys-cose"),
    path(record.PATH, record.record, name=record.ROUTE),
    path(
        "api/sms/bien-nhan/<int:subject_id>/<uuid:message_id>/<int:attempt>/<str:token>",
        sms_receipts.receive,
        name="sms-receipt",
    ),
]
