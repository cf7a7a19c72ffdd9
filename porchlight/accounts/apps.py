from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "porchlight.accounts"
    label = "accounts"

    def ready(self) -> None:
        from porchlight.accounts import receivers  # noqa: F401 - listens to allauth's signals
        from porchlight.toolbox.keys import hush_logs

        hush_logs()
