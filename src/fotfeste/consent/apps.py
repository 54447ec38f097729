from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "fotfeste.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how what the youths have released is worked out again."""
        from fotfeste.access.services.grants import register_teller
        from fotfeste.access.topics import Ground
        from fotfeste.consent.services import emergencies, openings

        register_teller(Ground.RELEASE, openings.openings_on)
        register_teller(Ground.EMERGENCY_OPENING, emergencies.openings_on)
