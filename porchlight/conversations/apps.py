from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "porchlight.conversations"
    label = "conversations"

    def ready(self) -> None:
        from porchlight.conversations import receivers  # noqa: F401 - listens to the inbox
