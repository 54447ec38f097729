from django.apps import AppConfig


class AnnualwheelConfig(AppConfig):
    name = "fotfeste.annualwheel"
    label = "annualwheel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what closes the events whose evidence lies below; apps above say theirs themselves."""
        from fotfeste.annualwheel.selectors import (  # noqa: F401  (say what closes what)
            closing_below,
            closing_recorded,
        )
        from fotfeste.annualwheel.views import task_parts
        from fotfeste.collaboration.views.unit_tasks import register_unit_tasks

        register_unit_tasks(task_parts.of_units)
