from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "fotfeste.lists"
    label = "lists"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how what the lists open is worked out again, and what shows that somebody stood on one."""
        from fotfeste.access.services.grants import register_teller
        from fotfeste.access.topics import Ground
        from fotfeste.casework.selectors.person_page import register_rows
        from fotfeste.casework.views.person_parts import register_card
        from fotfeste.lists.selectors import agenda, closing, evidence  # noqa: F401  (say what shows and closes what)
        from fotfeste.lists.selectors.otuk import ROUNDS
        from fotfeste.lists.services.rounds import openings_on
        from fotfeste.lists.views.person_card import who_begins_card

        register_teller(Ground.OTUK_LIST, openings_on)
        register_rows("otuk rounds", ROUNDS)
        register_card(who_begins_card)
