from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "fotfeste.correspondence"
    label = "correspondence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the letters on the person page."""
        from django.utils.translation import pgettext_lazy

        from fotfeste.access.topics import Topic
        from fotfeste.casework.views.person_parts import PersonTab, register_tab

        register_tab(PersonTab("correspondence:letters_of", pgettext_lazy("flere", "Brev"), Topic.STATUS, 64))
