"""Addresses of requests at the desk."""

from django.urls import path

from . import file, queue

_ONE = "can-bo/dich-vu/<int:person_id>/<int:request_id>"
routes = [
    path("can-bo/dich-vu", queue.queue, name="requests"),
    path(_ONE, file.file, name="request"),
    path(f"{_ONE}/tiep-nhan", file.accept, name="request_accept"),
    path(f"{_ONE}/bo-sung", file.ask_more, name="request_ask_more"),
    path(f"{_ONE}/dong-y", file.approve, name="request_approve"),
    path(f"{_ONE}/tu-choi", file.refuse, name="request_refuse"),
    path(f"{_ONE}/anh/<slug:name>", file.picture, name="request_picture"),
]
