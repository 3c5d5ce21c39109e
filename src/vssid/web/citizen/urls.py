from django.urls import path

from .account import contacts, devices, employers, overview, passkeys, password, sign_in, trusted_person
from .account.recovery import asking, codes, freeze, passwords
from .card import card, credential, portrait
from .family.urls import urlpatterns as family
from .home import home, profile
from .notices.urls import urlpatterns as notices
from .own_data import own_data
from .procedures.urls import urlpatterns as procedures
from .record import benefits, participation, statement, visits

app_name = "citizen"
urlpatterns = [
    path("", home.home, name="home"),
    path("ca-nhan", profile.personal, name="personal"),
    path("chan-dung", portrait.portrait, name="portrait"),
    path("the", card.card, name="card"),
    path("the/ma", card.use, name="card_use"),
    path("the/chung-thuc", credential.fresh, name="card_credential"),
    path("the/hinh-anh", card.picture, name="card_picture"),
    path("qua-trinh", participation.periods, name="participation"),
    path("qua-trinh/c14-ts", statement.statement, name="statement"),
    path("qua-trinh/c14-ts/<uuid:statement_id>", statement.again, name="statement_again"),
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
    path("quen-mat-khau", asking.ask, {"purpose": "reset"}, name="forgotten"),
    path("quen-mat-khau/ma", codes.code, {"purpose": "reset"}, name="forgotten_code"),
    path("quen-mat-khau/mat-khau", passwords.new_password, name="forgotten_password"),
    path("khoa-tai-khoan", freeze.freeze, name="freeze"),
    path("khoa-tai-khoan/ma", codes.code, {"purpose": "freeze"}, name="freeze_code"),
    path("khoa-tai-khoan/xong", freeze.frozen, name="frozen"),
    path("mo-khoa-tai-khoan", asking.ask, {"purpose": "thaw"}, name="thaw"),
    path("mo-khoa-tai-khoan/ma", codes.code, {"purpose": "thaw"}, name="thaw_code"),
    path("mo-khoa-tai-khoan/mat-khau", passwords.thaw, name="thaw_password"),
    path("dang-nhap/khoa-truy-cap/bat-dau", passkeys.begin_sign_in, name="passkey_begin"),
    path("dang-nhap/khoa-truy-cap", passkeys.sign_in, name="passkey_sign_in"),
    path("tai-khoan", overview.account, name="account"),
    path("tai-khoan/don-vi", employers.employers, name="account_employers"),
    path("tai-khoan/don-vi/ngay-dang-ky/<uuid:day_id>", employers.book, name="book_day"),
    path("tai-khoan/khoa", overview.freeze, name="account_freeze"),
    path("tai-khoan/dong", overview.close, name="account_close"),
    path("tai-khoan/giu", overview.keep, name="account_keep"),
    path("tai-khoan/khoa-truy-cap", passkeys.show, name="passkeys"),
    path("tai-khoan/khoa-truy-cap/bat-dau", passkeys.begin, name="passkey_new"),
    path("tai-khoan/khoa-truy-cap/them", passkeys.add, name="passkey_add"),
    path("tai-khoan/khoa-truy-cap/de-sau", passkeys.put_off, name="passkey_put_off"),
    path("tai-khoan/khoa-truy-cap/<uuid:passkey_id>", passkeys.change, name="passkey"),
    path("tai-khoan/lien-he/bo-email", contacts.drop_email, name="contact_drop_email"),
    path("tai-khoan/lien-he/con-dung", contacts.still_good, name="contact_still_good"),
    path("tai-khoan/lien-he/tai-co-quan", contacts.at_office, name="contact_office"),
    path(
        "tai-khoan/lien-he/tai-co-quan/<uuid:request_id>",
        contacts.request_code,
        name="contact_office_code",
    ),
    path(
        "tai-khoan/lien-he/tai-co-quan/<uuid:request_id>/rut",
        contacts.withdraw,
        name="contact_withdraw",
    ),
    path("tai-khoan/lien-he/<slug:word>", contacts.change, name="contact"),
    path("tai-khoan/lien-he/<slug:word>/ma", contacts.codes, name="contact_codes"),
    path("dat-mat-khau", password.first_password, name="first_password"),
    path("doi-mat-khau", password.change_password, name="change_password"),
    *family,
    path("nguoi-tin-cay", trusted_person.trusted, name="trusted"),
    path("thiet-bi", devices.devices, name="devices"),
    *notices,
    *procedures,
]
