from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "fotfeste.correspondence"
    label = "correspondence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the letters on the person page, and say what lies with the copy of a release."""
        from django.utils.translation import pgettext_lazy

        from fotfeste.access.topics import Topic
        from fotfeste.casework.views.person_parts import PersonTab, register_tab
        from fotfeste.correspondence.enums import LetterKind
        from fotfeste.correspondence.release_paper import release_paper
        from fotfeste.correspondence.sources import register_source

        register_source(LetterKind.CONSENT_COPY, paper=release_paper)
        register_tab(PersonTab("correspondence:letters_of", pgettext_lazy("flere", "Brev"), Topic.STATUS, 64))
