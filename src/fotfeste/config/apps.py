from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "fotfeste.config"
    label = "config"

    def ready(self) -> None:
        """Register what ``check`` asks about."""
        from fotfeste.config import deploy_checks  # noqa: F401
