from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How contact was sought."""

    CALL = "call", _("Telefon")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-post")
    LETTER = "letter", _("Brev")
    MEETING = "meeting", _("Møte")
    VISIT = "visit", _("Oppsøkt hjemme")
    OUTREACH = "outreach", _("Oppsøkt ute")
    MESSAGE = "message", _("Melding i app eller sosiale medier")
    OTHERS = "others", _("Via andre")


class Direction(TextChoices):
    OUT = "out", _("Fra oss")
    IN = "in", _("Fra ungdommen")


class AttemptResult(TextChoices):
    """What came of it."""

    ANSWERED = "answered", _("Fikk kontakt")
    NO_ANSWER = "no_answer", _("Ikke svar")
    LEFT_MESSAGE = "left_message", _("La igjen beskjed")
    SENT = "sent", _("Sendt, ikke besvart")
    WRONG_NUMBER = "wrong_number", _("Feil nummer eller adresse")
    DECLINED = "declined", _("Ville ikke ha kontakt")


#: What came of it when there was somebody in the other end.
REACHED = frozenset({AttemptResult.ANSWERED, AttemptResult.DECLINED})


class AnsweredBy(TextChoices):
    YOUTH = "youth", _("Ungdommen selv")
    GUARDIAN = "guardian", _("Foresatt")
    OTHER = "other", _("Noen andre")


class GuardianTold(TextChoices):
    """What a guardian told about; kept because only some of it may count as contact (amb-41)."""

    ILLNESS = "illness", _("Sykdom")
    CUSTODY = "custody", _("Fengsling")
    OTHER = "other", _("Noe annet")


class Basis(TextChoices):
    """What a status rests on. Source: OT-statuskoder (rules of use); rule-school-registers, rule-uda-after-feedback."""

    INTAKE = "intake", _("Registrert ved inngang")
    CONTACT = "contact", _("Kontakt med ungdommen")
    REGISTER = "register", _("Opplysning fra register")
    FEEDBACK = "feedback", _("Melding fra bydel eller Nav")
    CORRECTION = "correction", _("Rettet registrering")


class FeedbackState(TextChoices):
    NEW = "new", _("Ny")
    ACCEPTED = "accepted", _("Tatt i bruk")
    RETURNED = "returned", _("Sendt tilbake med spørsmål")
    REJECTED = "rejected", _("Avvist")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")


class FeedbackCategory(TextChoices):
    """Categories only, never case content (amb-43)."""

    REACHED = "reached", _("Nådd")
    IN_ACTIVITY = "in_activity", _("I aktivitet")
    MOVED = "moved", _("Flyttet")
    FOLLOWED_UP = "followed_up", _("Følges opp av oss")
    WRONG = "wrong", _("Feil på listen")
    STILL_UNKNOWN = "still_unknown", _("Fortsatt ukjent")
    BY_NAV = "by_nav", _("Følges opp av Nav")


class FeedbackSource(TextChoices):
    """Who a message rests on: who told the one that reports it."""

    YOUTH = "youth", _("Ungdommen selv")
    NAV = "nav", _("Nav")
    SCHOOL = "school", _("Skolen")
    DISTRICT = "district", _("Bydelen")
    OTHER = "other", _("Andre")


class NextOwner(TextChoices):
    """Who takes the next step with a youth on a list."""

    SCHOOL = "school", _("Skolen")
    DISTRICT = "district", _("Bydelen")
    NAV = "nav", _("Nav")
    ADMINISTRATION = "administration", _("Utdanningsadministrasjonen")


class AssignmentGround(TextChoices):
    """Why a unit became responsible."""

    RULE = "rule", _("Fastsatt av regel")
    REGISTER = "register", _("Oppgitt i registeret")
    MANUAL = "manual", _("Bestemt av Utdanningsadministrasjonen")
    TAKEN_OVER = "taken_over", _("Overtatt fra en annen enhet")
    UNDECIDED = "undecided", _("Ikke avgjort – ligger i køen")


class CounsellorGround(TextChoices):
    """Why another person, or nobody, answers for the youth at the unit."""

    CHOSEN = "chosen", _("Valgt av enheten")
    UNDONE = "undone", _("Valget ble angret")
    TAKEN_ON = "taken_on", _("Overtatt fra en kollega")
    MOVED = "moved", _("Ansvaret gikk til en annen enhet")
    CLOSED = "closed", _("Tilmeldingen ble avsluttet")
    REOPENED = "reopened", _("Tilmeldingen ble åpnet igjen")


class EndReason(TextChoices):
    """Why a registration was closed."""

    CARRIED_OVER = "carried_over", _("Videreført til nytt skoleår")
    BACK_IN_EDUCATION = "back_in_education", _("Tilbake i opplæring")
    LEFT_EDUCATION = "left_education", _("Forebygging avsluttet: sluttet i opplæringen")
    TOO_OLD = "too_old", _("For gammel for tjenesten")
    MOVED_AWAY = "moved_away", _("Flyttet fra fylket")
    COMPLETED = "completed", _("Har fullført og bestått")
    MERGED = "merged", _("Slått sammen med en annen registrering")
    DEAD = "dead", _("Død")
    OTHER = "other", _("Annen grunn")


class RemarkAbout(TextChoices):
    """What the youth asked to have corrected."""

    IDENTITY = "identity", _("Navn, fødselsdato eller nummer")
    ADDRESS = "address", _("Adresse")
    REACH = "reach", _("Telefon, e-post eller foresatte")
    STATUS = "status", _("Status eller tilmelding")
    CONTACT = "contact", _("Registrert kontakt")
    JOURNAL = "journal", _("Journalen")
    EDUCATION = "education", _("Skolehistorikk")


class AskedBy(TextChoices):
    """Who asked."""

    YOUTH = "youth", _("Ungdommen selv")
    GUARDIAN = "guardian", _("Foresatte")
