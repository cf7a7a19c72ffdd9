from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchoolsConfig(AppConfig):
    name = "porchlight.schools"
    label = "schools"

    def ready(self) -> None:
        from porchlight.schools import posts  # noqa: F401 - registers the staff posts
        from porchlight.schools.install import build_wall
        from porchlight.schools.looks import watch

        watch()
        post_migrate.connect(build_wall, sender=self, dispatch_uid="wall")
