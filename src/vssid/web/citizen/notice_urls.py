from django.urls import path

from . import notice_settings, notices

urlpatterns = [
    path("thong-bao", notices.inbox_page, name="notices"),
    path("thong-bao/so", notices.count, name="notices_unread"),
    path("thong-bao/doc-het", notices.read_all, name="notices_read_all"),
    path("thong-bao/cai-dat", notice_settings.settings_page, name="notice_settings"),
    path("thong-bao/thu", notice_settings.try_out, name="notice_try_out"),
    path("thong-bao/may", notice_settings.this_device, name="push_device"),
    path("thong-bao/may/bo", notice_settings.remove_device, name="push_remove"),
    path("thong-bao/<uuid:notice_id>", notices.notice, name="notice"),
    path("thong-bao/<uuid:notice_id>/da-doc", notices.read, name="notice_read"),
]
