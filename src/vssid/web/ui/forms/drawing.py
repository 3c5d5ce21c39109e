"""How a form field is drawn. Any Django form works: `{% field form.name %}`.

Options of the tag: label, help, example, optional (adds "không bắt buộc"), row (choices side by side), css,
and any attribute of the control with `_` for `-`: inputmode, autocomplete, autofocus, maxlength, data_x.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

OWN = frozenset({"label", "help", "example", "optional", "row", "css"})


def kind_of(widget: forms.Widget) -> str:
    """Which part of ui/field.html draws the widget."""
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    return "input"


def render(bound: BoundField, options: dict[str, Any]) -> SafeString:
    """The field with everything tied together by ids."""
    widget, name = bound.field.widget, bound.auto_id or f"id_{bound.html_name}"
    if bound.is_hidden:
        return bound.as_widget()
    errors = [said for _error, said in _said(bound)]
    help_text = options.get("help", bound.help_text)
    example = options.get("example", getattr(bound.field, "example", ""))
    parts = {"help": help_text, "example": example, "error": errors}
    described = [f"{name}_{part}" for part, there in parts.items() if there]
    attrs = {key.replace("_", "-"): value for key, value in options.items() if key not in OWN}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if errors:
        attrs["aria-invalid"] = "true"
    kind = kind_of(widget)
    if kind not in {"checkbox", "choices"}:
        attrs["class"] = " ".join(["input", widget.attrs.get("class", ""), options.get("css", "")]).strip()
    return mark_safe(  # noqa: S308 - a template, escaped there
        render_to_string(
            "ui/field.html",
            {
                "kind": kind,
                "id": name,
                "field": bound,
                "label": options.get("label", bound.label),
                "help": help_text,
                "example": example,
                "errors": errors,
                "described": attrs.get("aria-describedby", ""),
                "optional": options.get("optional", False),
                "row": options.get("row", False),
                "control": bound.as_widget(attrs=attrs) if kind != "choices" else "",
            },
        )
    )


def problems(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the control, message) of each error, in the order of the fields; "" for the whole form."""
    messages = [("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or bound.auto_id
        if kind_of(bound.field.widget) == "choices":
            target = f"{bound.auto_id}_0"
        messages += [(target, _in_list(bound, error, said)) for error, said in _said(bound)]
    return messages


def _said(bound: BoundField) -> list[tuple[ValidationError, str]]:
    """Each error with its words; Django's "this field is required" is said more kindly."""
    worded_errors = []
    for error in bound.form.errors.as_data().get(bound.name, []):
        said = _("Hãy điền mục này.") if _is_plain_required(error) else " ".join(error.messages)
        worded_errors.append((error, said))
    return worded_errors


def _in_list(bound: BoundField, error: ValidationError, said: str) -> str:
    """In the list of errors a field without a value is named."""
    return _("Hãy điền: %(label)s.") % {"label": bound.label} if _is_plain_required(error) else said


def _is_plain_required(error: ValidationError) -> bool:
    return error.code == "required" and error.message == forms.Field.default_error_messages["required"]
