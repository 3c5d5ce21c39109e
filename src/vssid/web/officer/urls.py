"""The console's addresses."""

from django.urls import path

from . import sign_in
from .accounts import desk, watch
from .casework import hand
from .directory import pages
from .families import file as families
from .imports import files
from .imports import pages as imports
from .procedures.urls import routes as procedures
from .registration import file, photos, queue
from .support import queue as tickets
from .support import ticket

app_name = "officer"
urlpatterns = [
    path("can-bo/dang-nhap", sign_in.sign_in, name="sign_in"),
    path("can-bo/dang-xuat", sign_in.sign_out, name="sign_out"),
    path("can-bo/con-day", sign_in.stay, name="stay"),
    path("can-bo", queue.queue, name="queue"),
    path("can-bo/tai-khoan", desk.desk, name="accounts"),
    path("can-bo/tai-khoan/can-xem", watch.watch, name="watch"),
    path("can-bo/tai-khoan/can-xem/<uuid:request_id>", watch.seen, name="watch_seen"),
    path("can-bo/tai-khoan/<int:person_id>/<uuid:request_id>", desk.show, name="account"),
    path(
        "can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/xem-ban-chinh",
        desk.see_original,
        name="account_original",
    ),
    path("can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/so-moi", desk.phone, name="account_phone"),
    path("can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/ma", desk.code, name="account_code"),
    path("can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/thuc-hien", desk.carry_out, name="account_do"),
    path(
        "can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/gui-lai",
        desk.issue_again,
        name="account_again",
    ),
    path("can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/tu-choi", desk.refuse, name="account_refuse"),
    path("can-bo/tim", queue.find, name="find"),
    path("can-bo/tiep/<slug:queue>", hand.next_file, name="next_file"),
    path("can-bo/nhan-ve/<slug:queue>/<int:file_id>", hand.take_over, name="take_over"),
    path("can-bo/giu/<slug:queue>/<int:file_id>", hand.keep, name="keep"),
    path("can-bo/ho-so/<int:application_id>", file.file, name="file"),
    path("can-bo/ho-so/<int:application_id>/nhan-to-khai", file.receive_form, name="receive_form"),
    path("can-bo/ho-so/<int:application_id>/xem-ban-chinh", file.see_original, name="see_original"),
    path("can-bo/ho-so/<int:application_id>/tra-to-khai", file.return_form, name="return_form"),
    path("can-bo/ho-so/<int:application_id>/bo-ban-chinh", file.unsee_original, name="unsee_original"),
    path("can-bo/ho-so/<int:application_id>/duyet", file.approve, name="approve"),
    path("can-bo/ho-so/<int:application_id>/tu-choi", file.refuse, name="refuse"),
    path("can-bo/ho-so/<int:application_id>/gui-lai", file.resend, name="resend"),
    path("can-bo/ho-so/<int:application_id>/anh/<slug:kind>", photos.photo, name="photo"),
    path("can-bo/tin-nhan", tickets.tickets, name="tickets"),
    path("can-bo/tin-nhan/<int:ticket_id>", ticket.ticket, name="ticket"),
    path("can-bo/tin-nhan/<int:ticket_id>/nhan", ticket.take, name="ticket_take"),
    path("can-bo/tin-nhan/<int:ticket_id>/tra-loi", ticket.answer, name="ticket_answer"),
    path("can-bo/tin-nhan/<int:ticket_id>/dong", ticket.close, name="ticket_close"),
    path("can-bo/tin-nhan/<int:ticket_id>/chuyen", ticket.forward, name="ticket_forward"),
    path("can-bo/tin-nhan/<int:ticket_id>/anh/<int:seq>", ticket.photo, name="ticket_photo"),
    *families.urlpatterns,
    path("can-bo/nhap-lieu", imports.uploads, name="imports"),
    path("can-bo/nhap-lieu/lenh", imports.commands, name="import_commands"),
    path("can-bo/nhap-lieu/lenh/<int:run_id>", files.by_command, name="import_by_command"),
    path("can-bo/nhap-lieu/mau/<slug:kind>.<slug:form>", files.template, name="import_template"),
    path("can-bo/nhap-lieu/<int:upload_id>", files.upload, name="import"),
    path("can-bo/nhap-lieu/<int:upload_id>/tien-do", files.progress, name="import_progress"),
    path("can-bo/nhap-lieu/<int:upload_id>/huy", files.cancel, name="import_cancel"),
    path("can-bo/nhap-lieu/<int:upload_id>/xac-nhan", files.confirm, name="import_confirm"),
    path("can-bo/nhap-lieu/<int:upload_id>/hoan-tac", files.undo, name="import_undo"),
    path("can-bo/nhap-lieu/<int:upload_id>/quen-tieu-de", files.forget, name="import_forget"),
    path("can-bo/nhap-lieu/<int:upload_id>/loi", files.errors, name="import_errors"),
    path("can-bo/nhap-lieu/<int:upload_id>/loi.xlsx", files.errors_xlsx, name="import_errors_xlsx"),
    path("can-bo/danh-ba", pages.directory, name="directory"),
    path("can-bo/danh-ba/thay-doi/<int:change_id>/rut", pages.withdraw, name="directory_withdraw"),
    path("can-bo/danh-ba/<slug:listing>/moi", pages.new, name="directory_new"),
    path("can-bo/danh-ba/<slug:listing>/<slug:place>", pages.place, name="directory_place"),
    path("can-bo/danh-ba/<slug:listing>/<slug:place>/sua", pages.edit, name="directory_edit"),
    path("can-bo/danh-ba/<slug:listing>/<slug:place>/dong", pages.close, name="directory_close"),
    *procedures,
]
