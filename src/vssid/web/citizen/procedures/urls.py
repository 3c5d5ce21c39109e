"""Addresses of online procedures."""

from django.urls import path

from . import errors, file, review, start, steps  # noqa: F401  (errors registers the pages of refusals)

urlpatterns = [
    path("dich-vu-cong/lich-su", start.history, name="request_history"),
    path("dich-vu-cong/ho-so/<int:request_id>", file.file, name="request"),
    path("dich-vu-cong/ho-so/<int:request_id>/rut", file.withdraw, name="request_withdraw"),
    path("dich-vu-cong/ho-so/<int:request_id>/anh/<slug:name>", steps.picture, name="request_picture"),
    path("dich-vu-cong/<slug:procedure>", start.start, name="procedure"),
    path("dich-vu-cong/<slug:procedure>/xem-lai", review.review, name="procedure_review"),
    path("dich-vu-cong/<slug:procedure>/bo", start.discard, name="procedure_discard"),
    path("dich-vu-cong/<slug:procedure>/<slug:step>", steps.step, name="procedure_step"),
]
