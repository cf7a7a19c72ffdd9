"""Forms as the design draws them: label, hint, error, control; choices as tiles. Set by FORM_RENDERER."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise


class Renderer(TemplatesSetting):
    """Every form of the house is drawn by our templates: `{{ form }}` or `{{ form.name.as_field_group }}`."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"


class Hinted:
    """A choice's label with a quieter line under it: `("all", Hinted(_("Everyone"), "40 homes"))`."""

    def __init__(self, label: str | Promise, hint: str | Promise = "") -> None:
        self.label, self.hint = label, hint

    def __str__(self) -> str:
        return str(self.label)
