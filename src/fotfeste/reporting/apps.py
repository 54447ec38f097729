from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "fotfeste.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what shows that a report was sent, and what that closes of the year."""
        from fotfeste.reporting.selectors import closing, evidence  # noqa: F401
