"""The form of an account with a company's voice: its fields, and which of its voices reads which language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.languages.forms import EngineForm
from porchlight.languages.models import VoiceAccount
from porchlight.languages.pairs import plain
from porchlight.languages.voices.contract import A_VOICE, CloudVoice
from porchlight.toolbox import scripts


class VoiceForm(EngineForm):
    """A line for each language."""

    voices = forms.CharField(
        label=_("Voices, one on each line"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr", "spellcheck": "false"}),
        max_length=2000,
        help_text=_("A language and the company’s name of the voice: ur ur-PK-UzmaNeural"),
    )

    def __init__(self, data: Any, *, company: CloudVoice, account: VoiceAccount | None = None) -> None:
        super().__init__(data, engine=company, account=account)
        if account is not None:
            self.initial["voices"] = "\n".join(f"{tag} {name}" for tag, name in account.voices.items())

    def clean_voices(self) -> dict[str, str]:
        """Our tag → the company's voice."""
        found: dict[str, str] = {}
        for line in self.cleaned_data["voices"].splitlines():
            tag, _gap, name = line.strip().partition(" ")
            if not tag:
                continue
            if not scripts.known(scripts.normal(tag)) or not A_VOICE.fullmatch(name.strip()):
                raise forms.ValidationError(
                    _("“%(line)s” is no language with a voice. Write it as: ur ur-PK-UzmaNeural"),
                    params={"line": line.strip()},
                )
            found[plain(tag)] = name.strip()
        return found

    def written(self) -> dict[str, Any]:
        return super().written() | {"voices": self.cleaned_data["voices"]}
