from django.urls import path

from . import gallery, pwa, views, whose

app_name = "ui"
urlpatterns = [
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("sw.js", pwa.service_worker, name="service_worker"),
    path("ngoai-tuyen", pwa.offline, name="offline"),
    path("giao-dien", views.theme, name="theme"),
    path("co-chu", views.text_size, name="text_size"),
    path("phien", whose.still_here, name="still_here"),
    path("dang-ky/phien", whose.still_here, name="still_held"),
    path("ngon-ngu", views.language, name="language"),
    path("demo/giao-dien", gallery.gallery, name="gallery"),
    path("demo/giao-dien/<slug:frame>", gallery.gallery, name="gallery_frame"),
]
