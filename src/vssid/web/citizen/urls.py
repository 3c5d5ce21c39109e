from django.urls import path

from . import devices, password, sign_in

app_name = "citizen"
urlpatterns = [
    path("dang-nhap", sign_in.sign_in, name="sign_in"),
    path("dang-xuat", sign_in.sign_out, name="sign_out"),
    path("da-dang-xuat", sign_in.signed_out, name="signed_out"),
    path("quen-mat-khau", sign_in.forgotten, name="forgotten"),
    path("dat-mat-khau", password.first_password, name="first_password"),
    path("doi-mat-khau", password.change_password, name="change_password"),
    path("thiet-bi", devices.devices, name="devices"),
]
