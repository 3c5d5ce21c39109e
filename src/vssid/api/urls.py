"""Addresses for programs."""

from __future__ import annotations

from django.urls import path

from . import sms_receipts

urlpatterns = [
    path(
        "api/sms/bien-nhan/<int:subject_id>/<uuid:message_id>/<int:attempt>/<str:token>",
        sms_receipts.receive,
        name="sms-receipt",
    ),
]
