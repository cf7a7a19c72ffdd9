from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "porchlight.conversations"
    label = "conversations"

    def ready(self) -> None:
        from porchlight.conversations import alarm, awaiting, listening, receivers, ticking  # noqa: F401 - they listen
