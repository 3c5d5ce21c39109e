"""The addresses of the employers' door."""

from django.urls import include, path

from vssid.web.ui.security import pages

from .home import choose, home
from .people import people
from .sign_in import coming_in
from .sign_in.door import DOOR

app_name = "employer"
urlpatterns = [
    path("don-vi/", include(pages.routes(DOOR))),
    *coming_in.routes,
    *home.routes,
    *choose.routes,
    *people.routes,
]
