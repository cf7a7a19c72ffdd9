from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "porchlight.conversations"
    label = "conversations"

    def ready(self) -> None:
        from porchlight.conversations import alarm, awaiting, listening, receivers, ticking  # noqa: F401 - they listen
        from porchlight.conversations.climbing import Threads
        from porchlight.delivery.ladder.above import register

        register(Threads())
