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
    OTHER_ROUTINE = "other-routine", _("En annen rutine gikk videre hit")


class RunEnd(TextChoices):
    """Why work by a routine ended."""

    DONE = "done", _("Alle trinn er gjort")
    CHOSEN = "chosen", _("Avsluttet av den som fulgte opp")
    CLOSED = "closed", _("Tilmeldingen ble avsluttet")
    MERGED = "merged", _("Slått sammen med en annen registrering")


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
