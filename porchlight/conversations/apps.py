from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "porchlight.conversations"
    label = "conversations"

    def ready(self) -> None:
        from porchlight.conversations import alarm, awaiting, listening, parents_asked, receivers, ticking  # noqa: F401 - they listen
        from porchlight.conversations.asking import register_owner
        from porchlight.conversations.climbing import Threads
        from porchlight.delivery.ladder.above import register

        register(Threads())
        register_owner(parents_asked.OWNER, parents_asked.apply)
