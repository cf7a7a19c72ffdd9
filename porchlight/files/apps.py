from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "porchlight.files"
    label = "files"
