from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "porchlight.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Rows past their limit go once a day."""
        from porchlight.delivery.outbox.ticking import on_tick
        from porchlight.privacy.daily import clear_daily
        from porchlight.privacy.places import hang

        autodiscover_modules("kept")
        on_tick(clear_daily)
        hang()
