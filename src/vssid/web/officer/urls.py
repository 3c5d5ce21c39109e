"""The console's addresses."""

from django.urls import include, path

from vssid.web.ui.security import pages

from . import duties
from .accounts import desk, watch
from .audit import alerts
from .audit import log as events
from .campaigns import acts as campaigns
from .casework import in_hand
from .counter import desk as counter
from .counter import page as counter_page
from .counter import walk_in
from .delivery import board, caps, finding, gateways, message, texts
from .directory import pages as directory
from .employers import acts as employers
from .employers import corrections, days, portfolio
from .employers import questions as employer_questions
from .families import file as family
from .families import queue as families
from .imports import files
from .imports import pages as imports
from .on_site import device_list as on_site_devices
from .on_site import pages as on_site
from .procedures import file as request
from .procedures import queue as requests
from .quality import accuracy
from .quality import drift as quality
from .registration import file, handover, queue, receiving
from .reports import collecting, made, plans
from .reports import files as report_files
from .reports import pages as reports
from .security import vouching
from .security.door import DOOR
from .staff import changes, rights
from .staff import members as staff
from .support import queue as tickets
from .support import ticket
from .today import today
from .work import deal, shift

app_name = "officer"
urlpatterns = [
    path("can-bo/", include(pages.routes(DOOR))),
    *duties.routes,
    *vouching.routes,
    *today.routes,
    *shift.routes,
    *deal.routes,
    # Before what is of one employer: its code would be taken for these words.
    *corrections.routes,
    *portfolio.routes,
    *employer_questions.routes,
    *employers.routes,
    *days.routes,
    *campaigns.routes,
    *on_site.routes,
    *on_site_devices.routes,
    path("can-bo/ho-so", queue.queue, name="queue"),
    path("can-bo/quyen-han", rights.rights, name="rights"),
    path("can-bo/vi-tri", rights.choose_post, name="choose_post"),
    path("can-bo/nhan-su", staff.staff, name="staff"),
    path("can-bo/nhan-su/moi", staff.new, name="member_new"),
    path("can-bo/nhan-su/<int:person_id>", staff.member, name="member"),
    *changes.routes,
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
    *counter_page.routes,
    *counter.routes,
    *walk_in.routes,
    path("can-bo/nhat-ky", events.read, name="log"),
    path("can-bo/nhat-ky/tim", events.ask, name="log_ask"),
    path("can-bo/nhat-ky/tep", events.take, name="log_take"),
    path("can-bo/nhat-ky/canh-bao", alerts.listed, name="alerts"),
    path("can-bo/nhat-ky/canh-bao/<int:alert_id>", alerts.alert, name="alert"),
    path("can-bo/tim", queue.find, name="find"),
    *receiving.routes,
    *handover.routes,
    *in_hand.routes(*(page.FILE.queue for page in (file, family, request, ticket))),
    *file.routes,
    path("can-bo/tin-nhan", tickets.tickets, name="tickets"),
    *ticket.routes,
    path("can-bo/tin-gui-di", board.board, name="delivery"),
    path("can-bo/tin-gui-di/muc-tran", caps.caps, name="delivery_caps"),
    path("can-bo/tin-gui-di/mau", texts.texts, name="delivery_texts"),
    path("can-bo/tin-gui-di/mau/<slug:kind>", texts.text, name="delivery_text"),
    path("can-bo/tin-gui-di/tim", finding.find, name="delivery_find"),
    path("can-bo/tin-gui-di/cong/<slug:name>", gateways.switch, name="delivery_switch"),
    path("can-bo/tin-gui-di/<int:subject_id>/<uuid:message_id>", message.show, name="delivery_message"),
    path(
        "can-bo/tin-gui-di/<int:subject_id>/<uuid:message_id>/gui-lai", message.again, name="delivery_again"
    ),
    *quality.routes,
    *accuracy.routes,
    *reports.routes,
    *report_files.routes,
    *made.routes,
    *plans.routes,
    *collecting.routes,
    path("can-bo/gia-dinh", families.queue, name="families"),
    *family.routes,
    path("can-bo/dich-vu", requests.queue, name="requests"),
    *request.routes,
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
    path("can-bo/danh-ba", directory.directory, name="directory"),
    path("can-bo/danh-ba/thay-doi/<int:change_id>/rut", directory.withdraw, name="directory_withdraw"),
    path("can-bo/danh-ba/<slug:listing>/moi", directory.new, name="directory_new"),
    path("can-bo/danh-ba/<slug:listing>/<slug:place>", directory.place, name="directory_place"),
    path("can-bo/danh-ba/<slug:listing>/<slug:place>/sua", directory.edit, name="directory_edit"),
    path("can-bo/danh-ba/<slug:listing>/<slug:place>/dong", directory.close, name="directory_close"),
]
