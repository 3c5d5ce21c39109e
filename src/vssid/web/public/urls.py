from django.urls import path

from vssid.domain.directory.kinds import FACILITY, OFFICE, POINT
from vssid.web.ui.words.place_words import PAGES

from .help import guides, questions, ticket, tickets
from .install import install
from .invitations import door, filled
from .lookups import card_check, employers, own_number, statement_check
from .places import directory, place, saved
from .registration import (
    applicant,
    card_reading,
    confirm,
    contact,
    errors,  # noqa: F401  (registers the pages of refusals)
    look_up,
    office,
    own_file,
    photos,
    resume,
    review,
)
from .site import demo_phones, privacy, services, sitemap

app_name = "public"
PATHS = {
    OFFICE: "tra-cuu/co-quan-bhxh",
    FACILITY: "tra-cuu/co-so-kham-chua-benh",
    POINT: "tra-cuu/diem-thu",
}
urlpatterns = [
    path("dang-ky", applicant.start, name="start"),
    path("dang-ky/moi", applicant.start_over, name="start_over"),
    path("dang-ky/ban-than", applicant.who, name="who"),
    path("dang-ky/doc-ma", card_reading.read_frame, name="read_frame"),
    path("dang-ky/lien-he", contact.contact, name="contact"),
    path("dang-ky/xa-phuong", contact.communes, name="communes"),
    path("dang-ky/anh", photos.photos, name="photos"),
    path("dang-ky/anh/sua", photos.as_on_card, name="as_on_card"),
    path("dang-ky/anh/<slug:slug>", photos.image, name="image"),
    path("dang-ky/noi-nop", office.office, name="office"),
    path("dang-ky/xem-lai", review.review, name="review"),
    path("dang-ky/ma-xac-nhan", confirm.confirm, name="confirm"),
    path("dang-ky/chua-khop", confirm.mismatch, name="mismatch"),
    path("dang-ky/gui", confirm.send_anyway, name="send_anyway"),
    path("moi", door.ask, name="invitations"),
    path("moi/<slug:code>", door.invitation, name="invitation"),
    path("dang-ky/theo-loi-moi", filled.invited, name="invited"),
    path("dang-ky/tiep-tuc", resume.ask, name="resume"),
    path("dang-ky/tiep-tuc/ma", resume.enter, name="resume_code"),
    path("dang-ky/ho-so", own_file.own_file, name="own_file"),
    path("dang-ky/ho-so/to-khai.pdf", own_file.form_pdf, name="form_pdf"),
    path("dang-ky/ho-so/lich.ics", own_file.calendar, name="calendar"),
    path("dang-ky/ho-so/rut", own_file.withdraw, name="withdraw"),
    path("dang-ky/ho-so/don-vi", own_file.employer, name="employer_prints"),
    path("dang-ky/ho-so/ngay-dang-ky/<uuid:day_id>", own_file.book_day, name="book_day"),
    path("dang-ky/ho-so/sua", own_file.correct, name="correct"),
    path("dang-ky/ho-so/dong", own_file.close, name="close"),
    path("dang-ky/tra-cuu", look_up.look_up, name="look_up"),
    path("dang-ky/tra-cuu/ket-qua", look_up.result, name="look_up_result"),
    path("dang-ky/tra-cuu/mo", look_up.send_code, name="look_up_send"),
    path("dang-ky/tra-cuu/ma", look_up.enter, name="look_up_code"),
    path("dich-vu-cong", services.services, name="services"),
    path("tra-cuu", services.look_ups, name="look_ups"),
    path("tra-cuu/da-luu", saved.saved, name="saved"),
    path("tra-cuu/da-luu/ngoai-tuyen", saved.offline, name="saved_offline"),
    path("tra-cuu/co-quan", directory.moved, name="offices_moved"),
    *(
        route
        for kind, name in PAGES.items()
        for route in (
            path(PATHS[kind], directory.listing, {"kind": kind}, name=name),
            path(f"{PATHS[kind]}/<slug:code>", place.place, {"kind": kind}, name=f"{name}_one"),
            path(f"{PATHS[kind]}/<slug:code>.vcf", place.card, {"kind": kind}, name=f"{name}_card"),
        )
    ),
    path("tra-cuu/don-vi", employers.listing, name="employers"),
    path("tra-cuu/don-vi/<slug:code>", employers.employer, name="employers_one"),
    path("tra-cuu/ma-so-bhxh", own_number.own_number, name="own_number"),
    path("tra-cuu/gia-tri-the", card_check.check, name="card_check"),
    path("tra-cuu/doc-the", card_check.read_frame, name="card_frame"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.whole, name="sitemap"),
    path("sitemap/<slug:name>.xml", sitemap.part, name="sitemap_part"),
    path("cai-dat-ung-dung", install.install, name="install"),
    path("kiem-tra", statement_check.check, name="check"),
    path("quyen-rieng-tu", privacy.privacy, name="privacy"),
    path("tro-giup", questions.help_page, name="help"),
    path("tro-giup/ngoai-tuyen", questions.book, name="help_book"),
    path("tro-giup/tin-nhan", tickets.tickets, name="tickets"),
    path("tro-giup/tin-nhan/moi", tickets.new, name="new_ticket"),
    path("tro-giup/tin-nhan/ma", tickets.code, name="ticket_code"),
    path("tro-giup/tin-nhan/<int:ticket_id>", ticket.ticket, name="ticket"),
    path("tro-giup/tin-nhan/<int:ticket_id>/dong", ticket.close, name="ticket_close"),
    path("tro-giup/tin-nhan/<int:ticket_id>/anh/<int:seq>", ticket.photo, name="ticket_photo"),
    path("tro-giup/huong-dan", guides.guides, name="guides"),
    path("tro-giup/huong-dan/<slug:slug>", guides.guide, name="guide"),
    path("demo/dien-thoai", demo_phones.phones, name="demo_phones"),
]
