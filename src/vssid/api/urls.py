"""Addresses for programs."""

from __future__ import annotations

from django.urls import path

from . import sms_receipts
from .v1 import record

urlpatterns = [
    path(record.PATH, record.record, name=record.ROUTE),
    path(
        "api/sms/bien-nhan/<int:subject_id>/<uuid:message_id>/<int:attempt>/<str:token>",
        sms_receipts.receive,
        name="sms-receipt",
    ),
]
