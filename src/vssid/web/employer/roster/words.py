"""What HR reads of how far a worker is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.domain.employers.roster.stages import Stage
from vssid.web.ui.words.stage_words import STAGES as STAGES

# What is still to be done, by whom; nothing of what a file says.
MISSING: Mapping[Stage, str | Promise] = {
    Stage.NONE: _("Cần được mời, hoặc tự gửi hồ sơ đăng ký"),
    Stage.INVITED: _("Cần mở lời mời và gửi hồ sơ đăng ký"),
    Stage.STARTED: _("Cần khai xong và gửi hồ sơ đăng ký"),
    Stage.SENT: _("Cần nộp tờ khai có chữ ký"),
    Stage.HANDED_IN: _("Chờ cơ quan BHXH"),
    Stage.APPROVED: _("Cần đăng nhập lần đầu"),
    Stage.SIGNED_IN: "",
}
# In place of it, at the worker's own word.
HIDDEN = _("Người lao động chỉ cho xem bước")
STOPPED = _("Không muốn nhận lời mời của đơn vị")
