from django.urls import path

from . import inbox, settings

urlpatterns = [
    path("thong-bao", inbox.inbox_page, name="notices"),
    path("thong-bao/so", inbox.count, name="notices_unread"),
    path("thong-bao/doc-het", inbox.read_all, name="notices_read_all"),
    path("thong-bao/cai-dat", settings.settings_page, name="notice_settings"),
    path("thong-bao/thu", settings.try_out, name="notice_try_out"),
    path("thong-bao/may", settings.this_device, name="push_device"),
    path("thong-bao/may/bo", settings.remove_device, name="push_remove"),
    path("thong-bao/<uuid:notice_id>", inbox.notice, name="notice"),
    path("thong-bao/<uuid:notice_id>/da-doc", inbox.read, name="notice_read"),
]
