"""Form 01 at the desk: printed for who has no printer; the signed one scanned and filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from vssid.domain.casework.errors import InOtherHands
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices.rights import Right
from vssid.domain.registration import queries
from vssid.domain.registration.desk import looks
from vssid.domain.registration.errors import BadScan, NotOpen, Unprintable
from vssid.domain.registration.signed import filing
from vssid.domain.registration.signed.filing import Version
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError
from vssid.web.ui import pdfs
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.words.photo_words import BAD_IMAGES, MOST

from .. import frame
from ..casework import in_hand, pages, troubles
from ..casework.pages import FileKind
from ..casework.troubles import Trouble
from ..casework.words import Words
from ..errors import or_not_here
from . import words

_UNPRINTABLE = {"full_name": words.FIELDS["full_name"], "street": words.FIELDS["address"], "email": "E-mail"}
BAD_SCANS: dict[str, Words] = {
    **BAD_IMAGES,
    "required": gettext_lazy("Hãy chụp, quét hoặc chọn ít nhất một trang."),
    "not_image": gettext_lazy("Tệp này không phải ảnh hay PDF. Hãy chọn JPEG, PNG, WebP, HEIC hoặc PDF."),
    "pdf_unreadable": gettext_lazy("Chưa đọc được tệp PDF này. Hãy quét lại, hoặc lưu dạng ảnh JPEG."),
    "pdf_locked": gettext_lazy("Tệp PDF này có đặt mật khẩu. Hãy quét lại mà không đặt mật khẩu."),
    "pdf_empty": gettext_lazy("Tệp PDF này không có trang nào. Hãy quét lại tờ khai."),
    "pdf_active": gettext_lazy(
        "Tệp PDF này chứa mã lệnh hoặc tệp đính kèm, máy quét không tạo ra như vậy. Hãy quét lại tờ giấy."
    ),
    "pdf_marked": gettext_lazy(
        "Trên trang có ghi chú, con dấu hoặc chữ ký điện tử đặt đè lên, sẽ không được lưu. "
        "Hãy quét lại tờ giấy đã ký."
    ),
    "pdf_not_scanned": gettext_lazy(
        "Tệp PDF này là văn bản, không phải bản quét tờ giấy đã ký. Hãy quét hoặc chụp tờ giấy."
    ),
    "too_many_pages": gettext_lazy("Quá nhiều trang hoặc quá nhiều bản cho một tờ khai. Hãy bỏ bớt."),
}


def shown(versions: Iterable[Version], application_id: int) -> list[dict[str, Any]]:
    """The versions as the page of the file shows them, the newest first."""
    return [
        {
            "version": version,
            "pages": [
                {
                    "number": number,
                    "label": _("Tờ khai đã ký, trang %(n)s") % {"n": number},
                    "url": reverse("officer:signed_page", args=[application_id, version.number, number]),
                }
                for number in version.pages
            ],
        }
        for version in versions
    ]


def printed(kind: FileKind) -> Callable[..., HttpResponse]:
    """The view of the PDF. It is shown, not downloaded: the printer is a key away.

    What keeps it from being printed is said on the page of the file.
    """

    @may(Right.CHECK_PAPERS)
    @require_GET
    @or_not_here
    def show(request: VisitRequest, application_id: int) -> HttpResponse:
        try:
            number, pdf = looks.print_form(application_id, by=request.actor, now=timezone.now())
        except (NotOpen, OwnFile, Unprintable) as refused:
            return pages.draw(kind, request, (application_id,), trouble=_unprinted(refused))
        return pdfs.to_print(f"to-khai-mau-01-ho-so-{number}", pdf)

    return show


def filed(kind: FileKind) -> Callable[..., HttpResponse]:
    """The view that takes pages (`trang`); `moi` begins another version.

    A script that asks for the part alone (`phan`) gets that, so that what else is on the page stays.
    """

    @may(Right.CHECK_PAPERS)
    @require_POST
    @or_not_here
    def take(request: VisitRequest, application_id: int) -> HttpResponse:
        now, trouble = timezone.now(), None
        try:
            files = [
                read_upload(file, place) for place, file in enumerate(request.FILES.getlist("trang"), start=1)
            ]
            anew = request.POST.get("moi") == "1"
            filing.file_pages(application_id, files, by=request.actor, now=now, anew=anew)
        except (BadScan, InOtherHands, NotOpen, OwnFile) as refused:
            trouble = _unfiled(refused)
        if "phan" in request.POST:
            return _part(kind, request, application_id, trouble, now)
        if trouble is not None:
            return pages.draw(kind, request, (application_id,), trouble=trouble)
        return HttpResponseRedirect(kind.queue.address(request, [application_id], "ban-quet"))

    return take


def read_upload(file: Any, place: int) -> bytes:
    """One uploaded file. Raises BadScan for one that is too big."""
    if (file.size or 0) > MOST:
        raise BadScan(reason="too_big", place=place)
    return bytes(file.read())


def _part(
    kind: FileKind, request: VisitRequest, application_id: int, trouble: Trouble | None, now: datetime
) -> HttpResponse:
    """The section of the signed form alone. Who was let file something may also see what is filed."""
    status = queries.status(application_id, now)
    versions = filing.versions_of(application_id)
    context = {"status": status, "signed": shown(versions, application_id), "scan_trouble": trouble}
    context["may"] = frame.rights(request.actor)
    context["scan_done"], context["back"] = trouble is None, kind.shown(request).back
    return render(
        request, "officer/registration/signed.html", context, status=trouble.status if trouble else 200
    )


def _unprinted(refused: DomainError) -> Trouble:
    if isinstance(refused, OwnFile):
        return troubles.own_file(refused)
    if isinstance(refused, Unprintable):
        fields = tuple(_UNPRINTABLE[field] for field in refused.fields)
        said = _("Có chữ không in được trên tờ khai. Người nộp cần sửa và gửi lại; mục có chữ đó:")
        return Trouble(422, _("Tờ khai chưa in được"), said, fields)
    return Trouble(409, _("Hồ sơ đã đóng"), _("Chỉ in tờ khai khi hồ sơ còn chờ."))


def _unfiled(refused: DomainError) -> Trouble:
    title = _("Chưa lưu bản quét")
    if isinstance(refused, BadScan):
        return Trouble(422, title, scan_words(refused))
    if isinstance(refused, InOtherHands):
        return in_hand.trouble(refused)
    if isinstance(refused, OwnFile):
        return troubles.own_file(refused)
    return Trouble(409, title, _("Hồ sơ đã đóng và thời hạn lưu tờ khai đã hết."))


def scan_words(refused: BadScan) -> str:
    """Why a scan was not taken, and which file it was."""
    said = str(BAD_SCANS[refused.reason])
    return _("Tệp thứ %(n)s: %(why)s") % {"n": refused.place, "why": said} if refused.place > 1 else said


def _page(application_id: int, version: int, number: int, *, by: Actor, now: datetime) -> bytes:
    return filing.look_at(application_id, version, number, by=by, now=now)


def routes(kind: FileKind, here: str) -> list[URLPattern]:
    """The addresses below that of the file."""
    picture = pages.picture(kind.queue, _page)
    return [
        path(f"{here}/to-khai.pdf", printed(kind), name="print_form"),
        path(f"{here}/to-khai-ky", filed(kind), name="file_form"),
        path(f"{here}/to-khai-ky/<int:version>/<int:number>", picture, name="signed_page"),
    ]
