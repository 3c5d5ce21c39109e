"""Addresses of the family's pages, and of a child's pages for its guardian."""

from django.urls import path

from ..card import card, credential, portrait
from ..record import participation
from ..record.record_owner import of_child
from . import children, requests

OF = "con/<uuid:link_id>"
urlpatterns = [
    path("gia-dinh", requests.family, name="family"),
    path("gia-dinh/dang-ky", requests.child, name="family_child"),
    path("gia-dinh/dang-ky/giay-to", requests.papers, name="family_papers"),
    path("gia-dinh/dang-ky/giay-to/<slug:kind>", requests.paper, name="family_paper"),
    path("gia-dinh/dang-ky/gui", requests.send, name="family_send"),
    path("gia-dinh/ho-so/<int:request_id>", requests.request_page, name="family_request"),
    path("gia-dinh/ho-so/<int:request_id>/rut", requests.withdraw, name="family_withdraw"),
    path("gia-dinh/con/<uuid:link_id>/ket-thuc", requests.end, name="family_end"),
    path(OF, of_child(children.child), name="child_home"),
    path(f"{OF}/chan-dung", of_child(portrait.of_child), name="child_portrait"),
    path(f"{OF}/the", of_child(card.card), name="child_card"),
    path(f"{OF}/the/ma", of_child(card.use), name="child_card_use"),
    path(f"{OF}/the/chung-thuc", of_child(credential.fresh), name="child_card_credential"),
    path(f"{OF}/the/hinh-anh", of_child(card.picture), name="child_card_picture"),
    path(f"{OF}/qua-trinh", of_child(participation.periods), name="child_participation"),
    path(f"{OF}/qua-trinh/<slug:tab>", of_child(participation.periods), name="child_participation_of"),
    path(f"{OF}/qua-trinh/<slug:tab>/<int:number>", of_child(participation.detail), name="child_period"),
]
