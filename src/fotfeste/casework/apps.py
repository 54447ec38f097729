from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "fotfeste.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how hand-overs, the schools that only register, and the youths of changed units are worked out again."""
        from fotfeste.access.services.grants import register_teller
        from fotfeste.access.topics import Ground
        from fotfeste.casework.services import hand_over, registrars, unit_changes
        from fotfeste.organisations.services.unit_followers import register_follower

        register_teller(Ground.FORMER_UNIT, hand_over.openings_on)
        register_teller(Ground.STATUS_REGISTRAR, registrars.openings_on)
        register_follower(unit_changes.follow_units)
