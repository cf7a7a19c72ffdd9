from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "porchlight.welcome"
    label = "welcome"

    def ready(self) -> None:
        from django.urls import reverse

        from porchlight.schools.actors import Kind
        from porchlight.schools.doors import register_sign_in
        from porchlight.welcome import greeting, links  # noqa: F401 - meets who greets us; offers pages for messages

        for kind in (Kind.GUARDIAN, Kind.STUDENT):
            register_sign_in(kind, lambda school: reverse("welcome:sign_in", kwargs={"school": school.slug}))
