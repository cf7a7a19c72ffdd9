from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "porchlight.design"
    label = "design"

    def ready(self) -> None:
        from porchlight.design import catalogues, checks  # noqa: F401 - a system check registers itself

        catalogues.compile_stale()
