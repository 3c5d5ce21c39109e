"""Forms of a place of the directory: a field for each cell of its file, the reason and the day."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.directory import cells, edits
from vssid.domain.directory.cells import COLLECTOR, Cells
from vssid.domain.directory.models import LEVELS as LEVEL_CODES
from vssid.domain.directory.models import Collector
from vssid.domain.imports.errors import AlreadyRunning
from vssid.kernel.errors import DomainError, Invalid
from vssid.web.ui.forms.choices import province_choices
from vssid.web.ui.forms.day_field import DayField
from vssid.web.ui.words.place_words import LEVELS, SERVICES_OF

from . import words

_YES_NO = ("receives_applications", "leave_papers")
_LONG = ("communes", "area", "old_districts", "specialties")
REFUSED = (Invalid, edits.Stale, edits.Waiting, edits.Unchanged, AlreadyRunning)


class PlaceForm(forms.Form):
    """Cells as they stand in a file of the kind. `code` is asked for a new place only.

    Nothing is judged here but what was typed at all: the rules are those of the files.
    """

    def __init__(
        self, kind: str, data: QueryDict | None = None, *, row: Any = None, only: tuple[str, ...] = ()
    ) -> None:
        initial = cells.of(kind, row) if row is not None else {"receives_applications": "1"}
        super().__init__(data)
        self.kind, self.row = kind, row
        self.names = [name for name in only or cells.columns(kind) if name in words.COLUMNS]
        if row is not None and "code" in self.names:
            self.names.remove("code")
        for name in self.names:
            self.fields[name] = _field(kind, name, initial.get(name, ""))
            self.initial[name] = _given(name, initial.get(name, ""))
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Lý do"),
            help_text=gettext_lazy("Lưu trong lịch sử; chỉ cán bộ dữ liệu xem được."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "maxlength": edits.LONGEST}),
        )
        if not only:
            self.fields["on"] = DayField(
                label=gettext_lazy("Có hiệu lực từ ngày"),
                help_text=gettext_lazy("Để trống: có hiệu lực ngay."),
                required=False,
                example="01/12/2026",
            )
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial["seen"] = edits.stamp(row) if row is not None else ""

    @property
    def typed(self) -> Cells:
        """The cells as they were typed."""
        assert isinstance(self.data, QueryDict)
        return {name: _typed(self.data, self.kind, name) for name in self.names} | self._as_kept()

    def _as_kept(self) -> Cells:
        """Of a demo's new place everybody must see that it was invented."""
        return {"is_synthetic": "1", "mark": "[?]"} if self.row is None and settings.DEMO else {}

    def refuse(self, refused: DomainError) -> None:
        """Say beside the fields why the place was not written; what was typed stays."""
        if isinstance(refused, Invalid):
            for name, code in refused.fields.items():
                self.add_error(name if name in self.fields else None, words.refusal(self.kind, code))
        elif isinstance(refused, edits.Stale):
            self._say_stale(refused.facts["now"], refused.facts["seen"])
        elif isinstance(refused, edits.Waiting):
            day = f"{refused.facts['on']:%d/%m/%Y}"
            for name in refused.facts["fields"]:
                said = _("Nơi này đã có thay đổi chờ đến ngày %(day)s. Hãy rút thay đổi đó trước.") % {
                    "day": day
                }
                self.add_error(name if name in self.fields else None, said)
        elif isinstance(refused, edits.Unchanged):
            self.add_error(None, _("Chưa có gì thay đổi."))
        else:
            self.add_error(None, _("Một tệp loại này đang được nạp. Hãy lưu lại sau ít phút."))

    def _say_stale(self, now: Cells, seen: str) -> None:
        self.add_error(
            None, _("Nơi này vừa được người khác sửa. Hãy xem lại các mục được đánh dấu rồi lưu lần nữa.")
        )
        named = dict(Collector.objects.values_list("code", "name"))
        for name, cell in now.items():
            if name in self.fields:
                self.add_error(name, _("Hiện nay là: %(cell)s") % {"cell": words.shown(name, cell, named)})
        # The next try is on what is told here, not on what came after.
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data["seen"] = seen
        self.data = data


def _field(kind: str, name: str, now: str) -> forms.Field:
    text, help_text, example = words.COLUMNS[name]
    options: dict[str, Any] = {"label": text, "help_text": help_text, "required": False}
    if name in _YES_NO:
        return forms.BooleanField(**options)
    field: forms.Field
    if choices := _choices(kind, name, now):
        many = name == "services"
        options["error_messages"] = {"invalid_choice": gettext_lazy("Hãy chọn trong danh sách.")}
        field = (
            forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)
            if many
            else forms.ChoiceField(choices=choices, **options)
        )
        if name == "collector_code":
            field.widget.attrs["lang"] = "vi"
    else:
        widget = forms.Textarea(attrs={"rows": 2}) if name in _LONG else forms.TextInput()
        widget.attrs["autocomplete"] = "off"
        field = forms.CharField(widget=widget, **options)
    cast("Any", field).example = example  # ui/fields.py draws it
    return field


def _choices(kind: str, name: str, now: str) -> list[tuple[Any, Any]]:
    """What one chooses from; what the row has stays choosable."""
    if name == "province_code":
        return province_choices()
    if name == "level":
        return [("", _("Chưa xếp cấp")), *((code, LEVELS[code]) for code in LEVEL_CODES)]
    if name == "collector_code":
        return [("", "–"), *Collector.objects.order_by("name").values_list("code", "name")]
    if name == "services":
        known = dict(SERVICES_OF[kind])
        return [*known.items(), *((code, code) for code in now.split() if code not in known)]
    return []


def _given(name: str, cell: str) -> Any:
    if name in _YES_NO:
        return cell == "1"
    return cell.split() if name == "services" else cell


def _typed(data: QueryDict, kind: str, name: str) -> str:
    if name in _YES_NO:
        return "1" if data.get(name) else "0"
    if name == "services" and kind != COLLECTOR:
        return " ".join(data.getlist(name))
    return str(data.get(name, ""))
