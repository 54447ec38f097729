from django.apps import AppConfig


class AnnualwheelConfig(AppConfig):
    name = "fotfeste.annualwheel"
    label = "annualwheel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what closes the events whose evidence lies below; apps above say theirs themselves."""
        from fotfeste.annualwheel.selectors import closing_below  # noqa: F401  (say what closes what)
