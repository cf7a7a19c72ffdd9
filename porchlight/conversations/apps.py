from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "porchlight.conversations"
    label = "conversations"
