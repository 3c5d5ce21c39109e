"""Addresses for programs."""

from __future__ import annotations

from django.urls import path

from . import card_keys, oauth, sms_receipts
from .v1 import directory, employers, record
from .v1.hr import views as hr

urlpatterns = [
    path(f"{card_keys.PATH}.json", card_keys.as_jwks, name="card-keys"),
    path(f"{card_keys.PATH}.cbor", card_keys.as_cose, name="card-keys-cose"),
    path(record.PATH, record.record, name=record.ROUTE),
    path(employers.PATH, employers.search, name="employers"),
    path(f"{employers.PATH}/<str:code>", employers.employer, name="employers-one"),
    path(f"{employers.OPEN}.csv", employers.open_csv, name="employers-csv"),
    path(f"{employers.OPEN}.json", employers.open_json, name="employers-json"),
    path(oauth.PATH, oauth.token, name="oauth-token"),
    path(f"{hr.PATH}/workers", hr.workers, name="hr-workers"),
    path(f"{hr.PATH}/stages", hr.stages, name="hr-stages"),
    path(f"{hr.PATH}/differences", hr.differences, name="hr-differences"),
    path(f"{hr.PATH}/invitations", hr.invitations, name="hr-invitations"),
    path(f"{directory.PATH}/<slug:kinds>", directory.search_places, name="directory"),
    path(f"{directory.PATH}/open/<slug:kinds>.csv", directory.open_csv, name="directory-csv"),
    path(f"{directory.PATH}/open/<slug:kinds>.json", directory.open_json, name="directory-json"),
    path(f"{directory.PATH}/<slug:kinds>/<str:code>", directory.one_place, name="directory-one"),
    path(
        "api/sms/bien-nhan/<int:subject_id>/<uuid:message_id>/<int:attempt>/<str:token>",
        sms_receipts.receive,
        name="sms-receipt",
    ),
]
