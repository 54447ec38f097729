from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "fotfeste.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how hand-overs are worked out again."""
        from fotfeste.access.services.grants import register_teller
        from fotfeste.access.topics import Ground
        from fotfeste.casework.services.hand_over import openings_on

        register_teller(Ground.FORMER_UNIT, openings_on)
