"""Form 01 at the desk: printed for who has no printer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices.rights import Right
from vssid.domain.registration.desk import looks
from vssid.domain.registration.errors import NotOpen, Unprintable
from vssid.kernel.errors import DomainError
from vssid.web.ui.access import VisitRequest, may

from ..casework import pages, troubles
from ..casework.pages import FileKind
from ..casework.troubles import Trouble
from ..errors import or_not_here
from . import words

_UNPRINTABLE = {"full_name": words.FIELDS["full_name"], "street": words.FIELDS["address"], "email": "E-mail"}


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
            return pages.draw(kind, request, (application_id,), trouble=_trouble(refused))
        name = f"to-khai-mau-01-ho-so-{number.replace('/', '-')}.pdf"
        headers = {"Cache-Control": "no-store, private", "Content-Disposition": f'inline; filename="{name}"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)

    return show


def _trouble(refused: DomainError) -> Trouble:
    if isinstance(refused, OwnFile):
        return troubles.own_file(refused)
    if isinstance(refused, Unprintable):
        fields = tuple(_UNPRINTABLE[field] for field in refused.fields)
        said = _("Có chữ không in được trên tờ khai. Người nộp cần sửa và gửi lại; mục có chữ đó:")
        return Trouble(422, _("Tờ khai chưa in được"), said, fields)
    return Trouble(409, _("Hồ sơ đã đóng"), _("Chỉ in tờ khai khi hồ sơ còn chờ."))
