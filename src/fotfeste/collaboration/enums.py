from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trigger(TextChoices):
    """What started a routine. The values are those of ``spec/data/routine_workings.yaml``."""

    BY_HAND = "by-hand", _("Startet for hånd")
    PREVENTIVE = "preventive", _("Forebyggende oppfølging begynte")
    PUPIL_LEFT = "pupil-left", _("Eleven sluttet")
    WITHOUT_PLACE = "without-place", _("Ungdommen står uten plass")
    LISTED = "listed", _("Ungdommen kom på OTUK-listen")
    APPRENTICE_AT_RISK = "apprentice-at-risk", _("Melding om lærling i fare for å avbryte")
    APPRENTICE_LEFT = "apprentice-left", _("Lærlingen sluttet")
    PARTICIPANT_LEFT = "participant-left", _("Deltakeren i voksenopplæringen sluttet")
    NAV_REFERRAL = "nav-referral", _("Nav meldte fra om ungdommen")
    MEASURE_STOPPED = "measure-stopped", _("Ungdommen sluttet i et tiltak")
    CARDS_STOPPED = "cards-stopped", _("Ungdommen sender ikke lenger meldekort")
    OTHER_ROUTINE = "other-routine", _("En annen rutine gikk videre hit")
    NEW_LIST = "new-list", _("En ny OTUK-liste er laget")
    LIST_DAY = "list-day", _("Fristen i årshjulet nærmer seg")
    CONTACT_CHANGED = "contact-changed", _("En kontaktperson er skiftet ut")
    NEW_YEAR = "new-year", _("Det er tid for den årlige oppfølgingen")


class RunEnd(TextChoices):
    """Why work by a routine ended."""

    DONE = "done", _("Alle trinn er gjort")
    CHOSEN = "chosen", _("Avsluttet av den som fulgte opp")
    CLOSED = "closed", _("Tilmeldingen ble avsluttet")
    MERGED = "merged", _("Slått sammen med en annen registrering")


class MeetingKind(TextChoices):
    """What a meeting about a youth is called, and so who calls it (amb-17)."""

    CLARIFICATION = "clarification", _("Avklaringsmøte")
    COOPERATION = "cooperation", _("Samarbeidsmøte")
    EXIT = "exit", _("Sluttsamtale")
    THREE_WAY = "three-way", _("Trekantsamtale")
    INTAKE = "intake", _("Kartleggings- og inntakssamtale")


class MeetingState(TextChoices):
    """How a meeting stands."""

    CALLED = "called", _("Innkalt")
    HELD = "held", _("Holdt")
    CANCELLED = "cancelled", _("Avlyst")


class GuestKind(TextChoices):
    """Who is called to a meeting: a unit that works here, a partner by name, the youth, or a guardian."""

    UNIT = "unit", _("Enhet")
    PARTNER = "partner", _("Samarbeidspart")
    YOUTH = "youth", _("Ungdommen")
    GUARDIAN = "guardian", _("Foresatt")


class CallChannel(TextChoices):
    """How somebody is called."""

    HERE = "here", _("I Fotfeste")
    EMAIL = "email", _("E-post uten opplysninger om saken")
    SMS = "sms", _("SMS uten opplysninger om saken")
    LETTER = "letter", _("Brev")
    PHONE = "phone", _("Telefon")


class Reply(TextChoices):
    """What somebody called to a meeting has answered."""

    NONE = "none", _("Har ikke svart")
    COMES = "comes", _("Kommer")
    NOT = "not", _("Kommer ikke")
    SUBSTITUTE = "substitute", _("Sender stedfortreder")


class Confirmed(TextChoices):
    """What one who took part says of the common understanding, as the minutes have it."""

    YES = "yes", _("Har lest og står inne for referatet")
    NO = "no", _("Har en merknad")


class Contributes(TextChoices):
    """What a party answered when asked what it can do. That it cannot is an answer."""

    YES = "yes", _("Bidrar")
    CANNOT = "cannot", _("Kan ikke bidra")


class MinutesState(TextChoices):
    """Whether the minutes are being written, or stand signed."""

    DRAFT = "draft", _("Utkast")
    SIGNED = "signed", _("Signert")


class ArchiveState(TextChoices):
    """How far signed minutes have come on their way to the pupil's file."""

    WAITING = "waiting", _("Venter på arkivet")
    FILED = "filed", _("Arkivert")
    FAILED = "failed", _("Ikke arkivert ennå")


class MailState(TextChoices):
    """How far a calendar invitation has come."""

    WAITING = "waiting", _("Sendes")
    SENT = "sent", _("Sendt")
    FAILED = "failed", _("Ikke sendt")


class StepState(TextChoices):
    """How a step stands."""

    OPEN = "open", _("Gjøres nå")
    WAITS = "waits", _("Venter på samtykke")
    DONE = "done", _("Gjort")
    SKIPPED = "skipped", _("Hoppet over")
    LEFT = "left", _("Ikke aktuelt lenger")


class TaskState(TextChoices):
    OPEN = "open", _("Åpen")
    DONE = "done", _("Gjort")
    DROPPED = "dropped", _("Ikke aktuell")


class TaskMove(TextChoices):
    """What has been done with a task."""

    GIVEN = "given", _("Gitt til")
    SNOOZED = "snoozed", _("Utsatt")
    DONE = "done", _("Gjort")
    DROPPED = "dropped", _("Tatt bort")
    REOPENED = "reopened", _("Åpnet igjen")


class MainGoal(TextChoices):
    """What the whole plan leads to. Source: samarbeidsavtalen § 2."""

    EDUCATION = "education", _("Tilbake til opplæring")
    APPRENTICESHIP = "apprenticeship", _("Læreplass")
    COMBINATION = "combination", _("Opplæring og arbeid sammen")
    WORK = "work", _("Arbeid")
    OTHER = "other", _("Annen aktivitet")


class GoalTerm(TextChoices):
    SHORT = "short", _("Kort sikt")
    LONG = "long", _("Lang sikt")


class PlanAgrees(TextChoices):
    """Whether the youth agrees to a version of the plan."""

    YES = "yes", _("Ja")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nei")


class PlanResult(TextChoices):
    """How it went, when a plan ends."""

    REACHED = "reached", _("Målet er nådd")
    PARTLY = "partly", _("Delvis nådd")
    NOT_REACHED = "not_reached", _("Ikke nådd")
    BY_YOUTH = "by_youth", _("Avsluttet av ungdommen")


class PlanChange(TextChoices):
    """What made a new version of a plan."""

    MADE = "made", _("Planen ble laget")
    EDITED = "edited", _("Planen ble endret")
    MEASURE = "measure", _("Et tiltak ble endret")
    REVIEWED = "reviewed", _("Planen ble gjennomgått")
    ENDED = "ended", _("Planen ble avsluttet")


class ReviewFinding(TextChoices):
    """What a review of the plan found, and so whether the work goes back to an earlier step."""

    ON_TRACK = "on_track", _("Går som planlagt")
    ADJUSTED = "adjusted", _("Planen trenger justering")
    NEW_NEEDS = "new_needs", _("Nye behov: tilbake til kartlegging")
    NEW_ACTORS = "new_actors", _("Nye aktører: tilbake til møte")


class NewcomerState(TextChoices):
    """How a notice about somebody the register may not know stands."""

    WAITING = "waiting", _("Ikke besvart")
    TAKEN = "taken", _("Tatt imot")
    DECLINED = "declined", _("Ikke tatt imot")
    REVOKED = "revoked", _("Trukket tilbake")
    LAPSED = "lapsed", _("Ingen svarte")


class OtherPlan(TextChoices):
    """A plan somebody else owns, which this one points to (amb-18)."""

    FOLLOW_UP_AGREEMENT = "follow_up_agreement", _("Oppfølgingsavtale")
    ACTIVITY_PLAN = "activity_plan", _("Aktivitetsplan i Nav")
    INDIVIDUAL_PLAN = "individual_plan", _("Individuell plan")


class MeasureOwner(TextChoices):
    """Whose a measure is."""

    COUNTY = "county", _("Fylket")
    NAV = "nav", _("Nav")
    COMBINED = "combined", _("Kombinasjon")
    MUNICIPAL = "municipal", _("Kommunen")


class MeasureStatus(TextChoices):
    """How far a measure in the plan has come."""

    CONSIDERED = "considered", _("Vurdert")
    APPLIED = "applied", _("Søkt")
    GRANTED = "granted", _("Innvilget")
    REFUSED = "refused", _("Avslått")
    UNDER_WAY = "under_way", _("I gang")
    INTERRUPTED = "interrupted", _("Avbrutt")
    COMPLETED = "completed", _("Fullført")


class FollowUpInterval(TextChoices):
    """How often a measure is followed up."""

    WEEKLY = "weekly", _("Hver uke")
    FORTNIGHTLY = "fortnightly", _("Hver 14. dag")
    MONTHLY = "monthly", _("Hver måned")
    OTHER = "other", _("Etter avtale")


class RefusalReason(TextChoices):
    """Why a measure was refused."""

    PUPIL = "pupil", _("Elevstatus")
    AGE = "age", _("Alder")
    EFFORT_GROUP = "effort_group", _("Innsatsgruppe")
    NOT_REGISTERED = "not_registered", _("Ikke registrert arbeidssøker")
    BUDGET = "budget", _("Budsjett")
    NO_PLACE = "no_place", _("Ingen plass")
    OTHER = "other", _("Annet")


class Benefit(TextChoices):
    """What the youth lives on while a measure lasts."""

    MEASURE_MONEY = "measure_money", _("Tiltakspenger")
    SOCIAL_ASSISTANCE = "social_assistance", _("Økonomisk sosialhjelp")
    WORK_ASSESSMENT = "work_assessment", _("Arbeidsavklaringspenger")
    QUALIFICATION = "qualification", _("Kvalifiseringsstønad")
    APPRENTICE_WAGE = "apprentice_wage", _("Lærlinglønn")
    NONE = "none", _("Ingen")


class PlanReminder(TextChoices):
    """What somebody is reminded of about a plan."""

    REVIEW = "plan-review", _("Gjennomgå oppfølgingsplanen")
    ENDS = "plan-ends", _("Oppfølgingsplanen slutter: evaluer den, og forny eller avslutt")
    OVERDUE = "plan-overdue", _("Oppfølgingsplanen er over sluttdato uten resultat")


class LetterTask(TextChoices):
    NO_ADDRESS = "letter-no-address", _("Finn adressen: et brev kunne ikke sendes")
    RETURNED = "letter-returned", _("Finn en ny adresse: et brev kom i retur")
    ANSWERED = "letter-answered", _("Undersøk det ungdommen har svart på et brev")


class WashTask(TextChoices):
    NOT_TAKEN_CARE_OF = "wash-not-taken", _("Ta kontakt: avtalt da listen ble gjennomgått med Nav")
    MOVED = "wash-moved", _("Finn ut om ungdommen har flyttet: Nav sier det")


class MapPlace(TextChoices):
    """Where the conversation was held. Source: form-mapping, map-place."""

    SCHOOL = "school", _("På skolen")
    DISTRICT = "district", _("I bydelen")
    NAV_OFFICE = "nav_office", _("På Nav-kontoret")
    HOME = "home", _("Hjemme")
    OTHER = "other", _("Et annet sted")
    PHONE = "phone", _("På telefon")
    DIGITAL = "digital", _("Digitalt")


class WantsSchool(TextChoices):
    """Whether the youth wants to complete an education. Source: form-mapping, map-wants-school."""

    YES = "yes", _("Ja")
    NO = "no", _("Nei")
    UNSURE = "unsure", _("Usikker")


class NextStep(TextChoices):
    """What the mapping leads to. Source: form-mapping, map-next-step."""

    SCHOOL_ALONE = "school_alone", _("Enheten følger opp alene")
    ASK_CONSENT = "ask_consent", _("Innhente samtykke")
    ADVICE_FROM_NAV = "advice_from_nav", _("Råd fra Nav")
    CLARIFICATION_MEETING = "clarification_meeting", _("Avklaringsmøte")
    COOPERATION_MEETING = "cooperation_meeting", _("Samarbeidsmøte")
    NO_NEED = "no_need", _("Ikke behov for mer")


class MapArea(TextChoices):
    """What a conversation may go into. Each is left out unless it is needed. Source: Oslostandarden § 6.1.1."""

    SCHOOL = "school", _("Skole, fravær og fag som mangler")
    HINDERS_SCHOOL = "hinders_school", _("Hva står i veien for skole?")
    WORK_EXPERIENCE = "work_experience", _("Arbeidserfaring og jobbønsker")
    MOTIVATION = "motivation", _("Motivasjon")
    STRENGTHS = "strengths", _("Styrker og interesser")
    LANGUAGE = "language", _("Språk")
    HOUSING = "housing", _("Bosituasjon")
    ECONOMY = "economy", _("Økonomi")
    HEALTH = "health", _("Helse")
    SUBSTANCE = "substance", _("Rus")
    FAMILY = "family", _("Familieforhold")
    OTHER_AREA = "other_area", _("Annet")


class AreaState(TextChoices):
    """How it is in an area, in one word before any text."""

    STRENGTH = "strength", _("En styrke")
    FINE = "fine", _("Går greit")
    SUPPORT = "support", _("Trenger støtte")
    URGENT = "urgent", _("Haster")


class ActorPart(TextChoices):
    """What part somebody around the youth has. Source: form-mapping, map-actors."""

    INVOLVED = "involved", _("Er med")
    INVITE = "invite", _("Bør inviteres")
    NOT_RELEVANT = "not_relevant", _("Ikke aktuelt")


class ActorBody(TextChoices):
    """Who may be around a youth. The values are the roles of ``spec/data/roles.yaml``. Source: Oslostandarden § 3."""

    SCHOOL = "school-vgs", _("Skolen")
    FORM_TEACHER = "form-teacher", _("Kontaktlærer")
    DISTRICT = "district-contact", _("OT-kontakt i bydel")
    NAV = "nav-ot-responsible", _("OT-ansvarlig i Nav")
    NAV_ADVISER = "nav-adviser", _("Fast veileder i Nav")
    NAV_IN_SCHOOL = "nav-in-school", _("Nav-veileder i skolen")
    NAV_YOUTH_TEAM = "nav-youth-team", _("Ungdomsteam i Nav")
    PPT = "ppt", _("Pedagogisk-psykologisk tjeneste (PPT)")
    APPRENTICESHIP = "apprenticeship-dept", _("Avdeling for fagopplæring")
    APPRENTICE_GUIDANCE = "apprentice-guidance", _("Rådgivningstjeneste for lærlinger")
    TRAINING_COMPANY = "training-company", _("Lærebedrift")
    TRAINING_OFFICE = "training-office", _("Opplæringskontor")
    EMPLOYER = "employer", _("Arbeidsgiver eller praksisbedrift")
    ORGANISER = "measure-organiser", _("Tiltaksarrangør")
    ADULT_EDUCATION = "adult-education", _("Voksenopplæringen")
    SERVICE_CENTRE = "vo-service-centre", _("Servicesenteret for voksenopplæring")
    TRANSITION = "transition-service", _("Overgangstjenesten i bydel")
    MINORITY_ADVISER = "minority-adviser", _("Mangfoldsrådgiver (IMDi)")
    SOCIAL_WORKER = "milieu-worker", _("Miljøarbeider eller miljøterapeut")
    OUTREACH = "outreach", _("Uteseksjonen")
    SALTO = "salto", _("Saltokoordinator")
    SCHOOL_HEALTH = "school-health", _("Skolehelsetjenesten")
    SCHOOL_PSYCHOLOGIST = "school-psychologist", _("Skolepsykolog")
    IPS_YOUNG = "ips-young", _("IPS Ung")
    SPECIALIST_HEALTH = "specialist-health", _("Spesialisthelsetjenesten")
    DRUG_CONSULTANT = "drug-consultant", _("Ruskonsulent")
    CHILD_WELFARE = "child-welfare", _("Barneverntjenesten")
    CORRECTIONAL = "correctional", _("Kriminalomsorgen")


#: Areas of which the law counts what is said as specially sensitive, or as another's as much as the youth's own.
SENSITIVE_AREAS = frozenset({MapArea.HEALTH, MapArea.SUBSTANCE, MapArea.FAMILY})

#: Where it tells something of health, family or crime that somebody is around the youth at all.
SENSITIVE_BODIES = frozenset(
    {
        ActorBody.OUTREACH,
        ActorBody.SALTO,
        ActorBody.SCHOOL_HEALTH,
        ActorBody.SCHOOL_PSYCHOLOGIST,
        ActorBody.IPS_YOUNG,
        ActorBody.SPECIALIST_HEALTH,
        ActorBody.DRUG_CONSULTANT,
        ActorBody.CHILD_WELFARE,
        ActorBody.CORRECTIONAL,
    }
)
