"""Password rules of our own beside Django's: length is what counts, up to a bound that keeps hashing cheap."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128


class NotTooLong:
    """No longer than 128 signs."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raises ValidationError."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("A password may have at most %(most)s signs."),
                code="password_too_long",
                params={"most": LONGEST},
            )

    def get_help_text(self) -> str:
        """What makes a long one easy to keep. Of the bound nobody needs to be told beforehand."""
        return _("Three or four words you can remember are better than one with signs.")
