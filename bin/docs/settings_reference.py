"""The settings reference, from the register that `porchlight/config/environment.py` keeps."""

from __future__ import annotations

from pathlib import Path

from tables import table

from porchlight.config.environment import REGISTER, Setting

ROOT = Path(__file__).resolve().parents[2]


def page() -> str:
    """Markdown."""
    rows = [
        (f"`{setting.name}`" + (" (secret)" if setting.secret else ""), _default(setting), setting.help)
        for setting in sorted(REGISTER.values(), key=lambda setting: setting.name)
    ]
    return f"""# Settings

Porchlight is set up through environment variables, and has a sensible answer for each that is not set.
Below, `…` is the folder that Porchlight stands in.
`porchlight doctor` says which of them are wrong or missing on a server.

{table(("variable", "when not set", "what it is for"), rows)}
"""


def _default(setting: Setting) -> str:
    shown = setting.default.replace(str(ROOT), "…")
    return f"`{shown}`" if shown else "empty"
