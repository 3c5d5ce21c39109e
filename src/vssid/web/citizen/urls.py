from django.urls import path

from . import benefits, card, devices, home, own_data, participation, password, sign_in, statement, visits

app_name = "citizen"
urlpatterns = [
    path("", home.home, name="home"),
    path("the", card.card, name="card"),
    path("the/ma", card.use, name="card_use"),
    path("the/hinh-anh", card.picture, name="card_picture"),
    path("qua-trinh", participation.periods, name="participation"),
    path("qua-trinh/c14-ts", statement.statement, name="statement"),
    path("qua-trinh/<slug:tab>", participation.periods, name="participation_of"),
    path("qua-trinh/<slug:tab>/<int:number>", participation.detail, name="period"),
    path("thong-tin-huong", benefits.listed, name="benefits"),
    path("thong-tin-huong/<slug:tab>", benefits.listed, name="benefits_of"),
    path("thong-tin-huong/<slug:tab>/<int:number>", benefits.detail, name="benefit"),
    path("so-kham-chua-benh", visits.visits, name="visits"),
    path("so-kham-chua-benh/<int:number>", visits.visit, name="visit"),
    path("so-kham-chua-benh/giay", visits.papers, name="papers"),
    path("so-kham-chua-benh/giay/<int:number>", visits.paper, name="paper"),
    path("du-lieu-cua-toi", own_data.own_data, name="own_data"),
    path("du-lieu-cua-toi/tai", own_data.download, name="own_data_download"),
    path("dang-nhap", sign_in.sign_in, name="sign_in"),
    path("dang-xuat", sign_in.sign_out, name="sign_out"),
    path("da-dang-xuat", sign_in.signed_out, name="signed_out"),
    path("quen-mat-khau", sign_in.forgotten, name="forgotten"),
    path("dat-mat-khau", password.first_password, name="first_password"),
    path("doi-mat-khau", password.change_password, name="change_password"),
    path("thiet-bi", devices.devices, name="devices"),
]
