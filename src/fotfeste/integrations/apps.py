from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "fotfeste.integrations"
    label = "integrations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what shows that a list was read in, and what that closes of the year."""
        from fotfeste.integrations import closing, evidence  # noqa: F401
