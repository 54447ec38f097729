"""Words for what a youth has agreed to, how, and who is let in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fotfeste.access.topics import Topic
from fotfeste.law.consent import ReleasePurpose


class Purpose(TextChoices):
    """What the release is for, as the youth is asked."""

    COOPERATION = ReleasePurpose.COOPERATION, _("Samarbeide om saken")
    COLLECT = ReleasePurpose.COLLECT, _("Innhente opplysninger")
    SHARE = ReleasePurpose.SHARE, _("Dele opplysninger")


class Answer(TextChoices):
    """What the youth answered. A no is a fact of its own, and not the same as declining follow-up (amb-44)."""

    YES = "yes", _("Ja")
    PARTLY = "partly", _("Ja, til noe av det")
    NO = "no", _("Nei")


class GivenHow(TextChoices):
    """How the answer was given."""

    SPOKEN = "spoken", _("Muntlig")
    PAPER = "paper", _("Signert på papir")
    ELECTRONIC = "electronic", _("Elektronisk, med eID")


class Guardians(TextChoices):
    """What part the guardians of a minor had."""

    NONE = "none", _("Ikke med")
    TOLD = "told", _("Informert")
    AGREED = "agreed", _("Har også sagt ja")


class PartnerKind(TextChoices):
    """Services around the youth a release may name, also without a user here. Source: Oslostandarden § 3."""

    PPT = "ppt", _("Pedagogisk-psykologisk tjeneste (PPT)")
    SCHOOL_HEALTH = "school_health", _("Skolehelsetjenesten")
    SCHOOL_PSYCHOLOGIST = "school_psychologist", _("Skolepsykolog")
    SOCIAL_WORKER = "social_worker", _("Miljøarbeider eller miljøterapeut")
    APPRENTICE_GUIDANCE = "apprentice_guidance", _("Rådgivningstjeneste for lærlinger")
    CHILD_WELFARE = "child_welfare", _("Barneverntjenesten")
    MINORITY_ADVISER = "minority_adviser", _("Mangfoldsrådgiver (IMDi)")
    CORRECTIONAL = "correctional", _("Kriminalomsorgen")
    SALTO = "salto", _("Saltokoordinator")
    DRUG_CONSULTANT = "drug_consultant", _("Ruskonsulent")
    OUTREACH = "outreach", _("Uteseksjonen")
    IPS_YOUNG = "ips_young", _("IPS Ung")
    SPECIALIST_HEALTH = "specialist_health", _("Spesialisthelsetjenesten")
    TRANSITION = "transition", _("Overgangstjenesten i bydel")
    EMPLOYER = "employer", _("Arbeidsgiver eller praksisbedrift")
    TRAINING_COMPANY = "training_company", _("Lærebedrift eller opplæringskontor")
    ORGANISER = "organiser", _("Tiltaksarrangør")


class ReleaseState(TextChoices):
    """How a release stands on a day."""

    COMING = "coming", _("Gjelder senere")
    GIVEN = "given", _("Gjelder")
    ENDS_SOON = "ends_soon", _("Utløper snart")
    EXPIRED = "expired", _("Utløpt")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")
    REFUSED = "refused", _("Sagt nei")


#: What a youth can release, in the order and the words of the form. Source: form-consent, con-information.
RELEASABLE: tuple[tuple[Topic, object], ...] = (
    (Topic.CONTACT, _("Hvordan du kan nås")),
    (Topic.STATUS, _("Hva du gjør nå, og hvem som følger deg opp")),
    (Topic.EDUCATION, _("Skole og skolehistorikk")),
    (Topic.MAPPING, _("Kartleggingen")),
    (Topic.PLAN, _("Planen")),
    (Topic.MEETINGS, _("Møter og referater")),
    (Topic.MEASURES, _("Tiltak")),
    (Topic.NAV_STATE, _("Oppfølgingen i Nav")),
    (Topic.ECONOMY, _("Økonomi")),
    (Topic.HEALTH, _("Helse og andre særlig følsomme opplysninger")),
    (Topic.JOURNAL, _("Notatene i journalen")),
)

SPECIAL = frozenset({Topic.HEALTH})
"""Topics of special categories, for which the age may be another."""
