"""What the lists made ready are called, and what each counts."""

from django.utils.translation import gettext as _

from fotfeste.lists.selectors.worklist import CONFIRM


def groups() -> list[tuple[str, tuple[str, ...]]]:
    """Return the lists under their headings, in order; what is new stands by itself."""
    return [
        (_("Kontakt og status"), ("unknown", "never_contacted", "only_attempts", CONFIRM, "not_on_round")),
        (_("Ansvar og samarbeid"), ("no_person", "handover_open", "waiting_nav", "consent_ends", "reminder_due")),
        (_("Plan"), ("no_plan", "plan_ends")),
        (_("Tid i tjenesten"), ("quit_30_days", "two_years", "about_to_end")),
    ]


def chip_texts() -> dict[str, tuple[str, str]]:
    """Return the words on each quick choice, and what it counts."""
    return {
        "unknown": (_("Ukjent aktivitet"), _("Status er OTUK: vi vet ikke hva ungdommen gjør.")),
        "never_contacted": (_("Aldri nådd"), _("Ingen har hatt kontakt begge veier siden tilmeldingen.")),
        "only_attempts": (_("Bare forsøk"), _("Det er forsøkt, men ungdommen har ikke svart.")),
        "new": (_("Nye siste 14 dager"), _("Tilmeldt i dag eller de siste 14 dagene.")),
        "quit_30_days": (_("Sluttet siste 30 dager"), _("Tilmeldt de siste 30 dagene fordi ungdommen sluttet.")),
        "about_to_end": (_("Siste år i tjenesten"), _("Tjenesten slutter 31. desember i år på grunn av alder.")),
        CONFIRM: (_("Må bekreftes"), _("Fristen for å bekrefte statusen på nytt er ute.")),
    }


def ready_texts() -> dict[str, tuple[str, str]]:
    """Return the name of each list, and what it counts."""
    return {
        **chip_texts(),
        "new_since": (
            _("Nye siden sist"),
            _("Tilmeldt, eller overtatt av enheten, etter at du sist merket listen som sett."),
        ),
        "not_on_round": (
            _("Ikke på noen OTUK-liste siden"),
            _("Ukjent aktivitet, og ikke på noen OTUK-liste etter at aktiviteten ble ukjent."),
        ),
        "no_person": (_("Uten ansvarlig person"), _("Enheten har ansvaret, men ingen der er ansvarlig person.")),
        "handover_open": (_("Åpen overføring"), _("Ansvaret er tilbudt en annen enhet, som ikke har svart.")),
        "waiting_nav": (_("Venter på Nav"), _("Noe er sendt til eller spurt et Nav-kontor, og Nav har ikke svart.")),
        "consent_ends": (
            _("Samtykke utløper"),
            _("Et samtykke utløper i løpet av 30 dager og er ikke fornyet."),
        ),
        "reminder_due": (
            _("Huskelapp forfaller"),
            _("En oppgave noen ved enheten har laget for hånd, har frist i dag eller før."),
        ),
        "no_plan": (_("Uten plan"), _("Ingen oppfølgingsplan er i gang. Forebyggende saker er ikke med.")),
        "plan_ends": (_("Planen utløper"), _("Planen som er i gang, utløper i løpet av 30 dager eller er utløpt.")),
        "two_years": (_("To år på rad"), _("Var tilmeldt også forrige skoleår.")),
    }
