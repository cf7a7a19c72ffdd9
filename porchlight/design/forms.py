"""Forms as the design draws them: label, hint, error, control; choices as tiles. Set by FORM_RENDERER."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every form of the house is drawn by our templates: `{{ form }}` or `{{ form.name.as_field_group }}`."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"


class Hinted(str):
    """A choice's label with a quieter line under it: `("all", Hinted("Everyone", "40 homes"))`."""

    hint: str

    def __new__(cls, label: str, hint: str = "") -> Hinted:
        made = super().__new__(cls, label)
        made.hint = hint
        return made
