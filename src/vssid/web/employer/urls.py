"""The addresses of the employers' door."""

from django.urls import include, path

from vssid.web.ui.security import pages

from .alignment import differences
from .arrears import arrears
from .days import days
from .handing_in import lists, printing
from .home import choose, home
from .inviting import acts as inviting
from .inviting import pages as invitations
from .notices import notices
from .own_file import own_file
from .people import people
from .questions import questions
from .roster import roster
from .sign_in import coming_in
from .sign_in.door import DOOR
from .software import software

app_name = "employer"
urlpatterns = [
    path("don-vi/", include(pages.routes(DOOR))),
    *coming_in.routes,
    *home.routes,
    *choose.routes,
    *people.routes,
    *software.routes,
    *roster.routes,
    *own_file.routes,
    *differences.routes,
    *arrears.routes,
    *days.routes,
    *questions.routes,
    *notices.routes,
    *lists.routes,
    *printing.routes,
    *invitations.routes,
    *inviting.routes,
]
