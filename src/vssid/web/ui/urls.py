from django.urls import path

from .pages import gallery, preferences
from .pwa import device_owner
from .pwa import views as pwa

app_name = "ui"
urlpatterns = [
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("sw.js", pwa.service_worker, name="service_worker"),
    path("ngoai-tuyen", pwa.offline, name="offline"),
    path("giao-dien", preferences.theme, name="theme"),
    path("co-chu", preferences.text_size, name="text_size"),
    path("phien", device_owner.still_here, name="still_here"),
    path("dang-ky/phien", device_owner.still_here, name="still_held"),
    path("ngon-ngu", preferences.language, name="language"),
    path("demo/giao-dien", gallery.gallery, name="gallery"),
    path("demo/giao-dien/<slug:frame>", gallery.gallery, name="gallery_frame"),
]
