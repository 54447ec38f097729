from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    name = "fotfeste.collaboration"
    label = "collaboration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what is written about youths, and hang this app's parts on the person page."""
        from fotfeste.access.services.grants import register_teller
        from fotfeste.access.topics import Ground
        from fotfeste.audit.followers import register_follower
        from fotfeste.casework.selectors.person_page import register_rows
        from fotfeste.casework.views import person_parts
        from fotfeste.collaboration import letter_sources
        from fotfeste.collaboration.selectors import (  # noqa: F401  (say what shows what)
            evidence_below,
            evidence_mapping,
            evidence_meetings,
            evidence_plans,
            evidence_records,
            plan_checkpoints,
        )
        from fotfeste.collaboration.services import invitations, openings
        from fotfeste.collaboration.services.following import follow
        from fotfeste.collaboration.views import meeting_parts, parts, plan_parts, record_parts, unit_routines
        from fotfeste.correspondence.enums import LetterKind
        from fotfeste.correspondence.sources import register_source
        from fotfeste.organisations.views import unit_parts

        register_source(LetterKind.INVITATION, words=letter_sources.meeting_words)
        register_source(LetterKind.PLAN_COPY, paper=letter_sources.plan_paper)
        register_follower(follow)
        register_teller(Ground.INVITATION, invitations.openings_on)
        openings.register()
        for name, rows in (*parts.ROWS.items(), *plan_parts.ROWS.items(), *record_parts.ROWS.items()):
            register_rows(name, rows)
        unit_parts.register_link(unit_routines.link_from_unit)
        for tab in parts.TABS:
            person_parts.register_tab(tab)
        person_parts.register_card(parts.staircase_card)
        person_parts.register_card(parts.exit_card)
        person_parts.register_card(parts.coordination_card)
        person_parts.register_happenings(parts.happenings)
        person_parts.register_happenings(plan_parts.happenings)
        person_parts.register_happenings(record_parts.happenings)
        person_parts.register_happenings(meeting_parts.happenings)
