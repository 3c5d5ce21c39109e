from django.urls import path

from . import card, children, devices, family, home, participation, password, sign_in, trusted

app_name = "citizen"
urlpatterns = [
    path("", home.home, name="home"),
    path("the", card.card, name="card"),
    path("the/ma", card.use, name="card_use"),
    path("the/hinh-anh", card.picture, name="card_picture"),
    path("qua-trinh", participation.periods, name="participation"),
    path("qua-trinh/<slug:tab>", participation.periods, name="participation_of"),
    path("qua-trinh/<slug:tab>/<int:number>", participation.detail, name="period"),
    path("dang-nhap", sign_in.sign_in, name="sign_in"),
    path("dang-xuat", sign_in.sign_out, name="sign_out"),
    path("da-dang-xuat", sign_in.signed_out, name="signed_out"),
    path("quen-mat-khau", sign_in.forgotten, name="forgotten"),
    path("dat-mat-khau", password.first_password, name="first_password"),
    path("doi-mat-khau", password.change_password, name="change_password"),
    *family.urlpatterns,
    *children.urlpatterns,
    path("nguoi-tin-cay", trusted.trusted, name="trusted"),
    path("thiet-bi", devices.devices, name="devices"),
]
